import { useQueries } from '@tanstack/react-query';
import { useEffect, useId, type KeyboardEvent, type ReactNode } from 'react';
import { PAGE_ROWS, pageQuery, type GridTopic } from '../../../api/queries.ts';
import type { CommandId } from '../../../../../shared/ipc/commands.ts';
import { CommandContextMenu } from '../../../commands/command-menu.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { count, shorten } from '../../../ui/format.ts';
import { useScaledRows } from '../../../ui/use-scaled-rows.ts';
import { visibleText } from '../../../ui/visible-text.tsx';
import { entriesOf, marksOf, rowsOf, type Entry, type Layout } from './layout.ts';
import styles from './what-if.module.css';

const ROW = 24;
const TYPE_CHARS = 60;
const PREVIEW_CHARS = 240;
const TONES = { skipped: 'danger', edited: 'warn', moved: 'warn', added: 'ok' } as const;

const MENU: readonly (CommandId | '-')[] = [
  'whatIf.skip',
  'whatIf.edit',
  '-',
  'whatIf.addBefore',
  'whatIf.addAfter',
  '-',
  'whatIf.moveUp',
  'whatIf.moveDown',
  '-',
  'whatIf.undo',
  'whatIf.redo',
];

interface ScratchListProps {
  /** As long as when the layout was made. */
  readonly topic: GridTopic;
  readonly layout: Layout;
  /** Where the cursor is. */
  readonly row: number;
  readonly onRow: (row: number) => void;
  readonly onEdit: () => void;
}

/** Every event of a scratch history, and what was done to it. Only what is seen is read. */
export function ScratchList({ topic, layout, row, onRow, onEdit }: ScratchListProps): ReactNode {
  const id = useId();
  const rows = rowsOf(layout);
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(rows, ROW);
  const entries = entriesOf(layout, visible.first, visible.end);
  const contentOf = useContents(topic, entries);
  // Also when the list has become shorter, or longer.
  useEffect(() => reveal(row), [row, reveal, pageRows, rows]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === 'Enter') onEdit();
    else {
      const to = {
        ArrowDown: row + 1,
        ArrowUp: row - 1,
        PageDown: row + pageRows,
        PageUp: row - pageRows,
        Home: 0,
        End: rows - 1,
      }[event.key];
      if (to === undefined) return;
      onRow(to);
    }
    event.preventDefault();
  };
  /** A right click is about what is under the pointer. */
  const rowAt = (target: EventTarget): number | null => {
    const found = target instanceof Element ? target.closest<HTMLElement>('[data-row]')?.dataset['row'] : undefined;
    return found === undefined ? null : Number(found);
  };

  return (
    <CommandContextMenu items={MENU}>
      <div
        ref={scroller}
        className={styles['list']}
        onScroll={onScroll}
        onKeyDown={onKeyDown}
        onContextMenu={({ target }) => onRow(rowAt(target) ?? row)}
        role="listbox"
        aria-label="Scratch history"
        aria-activedescendant={row >= visible.first && row < visible.end ? `${id}-${row}` : undefined}
        tabIndex={0}
        data-keys="scratch"
      >
        <div role="presentation" style={{ height }} />
        <div role="presentation" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
          {entries.map((entry) => {
            const { type, preview, isMissing } = contentOf(entry);
            const marks = marksOf(entry);
            return (
              <div
                key={entry.row}
                id={`${id}-${entry.row}`}
                data-row={entry.row}
                role="option"
                aria-selected={entry.row === row}
                aria-posinset={entry.row + 1}
                aria-setsize={rows}
                className={`${styles['row']} ${entry.isSkipped ? styles['skipped'] : ''}`}
                onClick={() => onRow(entry.row)}
                onDoubleClick={onEdit}
              >
                <span className={styles['number']}>{entry.isSkipped ? '–' : count(entry.position)}</span>
                <span className={styles['origin']}>{entry.origin === null ? 'new' : `v${count(entry.origin)}`}</span>
                <span className={styles['type']}>{visibleText(type)}</span>
                <span className={styles['marks']}>
                  {marks.map((mark) => (
                    <Badge key={mark} tone={TONES[mark]}>
                      {mark}
                    </Badge>
                  ))}
                </span>
                <span className={`${styles['preview']} mono`}>{isMissing ? 'cannot be read' : visibleText(preview)}</span>
              </div>
            );
          })}
        </div>
      </div>
    </CommandContextMenu>
  );
}

interface Content {
  readonly type: string;
  readonly preview: string;
  /** The topic has no readable event of this version. */
  readonly isMissing: boolean;
}

const LOADING: Content = { type: '…', preview: '', isMissing: false };

/** What events say: those of the topic by pages of versions, which never change; the others from where they were written. */
function useContents(topic: GridTopic, entries: readonly Entry[]): (entry: Entry) => Content {
  const pageOf = (version: number): number => Math.floor((version - 1) / PAGE_ROWS);
  const pages = [...new Set(entries.flatMap(({ origin, event }) => (origin === null || event ? [] : [pageOf(origin)])))];
  const queries = useQueries({ queries: pages.map((page) => pageQuery(topic, page)) });
  return ({ origin, event }) => {
    if (event) return { type: shorten(event.type, TYPE_CHARS), preview: event.data.slice(0, PREVIEW_CHARS), isMissing: false };
    if (origin === null) return LOADING;
    const { data } = queries[pages.indexOf(pageOf(origin))] ?? {};
    if (!data) return LOADING;
    const likely = data.rows[(origin - 1) % PAGE_ROWS];
    const found = likely?.version === origin ? likely : data.rows.find(({ version }) => version === origin);
    if (!found) return { type: '', preview: '', isMissing: true };
    return { type: shorten(found.type, TYPE_CHARS), preview: found.preview, isMissing: false };
  };
}
