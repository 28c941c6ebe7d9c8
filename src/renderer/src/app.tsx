import { useQueryClient } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { copyText } from './api/copy.ts';
import { useStore } from './api/queries.ts';
import { Welcome } from './features/stores/welcome.tsx';
import { usePlace } from './state/place.ts';
import { ErrorPanel } from './ui/error-panel.tsx';
import { Workbench } from './workbench.tsx';

/** The window: a store's workbench, or the ways to a store. */
export function App(): ReactNode {
  const store = useStore();
  const client = useQueryClient();
  const path = store.data?.path ?? null;
  const leave = usePlace((place) => place.leave);

  // What was seen of the last store says nothing of this one.
  useEffect(() => {
    leave();
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'store' && queryKey[0] !== 'app' && queryKey[1] !== path });
  }, [path, leave, client]);

  if (store.error) return <ErrorPanel error={store.error} onRetry={() => void store.refetch()} onCopy={copyText} />;
  if (store.data === undefined) return null;
  return store.data === null ? <Welcome /> : <Workbench key={store.data.path} store={store.data} />;
}
