import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, type ReactNode } from 'react';
import { copyText, tellWhenNotCopied } from './api/copy.ts';
import { useStore } from './api/queries.ts';
import { useCommandKeys } from './commands/use-command-keys.ts';
import { FrameDialogs } from './features/frame/frame-dialogs.tsx';
import { keepFocus } from './features/frame/keep-focus.ts';
import { useAppearance } from './features/frame/use-appearance.ts';
import { useFrameCommands } from './features/frame/use-frame-commands.ts';
import { useJobNotices } from './features/frame/use-job-notices.ts';
import { useQueryJobs } from './features/frame/use-query-jobs.ts';
import { DropTarget } from './features/stores/drop-target.tsx';
import { StoreDialogs } from './features/stores/store-dialogs.tsx';
import { useStoreCommands } from './features/stores/use-store-commands.ts';
import { Welcome } from './features/stores/welcome.tsx';
import { usePlace } from './state/place.ts';
import { ErrorPanel } from './ui/error-panel.tsx';
import { Skeleton } from './ui/skeleton.tsx';
import { showToast, Toasts } from './ui/toasts.tsx';
import { Workbench } from './workbench.tsx';

/** What main was asked that has nothing to do with the store. */
const OF_NO_STORE: ReadonlySet<string> = new Set(['store', 'recent', 'app', 'settings', 'remembered']);

/** The window: a store's workbench, or the ways to a store. */
export function App(): ReactNode {
  const store = useStore();
  const client = useQueryClient();
  const path = store.data?.path ?? null;
  const leave = usePlace((place) => place.leave);
  const isAsking = usePlace(({ dialog }) => dialog !== null);
  useAppearance();
  useCommandKeys();
  useFrameCommands();
  useQueryJobs();
  useJobNotices();
  useEffect(keepFocus, []);
  useEffect(() => tellWhenNotCopied((description) => showToast({ title: 'Nothing was copied', description })), []);
  const opening = useStoreCommands(store.data ?? null);

  // What was seen of the last store says nothing of this one. Before the workbench's own effects, which bring the person to
  // where they last were in the new one.
  useLayoutEffect(() => {
    // A window that has just loaded may have been brought there already.
    if (usePlace.getState().store !== path) leave();
    client.removeQueries({ predicate: ({ queryKey }) => !OF_NO_STORE.has(String(queryKey[0])) && queryKey[1] !== path });
  }, [path, leave, client]);

  if (store.error) return <ErrorPanel error={store.error} onRetry={() => void store.refetch()} onCopy={copyText} />;
  if (store.data === undefined) return <Skeleton label="The store is being opened" />;
  return (
    <>
      {store.data === null ? <Welcome opening={opening} /> : <Workbench key={store.data.path} store={store.data} />}
      {isAsking ? <FrameDialogs store={store.data} /> : null}
      {store.data === null ? null : <StoreDialogs store={store.data} opening={opening} />}
      <DropTarget opening={opening} hasStore={store.data !== null} />
      <Toasts />
    </>
  );
}
