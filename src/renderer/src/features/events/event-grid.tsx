import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
} from 'react';
import type { GridTopic } from '../../api/queries.ts';
import { countBefore, filterKey } from '../../api/surveys.ts';
import { useSettings } from '../../api/settings.ts';
import { CommandContextMenu } from '../../commands/command-menu.tsx';
import { runCommand } from '../../commands/command-table.ts';
import { isFiltering, usePlace, usePlaceParts } from '../../state/place.ts';
import { count } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { COLUMN_TITLES, MAX_WIDTH, shownColumns, widthOf, type ColumnId } from './columns.ts';
import styles from './event-grid.module.css';
import { GridCells } from './grid-cells.tsx';
import { GridHeader } from './grid-header.tsx';
import { positionOfRow, rowOfPosition } from './grid-rows.ts';
import { NewEventsPill } from './new-events-pill.tsx';
import { extendedTo, isSelected, keptAt, NOTHING_SELECTED, selectedAll, selectedOne, toggledOne, type Selection } from './selection.ts';
import type { Columns } from './use-columns.ts';
import { useCursorPosition } from './use-cursor-position.ts';
import { useGridRows } from './use-grid-rows.ts';

const HEADER = 24;
const MENU = [
  'events.copy',
  'events.copyNdjson',
  'events.copyCsv',
  'events.copyId',
  'events.copyVersion',
  'events.copyLink',
  '-',
  'events.appendLike',
  '-',
  'events.mark',
  'events.diffPrevious',
  'events.diffMarked',
  'events.related',
  '-',
  'events.filterType',
  'events.jump',
] as const;

export interface GridHandle {
  /** Shows a version in the middle and puts the cursor on it. */
  readonly goTo: (version: number) => void;
  /** Shows the newest row. */
  readonly showNewest: () => void;
  readonly focus: () => void;
}

interface GridProps {
  readonly topic: GridTopic;
  /** How many events are shown: those of the filter, or all versions. */
  readonly rows: number;
  /** More rows may be found without any being appended. */
  readonly isScanning: boolean;
  readonly handle: Ref<GridHandle>;
  readonly columns: Columns;
  readonly selection: Selection;
  readonly onSelect: (selection: Selection) => void;
  readonly onEnter: () => void;
}

/** What the cursor does to the selection as it moves: it alone, everything between, one more or fewer, or nothing. */
type Move = 'alone' | 'extend' | 'toggle' | 'keep';

interface Going {
  /** The rows that are meant: of others it is of no meaning. */
  readonly among: string;
  /** Null: `by` rows from where the cursor stands, which nobody knows yet. */
  readonly position: number | null;
  readonly by: number;
  readonly how: Move;
}

/** Every version of a topic as a row, at any size: only visible rows exist, only their pages are asked for. */
export function EventGrid({ topic, rows, isScanning, handle, columns, selection, onSelect, onEnter }: GridProps): ReactNode {
  const id = useId();
  const {
    order,
    version: cursor,
    filter,
    select,
    marked,
    following,
    follow,
  } = usePlaceParts('order', 'version', 'filter', 'select', 'marked', 'following', 'follow');
  const { times, rows: density, dataFont } = useSettings();
  const now = useNow();
  const isFiltered = isFiltering(filter);
  const identity = `${order} ${filterKey(filter)}`;
  const rowHeight = Math.max(density === 'roomy' ? 30 : 24, dataFont + 12);
  const [isPaused, setPaused] = useState(false);
  const { scroller, onScroll, height, visible, pageRows, newestSeen, reveal } = useScaledRows(rows, rowHeight, {
    header: HEADER,
    growsAbove: order === 'newest',
    follows: following || (isScanning && order === 'newest' ? 'if-seen' : false),
    identity,
    onScrolled: (isNewestSeen) => {
      if (following && !isNewestSeen) pause();
    },
  });
  const rowAt = useGridRows(topic, filter, rows, order, visible);
  const rowOf = (position: number): number => rowOfPosition(position, rows, order);
  const cursorPosition = useCursorPosition(topic, filter, cursor);
  /** The row of the cursor, or where it would be; null: not known yet. */
  const standsAt = cursorPosition.known !== null ? rowOf(Math.min(cursorPosition.known, rows)) : cursorPosition.isAsked ? null : -1;
  const cursorRow = standsAt === null || standsAt >= rows ? -1 : standsAt;
  /** The rows and the version the cursor was last shown at. */
  const shownAt = useRef<string | null>(null);
  /** Where keys have sent the cursor, and it has not arrived. */
  const going = useRef<Going | null>(null);
  const newestRow = order === 'newest' ? 0 : rows - 1;
  const pause = (): void => {
    follow(false);
    setPaused(true);
  };

  const arriveAt = (position: number, version: number, how: Move): void => {
    if (how === 'alone') onSelect(selectedOne(version));
    if (how === 'extend') onSelect(extendedTo(selection, cursor, version));
    if (how === 'toggle') onSelect(toggledOne(selection, cursor, version));
    if (how === 'keep') onSelect(keptAt(selection, cursor));
    // What a person looks at is to stay where it is.
    if (following && rowOf(position) !== newestRow) pause();
    shownAt.current = `${identity} ${version}`;
    cursorPosition.note(position, version);
    select(version);
  };
  const moveTo = (position: number, how: Move, align?: 'center'): void => {
    const row = rowOf(position);
    const { version } = rowAt(row);
    reveal(row, align);
    going.current = version === null ? { among: identity, position, by: 0, how } : null;
    if (version !== null) arriveAt(position, version, how);
  };
  const move = (to: number, how: Move): void => {
    if (rows > 0) moveTo(positionOfRow(Math.min(Math.max(0, to), rows - 1), rows, order), how);
  };
  const moveBy = (by: number, how: Move): void => {
    const to = going.current?.among === identity ? going.current : null;
    const from = to?.position == null ? standsAt : rowOf(to.position);
    if (from !== null) move(from + by, how);
    else going.current = { among: identity, position: null, by: by + (to?.by ?? 0), how };
  };
  // A row that was far away tells its version when its page has come; steps are made when it is known from where.
  useEffect(() => {
    const to = going.current;
    if (to === null || to.among !== identity) return;
    if (to.position === null) {
      if (standsAt !== null) move(standsAt + to.by, to.how);
      return;
    }
    const version = to.position >= rows ? null : rowAt(rowOf(to.position)).version;
    if (version === null) return;
    going.current = null;
    arriveAt(to.position, version, to.how);
  });
  const toggle = (version: number): void => onSelect(toggledOne(selection, cursor, version));

  const showNewest = (): void => reveal(newestRow, 'start');
  useImperativeHandle(handle, () => ({
    goTo: (version) => {
      scroller.current?.focus();
      if (!isFiltered) {
        moveTo(version - 1, 'alone', 'center');
        return;
      }
      void countBefore(topic.name, filter, version)
        .then((position) => moveTo(Math.min(position, rows - 1), 'alone', 'center'))
        .catch(() => {});
    },
    showNewest,
    focus: () => scroller.current?.focus(),
  }));

  // Someone else moved the cursor (back, an append, a link), or these are other rows: it is shown as soon as it is among them.
  const knownPosition = cursorPosition.known;
  useEffect(() => {
    const here = `${identity} ${cursor}`;
    if (cursor === null || here === shownAt.current || knownPosition === null || knownPosition >= rows) return;
    shownAt.current = here;
    if (!following) reveal(rowOfPosition(knownPosition, rows, order), 'center');
  }, [cursor, identity, knownPosition, rows, order, following, reveal]);

  // Asked when the focus comes, since a jump has just set the version that this render does not know yet.
  const startCursor = (): void => {
    if (usePlace.getState().version === null && rows > 0) move(Math.min(visible.first, rows - 1), 'alone');
  };

  // Asked for by keyboard, the menu is of what is selected, wherever the cursor is.
  const byKeyboard = useRef(false);
  const openMenu = (): void => {
    const row = document.getElementById(`${id}-${cursorRow}`) ?? scroller.current;
    if (!row) return;
    const { left, bottom } = row.getBoundingClientRect();
    byKeyboard.current = true;
    row.dispatchEvent(
      new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: Math.max(left, 0) + 80, clientY: bottom }),
    );
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey || rows === 0) return;
    const isMod = event.ctrlKey || event.metaKey;
    const how: Move = event.shiftKey ? 'extend' : isMod ? 'keep' : 'alone';
    const moves: Record<string, () => void> = {
      ArrowDown: () => moveBy(1, how),
      ArrowUp: () => moveBy(-1, how),
      PageDown: () => moveBy(pageRows, how),
      PageUp: () => moveBy(-pageRows, how),
      Home: () => move(0, how),
      End: () => move(rows - 1, how),
      ContextMenu: openMenu,
      ...(event.shiftKey ? { F10: openMenu } : {}),
    };
    const alone: Record<string, () => void> = { Enter: onEnter, ' ': () => runCommand('events.mark') };
    const withMod: Record<string, () => void> = {
      a: () => onSelect(selectedAll(topic.latestVersion)),
      c: () => runCommand('events.copy'),
      ' ': () => (cursor === null ? undefined : toggle(cursor)),
    };
    const clears = event.key === 'Escape' && !isMod && !event.shiftKey && selection.ranges.length > 0;
    const action = clears
      ? () => onSelect(cursor === null ? NOTHING_SELECTED : selectedOne(cursor))
      : (moves[event.key] ??
        (isMod && !event.shiftKey ? withMod[event.key.toLowerCase()] : how === 'alone' ? alone[event.key] : undefined));
    if (!action) return;
    action();
    event.preventDefault();
  };

  const onRowClick = (event: MouseEvent, row: number): void => {
    move(row, event.ctrlKey || event.metaKey ? 'toggle' : event.shiftKey ? 'extend' : 'alone');
  };
  // The menu is of what was clicked on: of the selection, if that is in it.
  const onRowMenu = (row: number): void => {
    const { version } = rowAt(row);
    if (version !== null && !byKeyboard.current) move(row, isSelected(selection, cursor, version) ? 'keep' : 'alone');
  };

  const shownCols = shownColumns(columns.layout);
  const digits = count(topic.latestVersion).length;
  const scale = dataFont / 12;
  const width = (column: ColumnId): number =>
    columns.layout.widths[column] ?? Math.round(widthOf(columns.layout, column, digits) * Math.max(1, scale));
  const total = shownCols.reduce((sum, column) => sum + width(column), 0);
  const fitWidth = (column: ColumnId): number => {
    const cells =
      scroller.current?.querySelectorAll(`[role=gridcell][data-column=${column}], [role=columnheader][data-column=${column}] > span`) ?? [];
    const widths = [...cells].map((cell) => {
      const range = document.createRange();
      range.selectNodeContents(cell);
      return range.getBoundingClientRect().width;
    });
    return Math.min(MAX_WIDTH, Math.ceil(Math.max(40, ...widths)) + 18);
  };
  const titleOf = (column: ColumnId): string =>
    column === 'time' && times !== 'relative' ? `Time (${times === 'utc' ? 'UTC' : 'local'})` : COLUMN_TITLES[column];
  const style = {
    '--row': `${rowHeight}px`,
    '--data-font': `${dataFont}px`,
    '--columns': shownCols
      .map((column, index) => (index === shownCols.length - 1 ? `minmax(${width(column)}px, 1fr)` : `${width(column)}px`))
      .join(' '),
    '--total': `${total}px`,
    opacity: columns.isKnown ? undefined : 0,
  } as CSSProperties;

  const shown = Array.from({ length: Math.max(0, visible.end - visible.first) }, (_, index) => visible.first + index);
  return (
    <div className={styles['grid']} style={style}>
      <CommandContextMenu items={MENU}>
        <div
          ref={scroller}
          className={styles['scroller']}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          onFocus={(event) => (event.target === event.currentTarget ? startCursor() : undefined)}
          role="grid"
          aria-label={`Events of ${topic.name.slice(0, 200)}`}
          aria-rowcount={rows + 1}
          aria-colcount={shownCols.length}
          aria-multiselectable
          aria-activedescendant={
            cursorRow >= visible.first && cursorRow < visible.end && rowAt(cursorRow).version === cursor ? `${id}-${cursorRow}` : undefined
          }
          tabIndex={0}
        >
          <div role="rowgroup" className={styles['headers']}>
            <GridHeader
              columns={columns}
              widthOf={width}
              fitWidth={fitWidth}
              titleOf={titleOf}
              order={order}
              onLeave={() => scroller.current?.focus()}
            />
          </div>
          <div role="presentation" className={styles['height']} style={{ height }} />
          <div role="rowgroup" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
            {shown.map((row) => {
              const found = rowAt(row);
              const { version } = found;
              const isCursor = version !== null && version === cursor;
              const isChosen = version !== null && isSelected(selection, cursor, version);
              const isMarked = marked?.version === version && marked?.topic === topic.name && marked.incarnation === topic.incarnation;
              return (
                <div
                  key={positionOfRow(row, rows, order)}
                  id={`${id}-${row}`}
                  role="row"
                  aria-rowindex={row + 2}
                  aria-selected={isChosen}
                  className={`${styles['row']} ${isChosen ? styles['selected'] : ''} ${isCursor ? styles['cursor'] : ''}`}
                  onClick={(event) => onRowClick(event, row)}
                  onContextMenu={() => onRowMenu(row)}
                >
                  <GridCells row={found} columns={shownCols} times={times} now={now} isMarked={isMarked} />
                </div>
              );
            })}
          </div>
        </div>
      </CommandContextMenu>
      <NewEventsPill
        rows={rows}
        isScanning={isScanning}
        newestSeen={newestSeen}
        place={order === 'newest' ? 'top' : 'bottom'}
        onJump={() => {
          showNewest();
          if (isPaused) follow(true);
          setPaused(false);
          scroller.current?.focus();
        }}
      />
    </div>
  );
}
