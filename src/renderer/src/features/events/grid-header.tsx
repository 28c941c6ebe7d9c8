import { ContextMenu } from '@base-ui/react/context-menu';
import { ArrowDown, ArrowUp, Check } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import menu from '../../commands/command-menu.module.css';
import { type Order, usePlaceParts } from '../../state/place.ts';
import {
  COLUMN_TITLES,
  MAX_WIDTH,
  MIN_WIDTH,
  shownColumns,
  withColumnBefore,
  withColumnMoved,
  withColumnShown,
  withWidth,
  type ColumnId,
} from './columns.ts';
import styles from './event-grid.module.css';
import type { Columns } from './use-columns.ts';

interface GridHeaderProps {
  readonly columns: Columns;
  /** In px, by column, as they are asked for. */
  readonly widthOf: (column: ColumnId) => number;
  /** As wide as what is seen of a column needs. */
  readonly fitWidth: (column: ColumnId) => number;
  readonly titleOf: (column: ColumnId) => string;
  readonly order: Order;
  /** From the header back into the rows. */
  readonly onLeave: () => void;
}

/** Px that a pointer moves before a press becomes a drag. */
const DRAG_PX = 5;
const STEP_PX = 8;

/** Column heads: one of them is a tab stop, arrows move between them, Alt+Shift+arrows move the column, its separator resizes it. */
export function GridHeader({ columns, widthOf, fitWidth, titleOf, order, onLeave }: GridHeaderProps): ReactNode {
  const { layout, change } = columns;
  const shown = shownColumns(layout);
  const [current, setCurrent] = useState<ColumnId>('version');
  const stop = shown.includes(current) ? current : shown[0];
  const row = useRef<HTMLDivElement>(null);
  const drag = useColumnDrag(columns, row);
  const { setOrder, openDialog } = usePlaceParts('setOrder', 'openDialog');
  const turn = (): void => setOrder(order === 'newest' ? 'oldest' : 'newest');
  const focus = (column: ColumnId | undefined): void =>
    column === undefined ? undefined : row.current?.querySelector<HTMLElement>(`[role=columnheader][data-column=${column}]`)?.focus();

  const onKeyDown = (event: KeyboardEvent, column: ColumnId): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const step = event.key === 'ArrowLeft' ? -1 : 1;
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    if (isSideways && event.altKey && event.shiftKey) change(withColumnMoved(layout, column, step));
    else if (event.altKey || event.shiftKey) return;
    else if (isSideways) focus(shown[shown.indexOf(column) + step]);
    else if (event.key === 'Home') focus(shown[0]);
    else if (event.key === 'End') focus(shown.at(-1));
    else if (event.key === 'ArrowDown' || event.key === 'Escape') onLeave();
    else if (column === 'version' && (event.key === 'Enter' || event.key === ' ')) turn();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger render={<div ref={row} role="row" aria-rowindex={1} className={styles['header']} />}>
        {shown.map((column, index) => (
          <div
            key={column}
            role="columnheader"
            aria-label={titleOf(column)}
            aria-colindex={index + 1}
            aria-sort={column === 'version' ? (order === 'newest' ? 'descending' : 'ascending') : undefined}
            data-column={column}
            data-drop={drag.before === column ? 'before' : drag.before === null && index === shown.length - 1 ? 'after' : undefined}
            className={`${styles['head']} ${column === 'version' || column === 'size' ? styles['number'] : ''}`}
            tabIndex={column === stop ? 0 : -1}
            onFocus={() => setCurrent(column)}
            onKeyDown={(event) => onKeyDown(event, column)}
            onClick={column === 'version' ? () => (drag.wasDragged() ? undefined : turn()) : undefined}
            {...drag.handlers(column)}
          >
            {column === 'version' ? order === 'newest' ? <ArrowDown size={12} aria-hidden /> : <ArrowUp size={12} aria-hidden /> : null}
            <span className={styles['headText']}>{titleOf(column)}</span>
            <ColumnSeparator column={column} columns={columns} width={widthOf(column)} fitWidth={fitWidth} isStop={column === stop} />
          </div>
        ))}
      </ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Positioner className={menu['positioner']}>
          <ContextMenu.Popup className={menu['popup']}>
            {layout.order.map((column) => (
              <ContextMenu.CheckboxItem
                key={column}
                className={menu['item']}
                checked={shown.includes(column)}
                disabled={shown.length === 1 && shown.includes(column)}
                onCheckedChange={(isShown) => change(withColumnShown(layout, column, isShown))}
              >
                <span>{COLUMN_TITLES[column]}</span>
                <ContextMenu.CheckboxItemIndicator>
                  <Check size={14} strokeWidth={1.75} aria-hidden />
                </ContextMenu.CheckboxItemIndicator>
              </ContextMenu.CheckboxItem>
            ))}
            <ContextMenu.Separator className={menu['separator']} />
            <ContextMenu.Item className={menu['item']} onClick={() => setTimeout(() => openDialog({ kind: 'columns' }))}>
              Columns…
            </ContextMenu.Item>
            <ContextMenu.Item className={menu['item']} onClick={columns.reset}>
              Reset Columns
            </ContextMenu.Item>
          </ContextMenu.Popup>
        </ContextMenu.Positioner>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  );
}

interface ColumnSeparatorProps {
  readonly column: ColumnId;
  readonly columns: Columns;
  readonly width: number;
  readonly fitWidth: (column: ColumnId) => number;
  readonly isStop: boolean;
}

function ColumnSeparator({ column, columns, width, fitWidth, isStop }: ColumnSeparatorProps): ReactNode {
  const { layout, preview, change } = columns;
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const at = (event: PointerEvent): number => (from.current ? from.current.width + event.clientX - from.current.x : width);
  const resize = (to: number): void => change(withWidth(layout, column, to));
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? 1 : STEP_PX;
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowLeft') resize(width - step);
    else if (event.key === 'ArrowRight') resize(width + step);
    else if (event.key === 'Home') resize(MIN_WIDTH);
    else if (event.key === 'Enter') resize(fitWidth(column));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${COLUMN_TITLES[column]}`}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      aria-valuetext={`${width} pixels`}
      className={styles['separator']}
      tabIndex={isStop ? 0 : -1}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={() => resize(fitWidth(column))}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: event.currentTarget.parentElement?.getBoundingClientRect().width ?? width };
      }}
      onPointerMove={(event) => (from.current ? preview(withWidth(layout, column, at(event))) : undefined)}
      onPointerUp={(event) => {
        if (!from.current) return;
        const to = at(event);
        const isMoved = event.clientX !== from.current.x;
        from.current = null;
        if (isMoved) resize(to);
      }}
      onPointerCancel={() => {
        from.current = null;
        preview(null);
      }}
    />
  );
}

/** Dragging a column head to another place. `before` is the column it would come before, null the end; undefined: no drag. */
function useColumnDrag({ layout, change }: Columns, row: { readonly current: HTMLElement | null }) {
  const from = useRef<{ readonly column: ColumnId; readonly x: number; isDrag: boolean } | null>(null);
  const dragged = useRef(false);
  const [before, setBefore] = useState<ColumnId | null | undefined>(undefined);

  const target = (x: number): ColumnId | null => {
    const heads = [...(row.current?.querySelectorAll<HTMLElement>('[role=columnheader]') ?? [])];
    const head = heads.find((element) => {
      const { left, width } = element.getBoundingClientRect();
      return x < left + width / 2;
    });
    return (head?.dataset['column'] as ColumnId | undefined) ?? null;
  };
  const end = (): void => {
    from.current = null;
    setBefore(undefined);
  };

  const handlers = (column: ColumnId) => ({
    onPointerDown: (event: PointerEvent) => {
      dragged.current = false;
      if (event.button === 0) from.current = { column, x: event.clientX, isDrag: false };
    },
    onPointerMove: (event: PointerEvent) => {
      const drag = from.current;
      if (!drag) return;
      if (!drag.isDrag && Math.abs(event.clientX - drag.x) > DRAG_PX) {
        drag.isDrag = true;
        dragged.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      if (drag.isDrag) setBefore(target(event.clientX));
    },
    onPointerUp: (event: PointerEvent) => {
      const drag = from.current;
      if (drag?.isDrag) change(withColumnBefore(layout, drag.column, target(event.clientX)));
      end();
    },
    onPointerCancel: end,
  });
  return { before, handlers, wasDragged: () => dragged.current };
}
