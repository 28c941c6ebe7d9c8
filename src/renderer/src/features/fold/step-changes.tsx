import { lazy, Suspense, type ReactNode } from 'react';
import type { CutText, FoldAround, FoldChange } from '../../../../shared/ipc/contract/folds.ts';
import { ChangeList } from '../../json/change-list.tsx';
import { diffSummary } from '../../json/diff-summary.ts';
import type { JsonChange } from '../../json/json-diff.ts';
import { useDiff } from '../../json/use-diff.ts';
import { count, plural } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './fold-view.module.css';
import { isStateUnshown } from './fold-words.ts';

/** CodeMirror's merge view comes with the first text that is compared. */
const TextDiff = lazy(async () => ({ default: (await import('../../json/text-diff.tsx')).TextDiff }));

interface StepChangesProps {
  readonly around: FoldAround;
  /** The states whole; null where one cannot be shown, or is not loaded. */
  readonly before: string | null;
  readonly after: string | null;
  readonly isText: boolean;
  readonly onText: (isText: boolean) => void;
  readonly onJump: (change: JsonChange) => void;
}

/** What an event changed in the state: place by place, or as text. */
export function StepChanges({ around, before, after, isText, onText, onJump }: StepChangesProps): ReactNode {
  const { result } = useDiff(before, after);
  const isWhole = before !== null && after !== null;
  return (
    <section className={styles['changes']} aria-label="What changed">
      <div className={styles['changesHead']}>
        <h3>What changed</h3>
        <span className={styles['note']} role="status">
          {said()}
        </span>
        <div className={styles['choice']} role="group" aria-label="Changes shown as">
          <button type="button" aria-pressed={!isText} onClick={() => onText(false)}>
            List
          </button>
          <button type="button" aria-pressed={isText} onClick={() => onText(true)}>
            Text
          </button>
        </div>
      </div>
      <div className={styles['changesBody']}>{content()}</div>
    </section>
  );

  function said(): string {
    if (around.version === 0) return 'This is the state before the first event';
    if (around.fault && !isStateUnshown(around)) return 'Nothing: the event failed, and the state stayed as it was';
    if (around.before === null || around.after === null) return 'A state that cannot be shown cannot be compared';
    if (!isWhole) return `${around.isCut ? 'More than ' : ''}${plural(around.changes.length, 'difference')}`;
    if (result === null) return 'Comparing…';
    return result.changes.length === 0 ? 'Nothing' : diffSummary(result);
  }

  function content(): ReactNode {
    if (around.before === null || around.after === null || around.fault) return null;
    if (!isWhole) return <CutChanges changes={around.changes} />;
    if (isText) {
      return (
        <Suspense fallback={null}>
          <TextDiff label="Both states as text" first={before} second={after} sorted={false} />
        </Suspense>
      );
    }
    if (result === null || result.changes.length === 0) return null;
    return <ChangeList first={before} second={after} changes={result.changes} canJump={() => true} onJump={onJump} />;
  }
}

const SIGNS = { added: '+', removed: '−', changed: '~' } as const;

/** What main found where the states are too long to be here. */
export function CutChanges({ changes }: { readonly changes: readonly FoldChange[] }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list must scroll by keyboard
    <ul className={`${styles['cutChanges']} mono`} tabIndex={0} aria-label="Changes">
      {changes.map(({ path, kind, before, after }, index) => (
        // The list of one version never changes: a place is an identity.
        <li key={index}>
          <span aria-hidden>{SIGNS[kind]}</span> <span className="visually-hidden">{kind} </span>
          {visibleText(path) || '(whole)'} {before === null ? null : <del>{cutText(before)}</del>}
          {before === null || after === null ? null : ' → '}
          {after === null ? null : <ins>{cutText(after)}</ins>}
        </li>
      ))}
    </ul>
  );
}

function cutText({ text, total }: CutText): ReactNode {
  return (
    <>
      {visibleText(text)}
      {text.length < total ? `… (${count(total)} in all)` : null}
    </>
  );
}
