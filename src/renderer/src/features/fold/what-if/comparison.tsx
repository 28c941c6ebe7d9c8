import { TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { ComparisonShown } from '../../../../../shared/ipc/contract/folds.ts';
import { useComparedTexts, useComparison, type ScratchRun } from '../../../api/what-if.ts';
import { ChangeList } from '../../../json/change-list.tsx';
import { diffSummary } from '../../../json/diff-summary.ts';
import type { JsonChange } from '../../../json/json-diff.ts';
import { JsonTree, type Target } from '../../../json/json-tree.tsx';
import { useDiff } from '../../../json/use-diff.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { count, plural, size } from '../../../ui/format.ts';
import { visibleText } from '../../../ui/visible-text.tsx';
import { isOfState } from '../fold-words.ts';
import { placedText } from '../source-places.ts';
import { CutChanges } from '../step-changes.tsx';
import view from '../fold-view.module.css';
import styles from './what-if.module.css';

/** CodeMirror's merge view comes with the first text that is compared. */
const TextDiff = lazy(async () => ({ default: (await import('../../../json/text-diff.tsx')).TextDiff }));

type Where = 'here' | 'end';
type Side = 'topic' | 'scratch';
const SIDES = { topic: 'As it is', scratch: 'What if' } as const;

let turns = 0;

interface ComparisonProps {
  readonly run: ScratchRun;
  /** The fold over the topic, and how far it has come. */
  readonly fold: string;
  readonly folded: number;
  readonly isTopicFolded: boolean;
  /** Where the cursor is: what is before it in the scratch copy, and of a skipped event its own version in the topic. */
  readonly position: number;
  readonly skipped: number | null;
}

/** The states of both histories side by side, and where they differ: after the selected event, or after the last ones. */
export function Comparison({ run, fold, folded, isTopicFolded, position, skipped }: ComparisonProps): ReactNode {
  const [where, setWhere] = useState<Where>('here');
  const isScratchFolded = run.state !== null && run.state.status !== 'folding' && run.state.status !== 'idle';
  const isReady =
    where === 'end'
      ? isScratchFolded && isTopicFolded
      : run.state !== null && position <= run.state.folded && folded > 0 && folded >= (skipped ?? 0);
  const { data, error } = useComparison(run, where === 'end' ? null : { position, skipped }, isReady);
  const texts = useComparedTexts(fold, run, data);
  const [turned, setTurned] = useState<Side>('scratch');
  const [jump, setJump] = useState<{ readonly of: ComparisonShown; readonly side: Side; readonly target: Target } | null>(null);
  const onJump = (change: JsonChange): void => {
    const side = change.after ? 'scratch' : 'topic';
    const node = change.after ?? change.before;
    if (node && data) setJump({ of: data, side, target: { at: node.start, turn: ++turns } });
  };
  return (
    <section className={styles['comparison']} aria-label="Both states">
      <div className={view['changesHead']}>
        <h3>Both states</h3>
        <div className={view['choice']} role="group" aria-label="Compared">
          <button type="button" aria-pressed={where === 'here'} onClick={() => setWhere('here')}>
            After the Selected
          </button>
          <button type="button" aria-pressed={where === 'end'} onClick={() => setWhere('end')}>
            At the End
          </button>
        </div>
      </div>
      {content()}
    </section>
  );

  function content(): ReactNode {
    if (error) return <ErrorPanel error={error} />;
    if (!data) {
      return (
        <p className={view['waiting']} role="status">
          {run.state?.status === 'stopped' || run.state?.status === 'halted'
            ? 'It is not folded to here. “Go On” folds on.'
            : 'It is being folded…'}
        </p>
      );
    }
    return (
      <>
        <Differences of={data} topic={texts.topic} scratch={texts.scratch} onJump={onJump} />
        <div className={view['states']}>
          {pane('topic', data, `after version ${count(data.version)}`, data.version === 0)}
          {pane('scratch', data, `after event ${count(data.position)}`, data.position === 0)}
        </div>
      </>
    );
  }

  function pane(side: Side, of: ComparisonShown, after: string, isStart: boolean): ReactNode {
    const { state, fault } = of[side];
    const text = texts[side];
    const label = `State: ${SIDES[side].toLowerCase()}`;
    return (
      <section
        className={styles['state']}
        aria-label={label}
        onFocusCapture={() => setTurned(side)}
        onPointerDownCapture={() => setTurned(side)}
      >
        <h3 className={view['stateHead']}>
          {SIDES[side]}
          <span className={view['note']}>{isStart ? 'before the first event' : after}</span>
        </h3>
        {fault ? (
          <p className={styles['fault']} role="status">
            <TriangleAlert size={14} strokeWidth={1.75} aria-hidden />
            <span>
              <strong>{state === null && isOfState(fault) ? 'The state cannot be shown here.' : 'This event failed.'}</strong>{' '}
              {visibleText(placedText(fault))}
            </span>
          </p>
        ) : (
          <div />
        )}
        <div className={view['stateBody']}>
          {state === null ? (
            <p className={view['absent']}>The state cannot be shown.</p>
          ) : text === null ? (
            <div className={view['absent']}>
              <p>This state is {size(state.total)} long.</p>
              {texts.error ? <ErrorPanel error={texts.error} /> : null}
              {texts.isLoading ? <p role="status">It is being loaded…</p> : <Button onClick={() => texts.load?.()}>Load Both Whole</Button>}
            </div>
          ) : (
            <JsonTree
              key={`${run.revision} ${side === 'topic' ? of.version : of.position}`}
              text={text}
              label={label}
              root="state"
              pattern={null}
              target={jump?.of === of && jump.side === side ? jump.target : null}
              hasCommands={turned === side}
            />
          )}
        </div>
      </section>
    );
  }
}

interface DifferencesProps {
  readonly of: ComparisonShown;
  /** The states whole; null where one cannot be shown, or is not loaded. */
  readonly topic: string | null;
  readonly scratch: string | null;
  readonly onJump: (change: JsonChange) => void;
}

/** From the topic's state to the scratch one. */
function Differences({ of, topic, scratch, onJump }: DifferencesProps): ReactNode {
  const [isText, setText] = useState(false);
  const { result } = useDiff(topic, scratch);
  const isShown = of.topic.state !== null && of.scratch.state !== null;
  const isWhole = topic !== null && scratch !== null;
  return (
    <section className={view['changes']} aria-label="Differences">
      <div className={view['changesHead']}>
        <h3>Differences</h3>
        <span className={view['note']} role="status">
          {said()}
        </span>
        <div className={view['choice']} role="group" aria-label="Differences shown as">
          <button type="button" aria-pressed={!isText} onClick={() => setText(false)}>
            List
          </button>
          <button type="button" aria-pressed={isText} onClick={() => setText(true)}>
            Text
          </button>
        </div>
      </div>
      <div className={view['changesBody']}>{content()}</div>
    </section>
  );

  function said(): string {
    if (!isShown) return 'A state that cannot be shown cannot be compared';
    if (!isWhole) return `${of.isCut ? 'More than ' : ''}${plural(of.changes.length, 'difference')}`;
    if (result === null) return 'Comparing…';
    return result.changes.length === 0 ? 'None: both states are the same' : diffSummary(result);
  }

  function content(): ReactNode {
    if (!isShown) return null;
    if (!isWhole) return <CutChanges changes={of.changes} />;
    if (isText) {
      return (
        <Suspense fallback={null}>
          <TextDiff label="Both states as text" first={topic} second={scratch} sorted={false} />
        </Suspense>
      );
    }
    if (result === null || result.changes.length === 0) return null;
    return <ChangeList first={topic} second={scratch} changes={result.changes} canJump={() => true} onJump={onJump} />;
  }
}
