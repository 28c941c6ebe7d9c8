import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { Reply } from '../../../../shared/ipc/contract.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { isEventStoreError } from '../../../../shared/model/errors.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlace } from '../../state/place.ts';
import { showToast } from '../../ui/toasts.tsx';
import { shownName } from './shown-name.ts';

type Go = () => Promise<Reply<StoreInfo | null>>;

/** The one way on which this window comes to another store. What went wrong stays in it until the next try. */
export type Opening = UseMutationResult<StoreInfo | null, Error, Go>;

/** The ways to a store, and out of it. */
export function useStoreCommands(store: StoreInfo | null): Opening {
  const client = useQueryClient();
  const openDialog = usePlace((place) => place.openDialog);
  const open = useMutation({
    mutationFn: opened,
    onSuccess: async (next) => {
      if (next === null) return;
      await client.invalidateQueries();
      if (store && next.path !== store.path) sayReplaced(store, next);
    },
  });
  const go = (way: Go) => ({ run: () => open.mutate(way), refusal: open.isPending ? 'A store is being opened.' : null });

  useCommands({
    'store.openFile': go(() => tidemark.storesOpenDialog({ kind: 'file' })),
    'store.openFolder': go(() => tidemark.storesOpenDialog({ kind: 'folder' })),
    'store.newFile': go(() => tidemark.storesCreateDialog({ adapter: 'sqlite' })),
    'store.newFolder': go(() => tidemark.storesCreateDialog({ adapter: 'fs' })),
    'store.openDemo': go(() => tidemark.storesOpenDemo({})),
    'store.openRecent': {
      run: (path) => (path === null ? openDialog({ kind: 'quick-open' }) : open.mutate(() => tidemark.storesOpen({ path }))),
    },
    ...(store === null
      ? {}
      : {
          'store.close': { run: () => void tidemark.storesClose({}) },
          'store.unlock': { run: () => openDialog({ kind: 'unlock' }), refusal: unlockRefusal(store) },
          'store.lock': { run: () => void lock(), refusal: lockRefusal(store) },
        }),
  });
  return open;
}

async function opened(go: Go): Promise<StoreInfo | null> {
  try {
    return replyValue(await go());
  } catch (error) {
    // The window that has the store has come to the front, which says it all.
    if (isEventStoreError(error) && error.details['alreadyOpen'] === true) return null;
    throw error;
  }
}

function sayReplaced(before: StoreInfo, next: StoreInfo): void {
  if (before.kind === 'memory') return;
  showToast({
    title: `${shownName(before.name)} was closed`,
    description: `${shownName(next.name)} is open in this window now.`,
    action: { label: 'Open in New Window', run: () => void tidemark.storesOpenInNewWindow({ path: before.path }) },
  });
}

async function lock(): Promise<void> {
  const reply = await tidemark.storesLock({});
  if (reply.ok)
    showToast({ title: 'This store is read-only now', description: 'Nothing in this window can write to it until you unlock it.' });
  else showToast({ title: 'The store could not be made read-only', description: `${reply.error.message} (${reply.error.code})` });
}

function unlockRefusal({ readOnly, canUnlock }: StoreInfo): string | null {
  if (readOnly === null) return 'This store can be written already.';
  return canUnlock ? null : `This store can never be written here: ${readOnly}`;
}

function lockRefusal({ readOnly, kind }: StoreInfo): string | null {
  if (readOnly !== null) return 'This store is read-only already.';
  return kind === 'memory' ? 'A store in memory is gone when it is closed, so it cannot be opened again.' : null;
}
