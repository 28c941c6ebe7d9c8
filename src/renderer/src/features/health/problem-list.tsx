import { useId, useState, type ReactNode } from 'react';
import type { Problem } from '../../../../shared/model/problem.ts';
import { useTopics } from '../../api/queries.ts';
import { usePlace } from '../../state/place.ts';
import { Button } from '../../ui/button.tsx';
import { count, plural, shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { adviceFor } from './advice.ts';
import styles from './health-view.module.css';
import { countCodes, groupProblems } from './problem-groups.ts';

/** Problems on the screen at first, and more with each wish for more. */
const PAGE = 100;

interface ProblemListProps {
  readonly path: string;
  readonly configTopic: string;
  readonly problems: readonly Problem[];
}

/** Every problem by topic, with what to do about its code and the way to its place. */
export function ProblemList({ path, configTopic, problems }: ProblemListProps): ReactNode {
  const id = useId();
  const [code, setCode] = useState<string | null>(null);
  const [most, setMost] = useState(PAGE);
  const topics = new Set(useTopics(path).data?.map(({ name }) => name));
  const codes = countCodes(problems);
  // The code that was chosen may have no problem any more.
  const chosen = codes.some((one) => one.code === code) ? code : null;
  const total = chosen === null ? problems.length : (codes.find((one) => one.code === chosen)?.count ?? 0);
  const linkOf = ({ code: of, topic, version }: Problem): Target | null => {
    const name = of.startsWith('config-event-') ? configTopic : topic;
    return name !== undefined && topics.has(name) ? { topic: name, version: version ?? null } : null;
  };

  return (
    <div>
      <div className={styles['top']}>
        <h2 className={styles['title']}>Problems ({count(problems.length)})</h2>
        {codes.length > 1 ? (
          <label className={styles['filter']} htmlFor={id}>
            Show
            <select
              id={id}
              className={styles['select']}
              value={chosen ?? ''}
              onChange={({ target }) => {
                setCode(target.value === '' ? null : target.value);
                setMost(PAGE);
              }}
            >
              <option value="">all kinds ({count(problems.length)})</option>
              {codes.map((one) => (
                <option key={one.code} value={one.code}>
                  {one.code} ({count(one.count)})
                </option>
              ))}
            </select>
          </label>
        ) : null}
      </div>
      {problems.length === 0 ? (
        <p className={styles['quiet']}>Nothing was found so far. An event that was never read was never looked at.</p>
      ) : null}
      {groupProblems(problems, chosen, most).map(({ topic, problems: found }) => (
        <div key={topic} className={styles['group']}>
          <h3>{topic === '' ? 'The store' : visibleText(shorten(topic, 200))}</h3>
          <ul className={styles['problems']} aria-label={`Problems of ${topic === '' ? 'the store' : shorten(topic, 200)}`}>
            {found.map((problem) => (
              <ProblemRow key={JSON.stringify(problem)} problem={problem} target={linkOf(problem)} />
            ))}
          </ul>
        </div>
      ))}
      {most < total ? (
        <p className={styles['more']}>
          <Button onClick={() => setMost(most + PAGE)}>Show {count(Math.min(PAGE, total - most))} More</Button>
          <span className={styles['quiet']}>
            {count(most)} of {plural(total, 'problem')} are shown.
          </span>
        </p>
      ) : null}
    </div>
  );
}

interface Target {
  readonly topic: string;
  readonly version: number | null;
}

function ProblemRow({ problem, target }: { readonly problem: Problem; readonly target: Target | null }): ReactNode {
  const go = usePlace((place) => place.go);
  const { code, version, reason, path } = problem;
  const where = version === undefined ? 'Topic' : `v ${count(version)}`;
  return (
    <li>
      <span className={`${styles['code']} mono`}>{code}</span>
      {target ? (
        <Button
          look="quiet"
          className={styles['link'] ?? ''}
          title={`Show ${target.version === null ? 'the topic' : `version ${target.version}`} in ${shorten(target.topic, 100)}`}
          onClick={() => go({ view: 'events', topic: target.topic, version: target.version })}
        >
          {where}
        </Button>
      ) : (
        <span className="mono">{version === undefined ? '' : where}</span>
      )}
      <div className={styles['words']}>
        <span className={styles['reason']}>{visibleText(shorten(reason, 1000))}</span>
        <span className={styles['advice']}>{adviceFor(code)}</span>
        {path === undefined ? null : <span className={`${styles['place']} mono`}>{visibleText(shorten(path, 400))}</span>}
      </div>
    </li>
  );
}
