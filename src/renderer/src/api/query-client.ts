import { QueryClient } from '@tanstack/react-query';
import type { Pushes } from '../../../shared/ipc/pushes.ts';
import { tidemark } from './tidemark.ts';
import { catalogueChanged, topicGrew } from './topics.ts';

/**
 * What main holds, as the page last saw it. Keys begin with what they speak of: `store`, `topics`, `topic`,
 * `summary`, `count`, `page`, `event`, `trash`, `history`, `health`, each followed by the store's path. A push only makes keys stale.
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
        return;
      case 'settings.changed':
        client.setQueryData(['settings'], payload);
        return;
      case 'command.chosen':
        return;
      case 'topic.appended': {
        const { topic, latestVersion } = payload as Pushes['topic.appended'];
        topicGrew(client, topic, latestVersion);
        return;
      }
    }
  });
  return client;
}
