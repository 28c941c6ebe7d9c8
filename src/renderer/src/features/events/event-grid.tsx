import { useQueries, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useEffect, useId, useImperativeHandle, type CSSProperties, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { errorFacts } from '../../../../shared/model/errors.ts';
import type { DamagedVersion } from '../../../../shared/model/event.ts';
import type { EventRow } from '../../../../shared/ipc/contract/events.ts';
import { PAGE_ROWS, pageQuery, type GridTopic } from '../../api/queries.ts';
import { usePlace } from '../../state/place.ts';
import { count, exactTime, hueOf, shorten, utc } from '../../ui/format.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './event-grid.module.css';
import { pagesOfRows, rowOfVersion, versionOfRow } from './grid-rows.ts';

const ROW = 24;
const HEADER = 24;
const COLUMNS = ['Version', 'Time (UTC)', 'Type', 'Id', 'Data'] as const;

/** By column, in header and rows alike. */
const COLUMN_STYLES = [styles['number'], '', '', styles['id'], styles['data']];

export interface GridHandle {
  /** Shows a version in the middle and puts the cursor on it. */
  readonly goTo: (version: number) => void;
  readonly focus: () => void;
}

interface GridProps {
  readonly topic: GridTopic;
  readonly handle: Ref<GridHandle>;
  readonly onEnter: () => void;
}

type Loaded = { readonly event: EventRow } | { readonly damaged: DamagedVersion } | { readonly failed: string } | 'missing' | 'loading';

/** Every version of a topic as a row, at any size: only visible rows exist, only their pages are asked for. */
export function EventGrid({ topic, handle, onEnter }: GridProps): ReactNode {
  const id = useId();
  const { order, version: selected, select } = usePlace();
  const latest = topic.latestVersion;
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(latest, ROW, {
    header: HEADER,
    growsAbove: order === 'newest',
  });
  const pages = pagesOfRows(visible.first, visible.end, latest, order, PAGE_ROWS);
  const queries = useQueries({ queries: pages.map((page) => pageQuery(topic, page)) });
  const newest = Math.max(latest, ...queries.map(({ data }) => data?.latestVersion ?? 0));
  const client = useQueryClient();
  // Others wrote since the list of topics was asked for: what a page says of the topic is newer.
  useEffect(() => {
    if (newest > latest) void client.invalidateQueries({ queryKey: ['topics', topic.path] });
  }, [newest, latest, client, topic.path]);
  const cursor = selected === null ? -1 : rowOfVersion(selected, latest, order);

  useImperativeHandle(handle, () => ({
    goTo: (version) => {
      select(version);
      reveal(rowOfVersion(version, latest, order), 'center');
      scroller.current?.focus();
    },
    focus: () => scroller.current?.focus(),
  }));

  // The cursor is moved from elsewhere, too: by the event itself, by a link, by going back.
  useEffect(() => {
    if (cursor >= 0) reveal(cursor);
  }, [cursor, reveal]);

  // A new topic, or the other order, starts at its first row.
  useEffect(() => reveal(0, 'start'), [topic.path, topic.name, topic.incarnation, order, reveal]);

  const load = (version: number): Loaded => {
    const query = queries[Math.floor((version - 1) / PAGE_ROWS) - (pages[0] ?? 0)];
    if (!query) return 'loading';
    if (query.error) return { failed: errorFacts(query.error).message };
    if (!query.data) return 'loading';
    const event = query.data.rows.find((row) => row.version === version);
    if (event) return { event };
    const damaged = query.data.damaged.find((found) => found.version === version);
    if (damaged) return { damaged };
    return query.isFetching ? 'loading' : 'missing';
  };

  const move = (row: number): void => {
    const to = Math.min(Math.max(0, row), latest - 1);
    select(versionOfRow(to, latest, order));
    reveal(to);
  };

  // Asked when the focus comes, since a jump has just set the version that this render does not know yet.
  const startCursor = (): void => {
    if (usePlace.getState().version === null && latest > 0) select(versionOfRow(visible.first, latest, order));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || latest === 0) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(cursor + 1),
      ArrowUp: () => move(cursor - 1),
      PageDown: () => move(Math.max(0, cursor) + pageRows),
      PageUp: () => move(cursor - pageRows),
      Home: () => move(0),
      End: () => move(latest - 1),
      Enter: onEnter,
    };
    const action = moves[event.key];
    if (!action) return;
    action();
    event.preventDefault();
  };

  const width = { '--version-width': `${Math.max(64, count(latest).length * 8 + 20)}px` } as CSSProperties;
  const shown = Array.from({ length: Math.max(0, visible.end - visible.first) }, (_, index) => visible.first + index);
  return (
    <div className={styles['grid']} style={width}>
      <div
        ref={scroller}
        className={styles['scroller']}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onFocus={startCursor}
        role="grid"
        aria-label={`Events of ${topic.name}`}
        aria-rowcount={latest + 1}
        aria-colcount={5}
        aria-activedescendant={cursor >= visible.first && cursor < visible.end ? `${id}-${cursor}` : undefined}
        tabIndex={0}
      >
        <div role="rowgroup" className={styles['headers']}>
          <div role="row" aria-rowindex={1} className={styles['header']}>
            {COLUMNS.map((name, index) => (
              <span key={name} role="columnheader" aria-colindex={index + 1} className={`${styles['cell']} ${COLUMN_STYLES[index] ?? ''}`}>
                {name}
              </span>
            ))}
          </div>
        </div>
        <div role="presentation" style={{ height }} />
        <div role="rowgroup" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
          {shown.map((row) => {
            const version = versionOfRow(row, latest, order);
            return (
              <div
                key={version}
                id={`${id}-${row}`}
                role="row"
                aria-rowindex={row + 2}
                aria-selected={row === cursor}
                className={`${styles['row']} ${row === cursor ? styles['selected'] : ''}`}
                onClick={() => select(version)}
              >
                <span role="gridcell" className={`${styles['cell']} ${styles['number']}`}>
                  {count(version)}
                </span>
                <Cells loaded={load(version)} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Cells({ loaded }: { readonly loaded: Loaded }): ReactNode {
  if (loaded === 'loading')
    return <span role="gridcell" aria-colindex={2} aria-colspan={4} aria-label="loading" className={styles['skeleton']} />;
  if (loaded === 'missing') {
    return (
      <span role="gridcell" aria-colindex={2} aria-colspan={4} className={`${styles['cell']} ${styles['missing']}`}>
        no event stored
      </span>
    );
  }
  if ('event' in loaded) return <EventCells event={loaded.event} />;
  const text = 'failed' in loaded ? loaded.failed : `Damaged (${loaded.damaged.code}): ${loaded.damaged.reason}`;
  return (
    <span role="gridcell" aria-colindex={2} aria-colspan={4} className={`${styles['cell']} ${styles['damaged']}`} title={text}>
      <CircleAlert size={14} strokeWidth={1.75} aria-hidden />
      <span className={styles['typeText']}>{visibleText(text)}</span>
    </span>
  );
}

function EventCells({ event }: { readonly event: EventRow }): ReactNode {
  return (
    <>
      <span role="gridcell" className={`${styles['cell']} ${styles['dim']}`} title={exactTime(event.timestamp)}>
        {utc(event.timestamp)}
      </span>
      <span role="gridcell" className={`${styles['cell']} ${styles['type']}`} title={event.type.slice(0, 1000)}>
        <span className={styles['tick']} style={{ background: `var(--hue-${hueOf(event.type)})` }} aria-hidden />
        <span className={styles['typeText']}>{event.type === '' ? <em>no type</em> : visibleText(event.type.slice(0, 120))}</span>
      </span>
      <span role="gridcell" className={`${styles['cell']} ${styles['dim']} ${styles['id']}`} title={event.id.slice(0, 1000)}>
        {visibleText(shorten(event.id, 13))}
      </span>
      <span role="gridcell" className={`${styles['cell']} ${styles['data']}`}>
        {visibleText(event.preview)}
      </span>
    </>
  );
}
