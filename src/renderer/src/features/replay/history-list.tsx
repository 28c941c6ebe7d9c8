import { CircleAlert } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import type { ChangeRow } from '../../../../shared/ipc/contract/replay.ts';
import { useSettings } from '../../api/settings.ts';
import { count, exactTime, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './history-list.module.css';
import { changeCounts, changeVerb, type Steps } from './steps.ts';

const ROW = 40;

interface HistoryListProps {
  readonly steps: Steps;
  readonly at: number;
  readonly marked: number | null;
  readonly onMove: (step: number) => void;
}

/** Every change, newest first; the one stood on is the chosen one. */
export function HistoryList({ steps, at, marked, onMove }: HistoryListProps): ReactNode {
  const id = useId();
  const last = steps.versions.length - 1;
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(last + 1, ROW, { growsAbove: true });
  const here = steps.versions[at];
  const shown = useRef<number | undefined>(undefined);
  useEffect(() => {
    // Changes that come leave the list where it is.
    if (shown.current !== here) reveal(last - at);
    shown.current = here;
  }, [here, at, last, reveal]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: at - 1,
      ArrowUp: at + 1,
      PageDown: at - pageRows,
      PageUp: at + pageRows,
      Home: last,
      End: 0,
    };
    const to = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (to === undefined) return;
    onMove(Math.min(Math.max(0, to), last));
    event.preventDefault();
  };
  const seen = Array.from({ length: Math.max(0, visible.end - visible.first) }, (_, index) => last - (visible.first + index));
  return (
    <div
      ref={scroller}
      className={styles['list']}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      role="listbox"
      aria-label="Changes"
      aria-activedescendant={seen.includes(at) ? `${id}-${at}` : undefined}
      tabIndex={0}
    >
      <div role="presentation" style={{ height }} />
      <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
        {seen.map((step) => (
          <div
            key={step}
            id={`${id}-${step}`}
            role="option"
            aria-selected={step === at}
            aria-posinset={last - step + 1}
            aria-setsize={last + 1}
            className={`${styles['row']} ${step === at ? styles['current'] : ''}`}
            onClick={() => onMove(step)}
          >
            <span className={`${styles['version']} mono`}>
              {count(steps.versions[step] ?? 0)}
              {marked === steps.versions[step] ? (
                <span className={styles['mark']} title="Marked as A">
                  A
                </span>
              ) : null}
            </span>
            <Row change={steps.changes[step] ?? null} first={steps.versions[0] ?? 0} />
          </div>
        ))}
      </div>
    </div>
  );
}

function Row({ change, first }: { readonly change: ChangeRow | null; readonly first: number }): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  if (change === null) {
    return <span className={`${styles['what']} ${styles['quiet']}`}>{first === 0 ? 'the beginning' : 'before these changes'}</span>;
  }
  const { timestamp, topic, type, problem } = change;
  return (
    <>
      <span className={styles['what']}>
        {problem ? <CircleAlert size={13} strokeWidth={1.75} aria-hidden className={styles['trouble']} /> : null}
        <b>{visibleText((topic ?? type ?? 'cannot be read').slice(0, 120))}</b>{' '}
        <span className={problem ? styles['trouble'] : undefined}>{changeVerb(change)}</span>
      </span>
      {problem ? (
        <span className={styles['when']} title={problem.reason}>
          <span>{visibleText(problem.reason.slice(0, 200))}</span>
        </span>
      ) : (
        <span className={styles['when']}>
          <span title={timestamp === null ? undefined : exactTime(timestamp)}>
            {timestamp === null ? 'no time' : timeText(timestamp, times, now).replace(/\.\d{3}$/, '')}
          </span>
          <span className={`${styles['counts']} mono`} title="Fields added (+), changed (~) and removed (−)">
            {changeCounts(change)}
          </span>
        </span>
      )}
    </>
  );
}
