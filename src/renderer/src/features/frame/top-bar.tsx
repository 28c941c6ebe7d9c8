import { ArrowLeft, ArrowRight, Radio, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { runCommand, useCommandState } from '../../commands/command-table.ts';
import { keysOfCommand } from '../../commands/keys.ts';
import { Badge, Keys } from '../../ui/badge.tsx';
import { StoreMenu } from './store-menu.tsx';
import styles from './top-bar.module.css';

const KINDS = { sqlite: 'SQLite', fs: 'files', memory: 'in memory' } as const;

interface TopBarProps {
  readonly store: StoreInfo;
  /** Whether the store can be written, and the way to it. */
  readonly mode: ReactNode;
}

/** Where the person is and came from, the way to anything else, and what holds for the whole store. */
export function TopBar({ store, mode }: TopBarProps): ReactNode {
  return (
    <header className={styles['bar']} data-pane>
      <div className={styles['side']}>
        <CommandButton id="view.back" icon={<ArrowLeft size={16} strokeWidth={1.75} aria-hidden />} />
        <CommandButton id="view.forward" icon={<ArrowRight size={16} strokeWidth={1.75} aria-hidden />} />
        <h1 className={styles['heading']}>
          <StoreMenu store={store} />
        </h1>
        <Badge>{KINDS[store.kind]}</Badge>
      </div>
      <SearchButton />
      <div className={`${styles['side']} ${styles['end']}`}>
        {mode}
        <Live />
      </div>
    </header>
  );
}

function SearchButton(): ReactNode {
  const { command } = useCommandState('view.quickOpen');
  const keys = keysOfCommand(command);
  return (
    <button type="button" className={styles['search']} onClick={() => void runCommand('view.quickOpen')}>
      <Search size={14} strokeWidth={1.75} aria-hidden />
      <span className={styles['searchText']}>Search commands and topics</span>
      {keys === null ? null : <Keys>{keys}</Keys>}
    </button>
  );
}

/** Whether new events are followed, where a part of the page can follow them. */
function Live(): ReactNode {
  const { refusal } = useCommandState('events.tail');
  if (refusal !== null) return null;
  return (
    <CommandButton id="events.tail" look="quiet">
      <Radio size={14} strokeWidth={1.75} aria-hidden />
      Follow
    </CommandButton>
  );
}
