import { Bookmark, CircleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { EventRow } from '../../../../shared/ipc/contract/events.ts';
import { count, exactTime, hueOf, shorten, size, timeText, type TimeStyle } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import type { ColumnId } from './columns.ts';
import styles from './event-grid.module.css';
import type { GridRow, Loaded } from './use-grid-rows.ts';

interface GridCellsProps {
  readonly row: GridRow;
  readonly columns: readonly ColumnId[];
  readonly times: TimeStyle;
  /** Milliseconds since the epoch, for relative times. */
  readonly now: number;
  readonly isMarked: boolean;
}

/** The cells of one row: an event's columns, or what stands in their place. */
export function GridCells({ row: { version, loaded }, columns, times, now, isMarked }: GridCellsProps): ReactNode {
  const at = columns.indexOf('version');
  const versionCell =
    at === -1 ? null : (
      <span
        role="gridcell"
        aria-colindex={at + 1}
        data-column="version"
        data-marked={isMarked || undefined}
        title={isMarked ? 'Marked for comparison' : undefined}
        className={`${styles['cell']} ${styles['number']}`}
        style={{ gridColumn: at + 1, gridRow: 1 }}
      >
        {isMarked ? <Bookmark size={12} strokeWidth={2.5} className={styles['mark']} aria-hidden /> : null}
        {version === null ? '' : count(version)}
      </span>
    );
  if (typeof loaded === 'object' && 'event' in loaded) {
    return (
      <>
        {columns.map((column, index) =>
          column === 'version' ? (
            versionCell
          ) : (
            <Cell key={column} column={column} index={index} event={loaded.event} times={times} now={now} />
          ),
        )}
      </>
    );
  }
  // What is no event speaks over the longer side of the columns beside its version.
  const isRight = at < columns.length - 1 && at <= columns.length / 2;
  const place = isRight ? { from: at + 2, to: columns.length + 1 } : { from: 1, to: at + 1 };
  return (
    <>
      {versionCell}
      {place.to > place.from ? <Stead loaded={loaded} from={place.from} to={place.to} /> : null}
    </>
  );
}

function Stead({ loaded, from, to }: { readonly loaded: Loaded; readonly from: number; readonly to: number }): ReactNode {
  const cell = { role: 'gridcell', 'aria-colindex': from, 'aria-colspan': to - from, style: { gridColumn: `${from} / ${to}`, gridRow: 1 } };
  if (loaded === 'loading') return <span {...cell} aria-label="loading" className={styles['skeleton']} />;
  if (loaded === 'missing') {
    return (
      <span {...cell} className={`${styles['cell']} ${styles['missing']}`}>
        no event stored
      </span>
    );
  }
  if ('event' in loaded) return null;
  const isFailed = 'failed' in loaded;
  const text = isFailed ? loaded.failed : `Damaged (${loaded.damaged.code}): ${loaded.damaged.reason}`;
  return (
    <span {...cell} className={`${styles['cell']} ${styles['damaged']}`} title={text.slice(0, 1000)}>
      <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
      <span className={styles['typeText']}>{visibleText(text.slice(0, 400))}</span>
      {isFailed ? (
        <button type="button" className={styles['retry']} onClick={loaded.retry}>
          Retry
        </button>
      ) : null}
    </span>
  );
}

interface CellProps {
  readonly column: Exclude<ColumnId, 'version'>;
  readonly index: number;
  readonly event: EventRow;
  readonly times: TimeStyle;
  readonly now: number;
}

const LOOKS: Readonly<Record<Exclude<ColumnId, 'version'>, string>> = {
  time: styles['dim'] ?? '',
  type: styles['type'] ?? '',
  id: styles['dim'] ?? '',
  size: `${styles['dim']} ${styles['number']}`,
  metadata: styles['dim'] ?? '',
  data: '',
};

const Cell = memo(function Cell({ column, index, event, times, now }: CellProps): ReactNode {
  return (
    <span
      role="gridcell"
      aria-colindex={index + 1}
      data-column={column}
      className={`${styles['cell']} ${LOOKS[column]}`}
      style={{ gridColumn: index + 1, gridRow: 1 }}
      title={titleOf(column, event)}
    >
      {contentOf(column, event, times, now)}
    </span>
  );
});

function contentOf(column: CellProps['column'], event: EventRow, times: TimeStyle, now: number): ReactNode {
  switch (column) {
    case 'time':
      return timeText(event.timestamp, times, now);
    case 'type':
      return (
        <>
          <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(event.type)})` }} aria-hidden />
          <span className={styles['typeText']}>{event.type === '' ? <em>no type</em> : visibleText(event.type.slice(0, 120))}</span>
        </>
      );
    case 'id':
      return visibleText(shorten(event.id, 40));
    case 'size':
      return size(event.size);
    case 'metadata':
      return event.metadata === 'null' ? '' : visibleText(event.metadata);
    case 'data':
      return visibleText(event.preview);
  }
}

function titleOf(column: CellProps['column'], event: EventRow): string | undefined {
  if (column === 'time') return exactTime(event.timestamp);
  if (column === 'type') return event.type.slice(0, 1000);
  return column === 'id' ? event.id.slice(0, 1000) : undefined;
}
