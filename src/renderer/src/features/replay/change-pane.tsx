import { Copy, X } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ChangeRow, PastTopic, TopicDifferenceRow } from '../../../../shared/ipc/contract/replay.ts';
import { copyText } from '../../api/copy.ts';
import { useComparison } from '../../api/replay.ts';
import { useSettings } from '../../api/settings.ts';
import { runWhole } from '../../json/sliced.ts';
import { usePlace } from '../../state/place.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, exactTime, plural, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { catalogueText } from './catalogue-text.ts';
import { FieldDifferences } from './field-differences.tsx';
import styles from './replay-view.module.css';
import { useCopyPatch, type Compared } from './use-copy-patch.ts';
import { changeVerb } from './steps.ts';

/** CodeMirror comes with the first text that is compared. */
const TextDiff = lazy(async () => ({ default: (await import('../../json/text-diff.tsx')).TextDiff }));

interface ChangePaneProps {
  readonly path: string;
  readonly configTopic: string;
  readonly change: ChangeRow | null;
  /** The version that is looked at, B. */
  readonly here: number;
  /** A; null: none is marked. */
  readonly marked: number | null;
  /** Only topics whose name holds this. */
  readonly topic: string;
}

/** The change that led to a version, or how its topics differ from those of the marked one; as a list or as text. */
export function ChangePane({ path, configTopic, change, here, marked, topic }: ChangePaneProps): ReactNode {
  const markConfig = usePlace((place) => place.markConfig);
  const [wantsMark, setWantsMark] = useState(true);
  const [isText, setText] = useState(false);
  const a = wantsMark ? marked : null;
  const ofChange = isText ? changeOf(change) : null;
  useCopyPatch(a === null ? changeOf(change) : { a, b: here, topic });
  const comparison = useComparison(path, a === null ? ofChange : { a, b: here, topic });
  const compared = comparison.data ?? null;
  const title =
    a === null
      ? change
        ? `Change ${count(change.version - 1)} → ${count(change.version)}`
        : 'The change'
      : `A ${count(a)} → B ${count(here)}`;
  return (
    <>
      <div className={styles['head']}>
        <h2>{title}</h2>
        {marked === null ? null : (
          <ChoiceGroup
            label="What is shown"
            choices={[
              { name: 'change', content: 'Change', title: 'What the event of this version changed' },
              { name: 'mark', content: `From A: ${count(marked)}`, title: 'How the topics differ from those of the marked version' },
            ]}
            current={wantsMark ? 'mark' : 'change'}
            onChoose={(name) => setWantsMark(name === 'mark')}
          />
        )}
        <ChoiceGroup
          label="Shown as"
          choices={[
            { name: 'list', content: 'List' },
            { name: 'text', content: 'Text' },
          ]}
          current={isText ? 'text' : 'list'}
          onChoose={(name) => setText(name === 'text')}
        />
        <CommandButton id="replay.copyPatch" icon={<Copy size={14} strokeWidth={1.75} aria-hidden />} />
        {marked === null ? null : (
          <IconButton label="Unmark A" onClick={() => markConfig(null)}>
            <X size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        )}
      </div>
      <div className={styles['body']}>
        {comparison.error ? <ErrorPanel error={comparison.error} onRetry={() => void comparison.refetch()} onCopy={copyText} /> : null}
        {a === null ? <ChangeSentence change={change} configTopic={configTopic} /> : null}
        {a === null && !isText && change ? <FieldDifferences {...change} label="Changed fields" /> : null}
        {a !== null && compared ? <ComparisonSentence differences={compared.differences} left={compared.left} /> : null}
        {a !== null && compared && !isText ? <Differences key={`${compared.a} ${compared.b}`} differences={compared.differences} /> : null}
        {isText && compared && (a !== null || ofChange) && compared.differences.length > 0 ? (
          <AsText differences={compared.differences} />
        ) : null}
      </div>
    </>
  );
}

/** What a change is the difference of; null where it changed nothing. */
function changeOf(change: ChangeRow | null): Compared | null {
  return change && !change.problem ? { a: change.version - 1, b: change.version, topic: change.topic ?? '' } : null;
}

function ChangeSentence({ change, configTopic }: Pick<ChangePaneProps, 'change' | 'configTopic'>): ReactNode {
  const go = usePlace((place) => place.go);
  const { times } = useSettings();
  const now = useNow();
  if (change === null) return <p>This is before the first change that is listed.</p>;
  const { version, topic, timestamp, problem, changed } = change;
  return (
    <>
      <p>
        {topic === null ? null : <b>{visibleText(topic.slice(0, 200))}</b>} {problem ? null : changeVerb(change)}
        {timestamp === null ? null : (
          <span className={styles['quiet']} title={exactTime(timestamp)}>
            {' '}
            {timeText(timestamp, times, now)}
          </span>
        )}{' '}
        <button
          type="button"
          className={styles['link']}
          title="Show this event in the configuration topic"
          onClick={() => go({ view: 'events', topic: configTopic, version })}
        >
          Open event {count(version)}
        </button>
      </p>
      {problem ? (
        <p className={styles['trouble']}>
          Skipped (<span className="mono">{problem.code}</span>): {visibleText(problem.reason)} The topics stay as they were.
        </p>
      ) : null}
      {changed.length === 0 && !problem ? <p className={styles['quiet']}>No field differs.</p> : null}
    </>
  );
}

function ComparisonSentence({
  differences,
  left,
}: {
  readonly differences: readonly TopicDifferenceRow[];
  readonly left: number;
}): ReactNode {
  if (differences.length === 0) return <p>The topics are the same at both versions.</p>;
  return (
    <p role="status">
      {plural(differences.length + left, 'topic')} {differences.length + left === 1 ? 'differs' : 'differ'}
      {left > 0 ? `; the first ${count(differences.length)} are listed. Filter by topic to see others.` : '.'}
    </p>
  );
}

/** So many are drawn at once. */
const PAGE = 100;

function Differences({ differences }: { readonly differences: readonly TopicDifferenceRow[] }): ReactNode {
  const [shown, setShown] = useState(PAGE);
  return (
    <>
      {differences.slice(0, shown).map((one) => (
        <Difference key={one.topic} difference={one} />
      ))}
      {differences.length > shown ? (
        <Button className={styles['more'] ?? ''} onClick={() => setShown(shown + PAGE)}>
          Show {count(Math.min(PAGE, differences.length - shown))} more
        </Button>
      ) : null}
    </>
  );
}

function Difference({ difference }: { readonly difference: TopicDifferenceRow }): ReactNode {
  const { topic, before, after, isAnother, changed, more } = difference;
  const verb = before === null ? 'added' : after === null ? 'removed' : isAnother ? 'deleted and created again' : 'changed';
  return (
    <section className={styles['difference']} aria-label={topic.slice(0, 200)}>
      <p>
        <b>{visibleText(topic.slice(0, 200))}</b> {verb}
      </p>
      <FieldDifferences changed={changed} more={more} label={`Fields of ${topic.slice(0, 200)}`} />
    </section>
  );
}

function AsText({ differences }: { readonly differences: readonly TopicDifferenceRow[] }): ReactNode {
  const side = (of: 'before' | 'after'): string =>
    runWhole(catalogueText(differences.flatMap((one): PastTopic | readonly PastTopic[] => one[of] ?? []))).text;
  return (
    <div className={styles['textDiff']}>
      <Suspense fallback={<p>Loading…</p>}>
        <TextDiff first={side('before')} second={side('after')} sorted={false} label="Both versions as text" />
      </Suspense>
    </div>
  );
}
