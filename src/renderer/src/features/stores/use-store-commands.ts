import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { replyValue } from '../../../../shared/ipc/api.ts';
import type { Reply } from '../../../../shared/ipc/contract.ts';
import type { StoreInfo } from '../../../../shared/ipc/contract/stores.ts';
import { tidemark } from '../../api/tidemark.ts';
import { useCommands } from '../../commands/command-table.ts';
import { usePlace } from '../../state/place.ts';

type Go = () => Promise<Reply<StoreInfo | null>>;

/** The ways to a store, and out of it. What went wrong stays in the answer until the next try. */
export function useStoreCommands(store: StoreInfo | null): UseMutationResult<StoreInfo | null, Error, Go> {
  const client = useQueryClient();
  const openDialog = usePlace((place) => place.openDialog);
  const open = useMutation({
    mutationFn: async (go: Go) => replyValue(await go()),
    onSuccess: (opened) => (opened ? client.invalidateQueries() : undefined),
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
    ...(store === null ? {} : { 'store.close': { run: () => void tidemark.storesClose({}) } }),
  });
  return open;
}
