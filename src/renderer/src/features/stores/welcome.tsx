import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Database, File, FolderOpen, FolderPlus, Sparkles, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { Reply, StoreInfo } from '../../../../shared/ipc/contract.ts';
import { isEventStoreError } from '../../../../shared/model/errors.ts';
import { copyText } from '../../api/copy.ts';
import { tidemark } from '../../api/tidemark.ts';
import { Keys } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import styles from './welcome.module.css';

interface Way {
  readonly title: string;
  readonly note: string;
  readonly keys?: string;
  readonly icon: LucideIcon;
  readonly go: () => Promise<Reply<StoreInfo | null>>;
}

const WAYS: readonly Way[] = [
  {
    title: 'Open a folder…',
    note: 'A store in files, the Go original’s too',
    keys: 'Ctrl+Shift+O',
    icon: FolderOpen,
    go: () => tidemark.storesOpenDialog({ kind: 'folder' }),
  },
  {
    title: 'Open a file…',
    note: 'A store in one SQLite database',
    keys: 'Ctrl+O',
    icon: File,
    go: () => tidemark.storesOpenDialog({ kind: 'file' }),
  },
  {
    title: 'New store in a file…',
    note: 'One SQLite database, fast at any size',
    keys: 'Ctrl+N',
    icon: Database,
    go: () => tidemark.storesCreateDialog({ adapter: 'sqlite' }),
  },
  {
    title: 'New store in a folder…',
    note: 'One file an event, readable by anything',
    icon: FolderPlus,
    go: () => tidemark.storesCreateDialog({ adapter: 'fs' }),
  },
  { title: 'Try the demo store', note: 'In memory: nothing you do there is kept', icon: Sparkles, go: () => tidemark.storesOpenDemo({}) },
];

/** No store yet: the ways to one. */
export function Welcome(): ReactNode {
  const client = useQueryClient();
  const open = useMutation({
    mutationFn: async (go: () => Promise<Reply<StoreInfo | null>>) => replyValue(await go()),
    onSuccess: (store) => (store ? client.invalidateQueries() : undefined),
  });
  return (
    <main className={styles['welcome']}>
      <div className={styles['brand']}>
        <h1>Tidemark</h1>
        <p>The workbench for event stores: browse topics, read every event exactly as it is stored, and append safely.</p>
      </div>
      <div className={styles['actions']}>
        {WAYS.map(({ title, note, keys, icon: Icon, go }, index) => (
          <button
            key={title}
            type="button"
            className={styles['action']}
            disabled={open.isPending}
            autoFocus={index === 0}
            onClick={() => open.mutate(go)}
          >
            <Icon size={16} strokeWidth={1.75} aria-hidden />
            <span>{title}</span>
            {keys ? <Keys>{keys}</Keys> : <span />}
            <span className={styles['note']}>{note}</span>
          </button>
        ))}
      </div>
      {open.error ? (
        <div className={styles['error']}>
          <ErrorPanel error={open.error} onCopy={copyText}>
            <Candidates error={open.error} onChoose={(go) => open.mutate(go)} />
          </ErrorPanel>
        </div>
      ) : null}
    </main>
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
