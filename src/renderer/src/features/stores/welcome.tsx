import { Database, File, FolderOpen, FolderPlus, Sparkles, type LucideIcon } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { CommandId } from '../../../../shared/ipc/commands.ts';
import { commandOf, runCommand, useCommandState } from '../../commands/command-table.ts';
import { keysOfCommand } from '../../commands/keys.ts';
import { Keys } from '../../ui/badge.tsx';
import { FailureContent, useFailure } from './open-failure.tsx';
import { RecentStores } from './recent-stores.tsx';
import type { Opening } from './use-store-commands.ts';
import styles from './welcome.module.css';

interface Way {
  readonly id: CommandId;
  readonly title: string;
  readonly note: string;
  readonly icon: LucideIcon;
}

const WAYS: readonly Way[] = [
  { id: 'store.openFolder', title: 'Open a folder…', note: 'A store in files, the Go original’s too', icon: FolderOpen },
  { id: 'store.openFile', title: 'Open a file…', note: 'A store in one SQLite database', icon: File },
  { id: 'store.newFile', title: 'New store in a file…', note: 'One SQLite database, fast at any size', icon: Database },
  { id: 'store.newFolder', title: 'New store in a folder…', note: 'One file an event, readable by anything', icon: FolderPlus },
  { id: 'store.openDemo', title: 'Try the demo store', note: 'In memory: nothing you do there is kept', icon: Sparkles },
];

/** No store yet: the ways to one. */
export function Welcome({ opening }: { readonly opening: Opening }): ReactNode {
  const failure = useFailure(opening);
  return (
    <main className={styles['welcome']}>
      <div className={styles['page']}>
        <header className={styles['brand']}>
          <Mark />
          <div>
            <h1>Tidemark</h1>
            <p>Browse topics, read every event exactly as it is stored, append safely.</p>
          </div>
        </header>
        {failure ? (
          <div className={styles['error']}>
            <FailureContent failure={failure} opening={opening} onClose={failure.dismiss} />
          </div>
        ) : null}
        <div className={styles['columns']}>
          <section aria-labelledby="start" className={styles['start']}>
            <h2 id="start" className={styles['head']}>
              Start
            </h2>
            {WAYS.map((way, index) => (
              <WayButton key={way.id} way={way} isFirst={index === 0} />
            ))}
          </section>
          <RecentStores opening={opening} />
        </div>
      </div>
    </main>
  );
}

/** Two tides and the mark they leave. */
function Mark(): ReactNode {
  return (
    <svg width="36" height="36" viewBox="0 0 36 36" aria-hidden className={styles['mark']}>
      <rect x="1" y="1" width="34" height="34" rx="8" />
      <path d="M7 14.5c3.7-3.4 7.3-3.4 11 0s7.3 3.4 11 0" />
      <path d="M7 22.5c3.7-3.4 7.3-3.4 11 0s7.3 3.4 11 0" />
    </svg>
  );
}

function WayButton({ way, isFirst }: { readonly way: Way; readonly isFirst: boolean }): ReactNode {
  const { id, title, note, icon: Icon } = way;
  const { refusal } = useCommandState(id);
  const keys = keysOfCommand(commandOf(id));
  const button = useRef<HTMLButtonElement>(null);
  const takesFocus = useRef(isFirst);
  const isRefused = refusal !== null;
  // Once it can be done, which is after the first frame; what is disabled takes no focus.
  useEffect(() => {
    if (isRefused || !takesFocus.current) return;
    takesFocus.current = false;
    button.current?.focus();
  }, [isRefused]);
  return (
    <button ref={button} type="button" className={styles['action']} disabled={isRefused} onClick={() => void runCommand(id)}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{title}</span>
      {keys === null ? <span /> : <Keys>{keys}</Keys>}
      <span className={styles['note']}>{note}</span>
    </button>
  );
}
