import type { UseMutationResult } from '@tanstack/react-query';
import { Database, File, FolderOpen, FolderPlus, Sparkles, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../../../shared/ipc/commands.ts';
import type { Reply } from '../../../../shared/ipc/contract.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { isEventStoreError } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { commandOf, runCommand, useCommandState } from '../../commands/command-table.ts';
import { keysOfCommand } from '../../commands/keys.ts';
import { Keys } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
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

type Opening = UseMutationResult<StoreInfo | null, Error, () => Promise<Reply<StoreInfo | null>>>;

/** No store yet: the ways to one. */
export function Welcome({ opening }: { readonly opening: Opening }): ReactNode {
  return (
    <main className={styles['welcome']}>
      <div className={styles['brand']}>
        <h1>Tidemark</h1>
        <p>The workbench for event stores: browse topics, read every event exactly as it is stored, and append safely.</p>
      </div>
      <div className={styles['actions']}>
        {WAYS.map((way, index) => (
          <WayButton key={way.id} way={way} isFirst={index === 0} />
        ))}
      </div>
      {opening.error ? (
        <div className={styles['error']}>
          <ErrorPanel error={opening.error} onCopy={copyText}>
            <Candidates error={opening.error} onChoose={(go) => opening.mutate(go)} />
          </ErrorPanel>
        </div>
      ) : null}
    </main>
  );
}

function WayButton({ way, isFirst }: { readonly way: Way; readonly isFirst: boolean }): ReactNode {
  const { id, title, note, icon: Icon } = way;
  const { refusal } = useCommandState(id);
  const keys = keysOfCommand(commandOf(id));
  return (
    <button type="button" className={styles['action']} disabled={refusal !== null} autoFocus={isFirst} onClick={() => void runCommand(id)}>
      <Icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{title}</span>
      {keys === null ? <span /> : <Keys>{keys}</Keys>}
      <span className={styles['note']}>{note}</span>
    </button>
  );
}

interface CandidatesProps {
  readonly error: unknown;
  readonly onChoose: (go: () => Promise<Reply<StoreInfo | null>>) => void;
}

/** Several topics could be the configuration: the person says which. */
function Candidates({ error, onChoose }: CandidatesProps): ReactNode {
  if (!isEventStoreError(error, 'INVALID_INPUT')) return null;
  const { candidates, path } = error.details;
  if (!Array.isArray(candidates) || typeof path !== 'string') return null;
  return candidates.map((candidate) => (
    <Button key={String(candidate)} onClick={() => onChoose(() => tidemark.storesOpen({ path, configTopic: String(candidate) }))}>
      Open with {String(candidate)}
    </Button>
  ));
}
