import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useSettings } from '../api/settings.ts';
import { useScaledRows } from '../ui/use-scaled-rows.ts';
import styles from './long-text.module.css';
import { markedText } from './marked-text.tsx';
import type { TextSource } from './text-source.ts';

/** Text up to this is laid out by the browser; longer text in rows of one length, of which only the visible ones exist. */
const LAID_OUT = 100_000;

interface LongTextProps {
  readonly text: TextSource;
  readonly label: string;
  readonly pattern: RegExp | null;
  /** Where to go to in the text; another `turn` goes there again. */
  readonly target: { readonly at: number; readonly turn: number } | null;
}

/** A text of any length to read, select and scroll. */
export function LongText(props: LongTextProps): ReactNode {
  return props.text.length <= LAID_OUT ? <ShortText {...props} /> : <RowsOfText {...props} />;
}

function ShortText({ text: source, label, pattern, target }: LongTextProps): ReactNode {
  const text = source.slice(0, source.length);
  const { dataFont } = useSettings();
  const element = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const marks = element.current?.querySelectorAll('mark') ?? [];
    const before = target && pattern ? [...text.slice(0, target.at).matchAll(pattern)].length : 0;
    if (target) marks[before]?.scrollIntoView({ block: 'center' });
  }, [target, pattern, text]);
  return (
    <pre ref={element} className={`${styles['text']} mono`} style={{ fontSize: dataFont }} tabIndex={0} role="tabpanel" aria-label={label}>
      {text.split('\n').map((line, index) => (
        // The lines of one text never move.
        <span key={index}>
          {index > 0 ? '\n' : null}
          {markedText(line, pattern)}
        </span>
      ))}
    </pre>
  );
}

function RowsOfText({ text, label, pattern, target }: LongTextProps): ReactNode {
  const { dataFont } = useSettings();
  const rowHeight = Math.round(dataFont * 1.5);
  const [columns, setColumns] = useState(80);
  const ruler = useRef<HTMLSpanElement>(null);
  const rowCount = Math.ceil(text.length / columns);
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(rowCount, rowHeight);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const measure = (): void => {
      const width = (ruler.current?.getBoundingClientRect().width ?? 70) / 10;
      setColumns(Math.max(20, Math.floor((element.clientWidth - 24) / width)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller, dataFont]);

  useEffect(() => {
    if (target) reveal(Math.floor(target.at / columns), 'center');
  }, [target, columns, reveal]);

  return (
    <div
      ref={scroller}
      className={`${styles['text']} ${styles['long']} mono`}
      style={{ fontSize: dataFont }}
      onScroll={onScroll}
      onKeyDown={(event) => {
        const ends: Record<string, number> = { Home: 0, End: rowCount - 1 };
        const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: pageRows, PageUp: -pageRows };
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const first = visible.first === 0 ? 0 : visible.first + 4;
        const by = moves[event.key];
        const to = ends[event.key] ?? (by === undefined ? undefined : Math.min(Math.max(0, first + by), rowCount - 1));
        if (to === undefined) return;
        reveal(to, 'start');
        event.preventDefault();
      }}
      role="tabpanel"
      aria-label={label}
      tabIndex={0}
    >
      <span ref={ruler} className={styles['ruler']} aria-hidden>
        0123456789
      </span>
      <div role="presentation" style={{ height }} />
      <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
        {Array.from({ length: visible.end - visible.first }, (_, index) => visible.first + index).map((row) => (
          <div key={row} style={{ height: rowHeight, lineHeight: `${rowHeight}px` }}>
            {markedText(rowOf(text, row * columns, (row + 1) * columns), pattern)}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A row never begins with the second half of a character. */
function rowOf(text: TextSource, from: number, to: number): string {
  const row = text.slice(from, to + 1);
  const isHalf = (at: number): boolean => {
    const code = row.charCodeAt(at);
    return code >= 0xdc00 && code <= 0xdfff;
  };
  const length = to - from;
  return row.slice(isHalf(0) && from > 0 ? 1 : 0, isHalf(length) ? length + 1 : length);
}
