import type { FetchQueryOptions, QueryClient } from '@tanstack/react-query';
import type { TopicEntry } from '../../shared/ipc/contract/topics.ts';
import { PAGE_ROWS, pageQuery, storeQuery, topicsQuery } from './api/queries.ts';
import { panesKey } from './api/remembered-panes.ts';
import { rememberedQuery, rememberedValue, settingsQuery } from './api/settings.ts';
import { topicQuery } from './api/topics.ts';
import { columnsKey } from './features/events/use-columns.ts';
import { keptPlace, placeKey } from './features/frame/use-remembered-place.ts';
import { collapsedKey } from './features/topics/topic-list.tsx';
import { usePlace } from './state/place.ts';

/**
 * Asks main for what the first frame shows, as much at once as can be, and brings the person to where they last were: the
 * window is rendered once, and whole. Never rejects: what fails here is asked for again by whoever shows it.
 */
export async function firstLook(client: QueryClient): Promise<void> {
  const [store] = await Promise.all([ask(client, storeQuery), ask(client, settingsQuery)]);
  if (!store) return;
  const { path } = store;
  const [kept, topics] = await Promise.all([
    ask(client, rememberedQuery(placeKey(path))),
    ask(client, topicsQuery(path)),
    ...[collapsedKey(path), panesKey('workbench'), panesKey('events')].map((key) => ask(client, rememberedQuery(key))),
  ]);
  if (kept === undefined) return;
  const place = rememberedValue(kept, keptPlace, null);
  usePlace.getState().restore(path, place);
  const topic = topics?.find(({ name }) => name === place?.topic);
  if (topic && place?.view === 'events')
    await Promise.all([askRows(client, path, topic, place), ask(client, rememberedQuery(columnsKey(path, topic.name)))]);
}

/** The pages around the cursor, or at the end that is shown first. */
async function askRows(client: QueryClient, path: string, topic: TopicEntry, { version, order }: RowsPlace): Promise<void> {
  const latest = (await ask(client, topicQuery(path, topic)))?.latestVersion ?? 0;
  if (latest === 0) return;
  const rows = { path, name: topic.name, incarnation: topic.incarnation, latestVersion: latest };
  const at = version ?? (order === 'newest' ? latest : 1);
  const pages = [at - MOST_SEEN, at, at + MOST_SEEN].map((seen) => Math.floor((Math.min(Math.max(seen, 1), latest) - 1) / PAGE_ROWS));
  await Promise.all(pages.map((page) => ask(client, pageQuery(rows, page))));
}

interface RowsPlace {
  readonly version: number | null;
  readonly order: 'newest' | 'oldest';
}

/** Rows on either side of the cursor that a large window shows. */
const MOST_SEEN = 40;

/** Undefined where it failed. */
const ask = <T>(client: QueryClient, query: FetchQueryOptions<T>): Promise<T | undefined> =>
  client.fetchQuery(query).catch(() => undefined);
