import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { count, shorten, size } from '../../ui/format.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './append-view.module.css';
import { eventBytes } from './check-draft.ts';
import { storedLine, type Review } from './review.ts';

const ROW = 24;
/** Of a line in the list; the one under the cursor is shown below. */
const ROW_CHARS = 400;
const WHOLE_CHARS = 100_000;

interface StoredLinesProps {
  readonly review: Review;
  readonly topic: string;
  /** Null: any. */
  readonly expected: number | null;
}

/** Every line as it will be stored, and the one under the cursor whole. */
export function StoredLines({ review, topic, expected }: StoredLinesProps): ReactNode {
  const id = useId();
  const { events } = review;
  const [at, setAt] = useState(0);
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(events.length, ROW);
  const lineOf = (row: number): string => {
    const event = events[row];
    return event ? storedLine(event, topic, expected === null ? null : expected + row + 1) : '';
  };
  const move = (to: number): void => {
    const row = Math.min(Math.max(0, to), events.length - 1);
    setAt(row);
    reveal(row);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + pageRows,
      PageUp: at - pageRows,
      Home: 0,
      End: events.length - 1,
    }[event.key];
    if (to === undefined) return;
    move(to);
    event.preventDefault();
  };
  const whole = lineOf(at);
  return (
    <div className={styles['stored']}>
      <div
        ref={scroller}
        className={styles['lines']}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        role="listbox"
        aria-label="Lines to be stored"
        aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
        tabIndex={0}
      >
        <div role="presentation" style={{ height }} />
        <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
          {events.slice(visible.first, visible.end).map((event, index) => {
            const row = visible.first + index;
            return (
              <div
                key={row}
                id={`${id}-${row}`}
                role="option"
                aria-selected={row === at}
                aria-posinset={row + 1}
                aria-setsize={events.length}
                className={`${styles['line']} mono`}
                onClick={() => setAt(row)}
              >
                <span className={styles['number']}>{expected === null ? `+${count(row + 1)}` : count(expected + row + 1)}</span>
                <span className={styles['number']}>{size(eventBytes(event))}</span>
                <span className={styles['cut']}>{visibleText(shorten(event.type, 60))}</span>
                <span className={styles['cut']}>{visibleText((event.data ?? 'null').slice(0, ROW_CHARS))}</span>
              </div>
            );
          })}
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, and keys must reach it */}
      <pre className={`${styles['whole']} mono`} tabIndex={0} aria-label="The line under the cursor" role="region">
        {visibleText(whole.slice(0, WHOLE_CHARS))}
        {whole.length > WHOLE_CHARS ? ` … and ${count(whole.length - WHOLE_CHARS)} more characters` : ''}
      </pre>
    </div>
  );
}
