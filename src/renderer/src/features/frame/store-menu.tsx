import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { CommandMenu } from '../../commands/command-menu.tsx';
import { visibleText } from '../../ui/visible-text.tsx';
import styles from './top-bar.module.css';

const ITEMS = [
  'store.openFile',
  'store.openFolder',
  'store.openRecent',
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

/** The store's name, and what can be done with the store. */
export function StoreMenu({ store }: { readonly store: StoreInfo }): ReactNode {
  return (
    <CommandMenu items={ITEMS}>
      <button type="button" className={styles['store']} title={store.path}>
        <span className={styles['name']}>{visibleText(store.name.slice(0, 200))}</span>
        <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
        <span className="visually-hidden">Store menu</span>
      </button>
    </CommandMenu>
  );
}
