import { QueryClient } from '@tanstack/react-query';
import type { Pushes } from '../../../shared/ipc/pushes.ts';
import { tidemark } from './tidemark.ts';
import { catalogueChanged, topicGrew } from './topics.ts';

/**
 * What main holds, as the page last saw it. Keys begin with what they speak of: `store`, `topics`, `topic`, `latest`, `summary`,
 * `count`, `page`, `event`, `trash`, `history`, `changes`, `past`, `health`, `status`, each followed by the store's path. A push only makes keys stale.
 */
export function createQueries(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      // Main is on this machine: a failure is an answer, not a lost connection.
      queries: { retry: false, staleTime: Infinity, gcTime: 60_000, refetchOnWindowFocus: false, networkMode: 'always' },
      mutations: { networkMode: 'always' },
    },
  });
  tidemark.onPush((name, payload) => {
    switch (name) {
      case 'store.changed':
        void client.invalidateQueries();
        return;
      case 'catalogue.changed':
        catalogueChanged(client);
        void client.invalidateQueries({ queryKey: ['status'] });
        return;
      case 'store.openFailed':
        void client.invalidateQueries({ queryKey: ['store', 'failure'] });
        return;
      case 'recent.changed':
        void client.invalidateQueries({ queryKey: ['recent'] });
        return;
      case 'store.statusChanged': {
        const { ok } = payload as { readonly ok: boolean };
        // What failed while the store was away is asked for again; what was read stays as it is.
        void client.invalidateQueries(ok ? {} : { queryKey: ['status'] });
        return;
      }
      case 'settings.changed':
        client.setQueryData(['settings'], payload);
        return;
      case 'command.chosen':
        return;
      case 'topic.appended': {
        const { topic, latestVersion } = payload as Pushes['topic.appended'];
        // First what the grid waits for.
        void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'latest' && queryKey[2] === topic });
        topicGrew(client, topic, latestVersion);
        void client.invalidateQueries({ queryKey: ['status'] });
        return;
      }
    }
  });
  return client;
}
