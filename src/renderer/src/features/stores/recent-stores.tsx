import { Database, Folder, HelpCircle, Pin, X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { RecentStore } from '../../../../shared/ipc/contract/stores.ts';
import { useRecentStores } from '../../api/queries.ts';
import { tidemark } from '../../api/tidemark.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { exactTime, shorten, timeText } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './recent-stores.module.css';
import { shownName } from './shown-name.ts';
import type { Opening } from './use-store-commands.ts';

/** What was open before. Arrows go from store to store; Enter opens, P pins, Delete takes off the list. */
export function RecentStores({ opening }: { readonly opening: Opening }): ReactNode {
  const { data } = useRecentStores();
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [now] = useState(Date.now);
  if (!data) return null;
  if (data.length === 0) return <NoRecent />;
  // One row is in the order of tabs: the last one that had the focus.
  const at = Math.max(
    0,
    data.findIndex(({ path }) => path === current),
  );

  const focusRow = (index: number): void => {
    const rows = list.current?.querySelectorAll<HTMLElement>('[data-row]');
    rows?.[Math.min(Math.max(index, 0), rows.length - 1)]?.focus();
  };
  const forget = (store: RecentStore): void => {
    // The row that takes this one's place, so that the focus is not lost.
    const next = data[at + 1] ?? data[at - 1];
    setCurrent(next?.path ?? null);
    if (next) focusRow(data.indexOf(next));
    void tidemark.storesForget({ path: store.path });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const store = data[at];
    if (!store || event.altKey || event.metaKey) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: data.length - 1 };
    const to = steps[event.key];
    if (to !== undefined) focusRow(to);
    else if (event.key === 'Delete') forget(store);
    else if (event.key.toLowerCase() === 'p' && !event.ctrlKey) pin(store);
    else if (event.key === 'Enter' && event.ctrlKey) void tidemark.storesOpenInNewWindow({ path: store.path });
    else return;
    event.preventDefault();
  };

  return (
    <section className={styles['recent']} aria-labelledby="recent">
      <h2 id="recent" className={styles['head']}>
        Recent
      </h2>
      <ul ref={list} className={styles['list']} aria-label="Recent stores" onKeyDown={onKeyDown}>
        {data.map((store, index) => (
          <Row
            key={store.path}
            store={store}
            isCurrent={index === at}
            opening={opening}
            now={now}
            onFocus={() => setCurrent(store.path)}
            onForget={() => forget(store)}
          />
        ))}
      </ul>
      <p className={styles['hint']}>Drop a folder or a file anywhere in this window to open it. In the list, P pins and Delete removes.</p>
    </section>
  );
}

function NoRecent(): ReactNode {
  return (
    <section className={styles['recent']} aria-labelledby="recent">
      <h2 id="recent" className={styles['head']}>
        Recent
      </h2>
      <div className={styles['empty']}>
        <strong>The stores you open will be here</strong>
        <span>Drop a folder or a file anywhere in this window to open it.</span>
      </div>
    </section>
  );
}

interface RowProps {
  readonly store: RecentStore;
  readonly isCurrent: boolean;
  readonly opening: Opening;
  readonly now: number;
  readonly onFocus: () => void;
  readonly onForget: () => void;
}

function Row({ store, isCurrent, opening, now, onFocus, onForget }: RowProps): ReactNode {
  const { path, name, kind, pinned, missing, openedAt } = store;
  const Icon = kind === null ? HelpCircle : kind === 'fs' ? Folder : Database;
  const tabIndex = isCurrent ? 0 : -1;
  const said = shownName(name);
  const find = (): void => opening.mutate(() => tidemark.storesFind({ path }));
  const open = (): void => (missing ? find() : opening.mutate(() => tidemark.storesOpen({ path })));
  return (
    <li className={`${styles['row']} ${missing ? styles['missing'] : ''}`} onFocus={onFocus}>
      <button
        type="button"
        data-row
        className={styles['open']}
        tabIndex={tabIndex}
        title={shorten(path, 600)}
        disabled={opening.isPending}
        onClick={open}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
        <span className={styles['name']}>{visibleText(name.slice(0, 200))}</span>
        <span className={styles['path']}>{visibleText(shorten(path, 160))}</span>
        <span className={styles['when']}>{missing ? <Badge tone="warn">missing</Badge> : <When at={openedAt} now={now} />}</span>
      </button>
      <span className={styles['actions']}>
        {missing ? (
          <Button tabIndex={tabIndex} onClick={find}>
            Find It…
          </Button>
        ) : null}
        <IconButton
          label={`Pin ${said}`}
          className={pinned ? styles['pinned'] : ''}
          aria-pressed={pinned}
          tabIndex={tabIndex}
          onClick={() => pin(store)}
        >
          <Pin size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <IconButton label={`Remove ${said} from this list`} tabIndex={tabIndex} onClick={onForget}>
          <X size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
    </li>
  );
}

function When({ at, now }: { readonly at: number | null; readonly now: number }): ReactNode {
  if (at === null) return null;
  const timestamp = BigInt(Math.trunc(at)) * 1_000_000n;
  return <time title={exactTime(timestamp)}>{timeText(timestamp, 'relative', now)}</time>;
}

function pin({ path, pinned }: RecentStore): void {
  void tidemark.storesPin({ path, pinned: !pinned });
}
