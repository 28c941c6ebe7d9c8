import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { useRecentStores } from '../../api/queries.ts';
import { runCommand } from '../../commands/command-table.ts';
import { CommandMenu } from '../../commands/command-menu.tsx';
import { shorten } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './top-bar.module.css';

const ITEMS = [
  'store.openFile',
  'store.openFolder',
  '-',
  'store.newFile',
  'store.newFolder',
  'store.openDemo',
  '-',
  'store.unlock',
  'store.lock',
  '-',
  'window.new',
  'store.close',
] as const;

const MOST_RECENT = 8;

/** The store's name, and what can be done with the store. */
export function StoreMenu({ store }: { readonly store: StoreInfo }): ReactNode {
  const recent = useRecentStores().data ?? [];
  const others = recent.filter(({ path }) => path !== store.path).slice(0, MOST_RECENT);
  const more = others.map(({ path, name, missing }) => ({
    id: path,
    title: name.slice(0, 60),
    note: shorten(path, 40),
    refusal: missing ? `Nothing is at ${path} now.` : null,
    run: () => void runCommand('store.openRecent', path),
  }));
  return (
    <CommandMenu items={ITEMS} more={{ title: 'Recent stores', entries: more }}>
      <button type="button" className={styles['store']} title={store.path}>
        <span className={styles['name']}>{visibleText(store.name.slice(0, 200))}</span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        <span className="visually-hidden">Store menu</span>
      </button>
    </CommandMenu>
  );
}
