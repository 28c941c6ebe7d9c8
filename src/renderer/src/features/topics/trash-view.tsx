import { RotateCcw, Trash2 } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import type { TrashedRef, TrashRow } from '../../../../shared/ipc/contract/topics.ts';
import { copyText } from '../../api/copy.ts';
import { useSettings } from '../../api/settings.ts';
import { useTrash } from '../../api/topics.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { CommandContextMenu } from '../../commands/command-menu.tsx';
import { runCommand, useCommands } from '../../commands/command-table.ts';
import { usePlaceParts } from '../../state/place.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { count, exactTime, plural, timeText } from '../../ui/format.ts';
import { useNow } from '../../ui/use-now.ts';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { placeName } from './topic-rows.ts';
import styles from './trash-view.module.css';
import { readOnlyRefusal } from './use-topic-commands.ts';

const ROW = 24;
const COLUMNS = ['Topic', 'Deleted', 'By version', 'Events up to', 'Kept in'] as const;

export function sameTrashed(a: TrashedRef, b: TrashedRef): boolean {
  return a.entry === b.entry && a.topic === b.topic && a.adapter === b.adapter && a.connection === b.connection;
}

/** Deleted topics whose data is still there: to be restored, or purged for good. */
export function TrashView({ store }: { readonly store: StoreInfo }): ReactNode {
  const id = useId();
  const { openDialog, go } = usePlaceParts('openDialog', 'go');
  const trash = useTrash(store.path);
  const entries = trash.data ?? [];
  const [chosen, setChosen] = useState<TrashedRef | null>(null);
  const found = chosen ? entries.findIndex((entry) => sameTrashed(entry, chosen)) : -1;
  const at = found === -1 && entries.length > 0 ? 0 : found;
  const row = entries[at] ?? null;
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(entries.length, ROW, { header: ROW });
  const refusal = readOnlyRefusal(store) ?? (row ? null : 'The trash is empty.');
  const open = (kind: 'restore-topic' | 'purge-topic') => (): void => {
    if (row) openDialog({ kind, trashed: { entry: row.entry, topic: row.topic, adapter: row.adapter, connection: row.connection } });
  };
  useCommands({ 'trash.restore': { run: open('restore-topic'), refusal }, 'trash.purge': { run: open('purge-topic'), refusal } });

  const choose = (index: number): void => {
    const to = Math.min(Math.max(0, index), entries.length - 1);
    setChosen(entries[to] ?? null);
    reveal(to);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => choose(at + 1),
      ArrowUp: () => choose(at - 1),
      PageDown: () => choose(at + pageRows),
      PageUp: () => choose(at - pageRows),
      Home: () => choose(0),
      End: () => choose(entries.length - 1),
      Enter: () => runCommand('trash.restore'),
      Delete: () => runCommand('trash.purge'),
      Escape: () => go({ view: 'events' }),
    };
    const move = moves[event.key];
    if (!move) return;
    move();
    event.preventDefault();
  };

  if (trash.error) {
    return (
      <div style={{ padding: 16 }}>
        <ErrorPanel error={trash.error} onRetry={() => void trash.refetch()} onCopy={copyText} />
      </div>
    );
  }
  if (trash.data && entries.length === 0) {
    return (
      <EmptyState title="The trash is empty">
        <p>A topic that is deleted keeps its data here until it is purged.</p>
      </EmptyState>
    );
  }
  const shown = entries.slice(visible.first, visible.end);
  return (
    <section className={styles['view']} aria-label="Trash">
      <div className={styles['toolbar']} role="toolbar" aria-label="Trash">
        <h2 className={styles['title']}>Trash</h2>
        <span className={styles['counts']} role="status">
          {trash.data ? plural(entries.length, 'deleted topic') : ''}
        </span>
        <CommandButton id="trash.restore">
          <RotateCcw size={14} strokeWidth={1.75} aria-hidden /> Restore…
        </CommandButton>
        <CommandButton id="trash.purge">
          <Trash2 size={14} strokeWidth={1.75} aria-hidden /> Purge…
        </CommandButton>
      </div>
      <CommandContextMenu items={['trash.restore', '-', 'trash.purge']}>
        <div
          ref={scroller}
          className={styles['scroller']}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
          role="grid"
          aria-label="Deleted topics"
          aria-rowcount={entries.length + 1}
          aria-colcount={COLUMNS.length}
          aria-activedescendant={at >= visible.first && at < visible.end ? `${id}-${at}` : undefined}
          tabIndex={0}
        >
          <div role="rowgroup" className={styles['headers']}>
            <div role="row" aria-rowindex={1} className={`${styles['row']} ${styles['header']}`}>
              {COLUMNS.map((name) => (
                <span key={name} role="columnheader" className={styles['cell']}>
                  {name}
                </span>
              ))}
            </div>
          </div>
          <div role="presentation" style={{ height }} />
          <div role="rowgroup" className={styles['rows']} style={{ transform: `translateY(${visible.offset}px)` }}>
            {shown.map((entry, index) => {
              const place = visible.first + index;
              return (
                <div
                  key={JSON.stringify([entry.entry, entry.topic, entry.adapter, entry.connection])}
                  id={`${id}-${place}`}
                  role="row"
                  aria-rowindex={place + 2}
                  aria-selected={place === at}
                  className={`${styles['row']} ${place === at ? styles['selected'] : ''}`}
                  onClick={() => choose(place)}
                  onContextMenu={() => choose(place)}
                  onDoubleClick={() => runCommand('trash.restore')}
                >
                  <Cells entry={entry} />
                </div>
              );
            })}
          </div>
        </div>
      </CommandContextMenu>
    </section>
  );
}

function Cells({ entry }: { readonly entry: TrashRow }): ReactNode {
  const { times } = useSettings();
  const now = useNow();
  const { topic, deletedAt, deletedBy, latestVersion, adapter, connection, entry: name } = entry;
  return (
    <>
      <span role="gridcell" className={styles['cell']} title={topic.slice(0, 500)}>
        {visibleText(topic.slice(0, 200))}
      </span>
      <span role="gridcell" className={`${styles['cell']} mono`} title={deletedAt === null ? undefined : exactTime(deletedAt)}>
        {deletedAt === null ? 'not known' : timeText(deletedAt, times, now)}
      </span>
      <span role="gridcell" className={`${styles['cell']} mono`} title={`Entry ${name.slice(0, 100)}`}>
        {deletedBy === null ? `entry ${name.slice(0, 40)}` : count(deletedBy)}
      </span>
      <span role="gridcell" className={`${styles['cell']} mono`}>
        {latestVersion === 0 ? 'none' : count(latestVersion)}
      </span>
      <span role="gridcell" className={styles['cell']} title={connection.slice(0, 500)}>
        {visibleText(`${adapter} · ${placeName(adapter, connection).slice(0, 200)}`)}
      </span>
    </>
  );
}
