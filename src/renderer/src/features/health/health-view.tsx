import { Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RepositoryHealth } from '../../../../shared/model/health.ts';
import type { Problem } from '../../../../shared/model/problem.ts';
import { copyText } from '../../api/copy.ts';
import { useAppInfo, useHealth } from '../../api/queries.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './health-view.module.css';

const TONES = { up: 'ok', degraded: 'warn', down: 'danger', unknown: 'plain' } as const;

/** Every repository's state with what was checked, and every problem in words. */
export function HealthView({ path }: { readonly path: string }): ReactNode {
  const query = useHealth(path);
  const app = useAppInfo();
  if (query.error) {
    return (
      <div className={styles['view']}>
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} onCopy={copyText} />
      </div>
    );
  }
  if (!query.data) return null;
  const { health, problems } = query.data;
  const report = { ...app.data, health, problems };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long text must scroll by keyboard
    <section className={styles['view']} aria-label="Health of the store" tabIndex={0}>
      <div>
        <h2 className={styles['title']}>
          Health <Badge tone={TONES[health.status]}>{health.status}</Badge>
          <Button look="quiet" onClick={() => copyText(JSON.stringify(report, null, 2))}>
            <Copy size={14} strokeWidth={1.75} aria-hidden /> Copy as text
          </Button>
        </h2>
        <p className={styles['ok']}>
          {plural(health.topicCount, 'topic')} in {plural(health.repositoryStats.total, 'repository', 'repositories')}. Configuration topic:{' '}
          {health.configStream}.
        </p>
      </div>
      <div>
        <h2 className={styles['title']}>Problems ({problems.length})</h2>
        {problems.length === 0 ? <p className={styles['ok']}>Nothing was found so far.</p> : null}
        {byTopic(problems).map(([topic, found]) => (
          <div key={topic} style={{ marginBottom: 12 }}>
            <h3 style={{ fontSize: 13, marginBottom: 4 }}>{topic === '' ? 'The store' : visibleText(topic)}</h3>
            <ul className={styles['problems']} aria-label={`Problems of ${topic === '' ? 'the store' : topic}`}>
              {found.map((problem) => (
                <li key={JSON.stringify(problem)}>
                  <span className={`${styles['code']} mono`}>{problem.code}</span>
                  <span className="mono">{problem.version === undefined ? '' : `v ${problem.version}`}</span>
                  <span className={styles['reason']}>{visibleText(problem.reason)}</span>
                  {problem.path === undefined ? null : <span className={`${styles['place']} mono`}>{visibleText(problem.path)}</span>}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div>
        <h2 className={styles['title']}>Repositories</h2>
        <div className={styles['cards']}>
          {Object.entries(health.repositories).map(([key, repository]) => (
            <Repository key={key} name={key} repository={repository} />
          ))}
        </div>
      </div>
    </section>
  );
}

function Repository({ name, repository }: { readonly name: string; readonly repository: RepositoryHealth }): ReactNode {
  const { status, state, reason, checked, topicCount, readOnly } = repository;
  const facts = Object.entries({ ...(topicCount === undefined ? {} : { topics: topicCount }), state, ...checked });
  return (
    <div className={styles['card']}>
      <div className={styles['cardHead']}>
        <span className="mono">{visibleText(name)}</span>
        <Badge tone={TONES[status]}>{status === 'unknown' ? 'not opened yet' : status}</Badge>
        {readOnly ? <Badge>read-only</Badge> : null}
      </div>
      {reason === undefined ? null : <p className={styles['reason']}>{visibleText(reason)}</p>}
      <dl className={styles['facts']}>
        {facts.map(([fact, value]) => (
          <div key={fact}>
            <dt>{fact}</dt> <dd>{visibleText(String(value))}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The store's own first, then each topic's. */
function byTopic(problems: readonly Problem[]): [string, Problem[]][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const topic = problem.topic ?? '';
    groups.set(topic, [...(groups.get(topic) ?? []), problem]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
