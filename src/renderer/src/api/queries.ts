import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { AppInfo } from '../../../shared/ipc/contract/app.ts';
import type { EventDetail, EventRows } from '../../../shared/ipc/contract/events.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { OpenFailure, RecentStore, StoreInfo, StoreStatus } from '../../../shared/ipc/contract/stores.ts';
import type { TopicCounts, TopicEntry, TopicRow } from '../../../shared/ipc/contract/topics.ts';
import { topicOptions } from '../../../shared/model/topic-config.ts';
import { tidemark } from './tidemark.ts';

interface Asked {
  readonly signal: AbortSignal;
}

/** Rows of one page of the grid: versions `page * PAGE_ROWS + 1` and on. */
export const PAGE_ROWS = 200;

export const storeQuery = {
  queryKey: ['store'],
  queryFn: async (): Promise<StoreInfo | null> => replyValue(await tidemark.storesCurrent({})),
};

export function useStore(): UseQueryResult<StoreInfo | null> {
  return useQuery(storeQuery);
}

/** What the last opening in this window failed with that the page did not ask for. */
export function useOpenFailure(): UseQueryResult<OpenFailure | null> {
  return useQuery({ queryKey: ['store', 'failure'], queryFn: async () => replyValue(await tidemark.storesFailure({})) });
}

/** Counts, mode and reach of the open store, for title, banner and status bar. */
export function useStoreStatus(path: string): UseQueryResult<StoreStatus> {
  return useQuery({
    queryKey: ['status', path],
    queryFn: async ({ signal }) => replyValue(await tidemark.storesStatus({}, { signal })),
    placeholderData: keepPreviousData,
  });
}

/** Pinned ones first, then newest first. */
export function useRecentStores(): UseQueryResult<readonly RecentStore[]> {
  return useQuery({ queryKey: ['recent'], queryFn: async () => replyValue(await tidemark.storesRecent({})), staleTime: 0 });
}

export function useAppInfo(): UseQueryResult<AppInfo> {
  return useQuery({ queryKey: ['app'], queryFn: async () => replyValue(await tidemark.appInfo({})) });
}

export function topicsQuery(path: string | null) {
  return { queryKey: ['topics', path], queryFn: ({ signal }: Asked): Promise<readonly TopicEntry[]> => listTopics(signal) };
}

/** Every topic, the configuration topic among them, sorted by name. */
export function useTopics(path: string): UseQueryResult<readonly TopicEntry[]> {
  return useQuery({ ...topicsQuery(path), placeholderData: keepPreviousData });
}

/** Topics as far as they are known; asks for none. */
export function useKnownTopics(path: string | null): readonly TopicEntry[] {
  const { data } = useQuery({ ...topicsQuery(path), enabled: false });
  return data ?? NO_TOPICS;
}

const NO_TOPICS: readonly TopicEntry[] = [];

async function listTopics(signal: AbortSignal): Promise<readonly TopicEntry[]> {
  const topics: TopicEntry[] = [];
  let after: string | null = null;
  do {
    const page: Output<'topics.list'> = replyValue(await tidemark.topicsList({ after, limit: 500 }, { signal }));
    for (const topic of page.topics) topics.push({ ...topic, options: topicOptions(topic.options) });
    after = page.next;
  } while (after !== null);
  return topics;
}

export function useCount(path: string, { name, incarnation, latestVersion }: TopicRow): UseQueryResult<TopicCounts> {
  return useQuery({
    queryKey: ['count', path, name, incarnation, latestVersion],
    queryFn: async ({ signal }) => replyValue(await tidemark.topicsCount({ topic: name }, { signal })),
    placeholderData: keepPreviousData,
    meta: { job: 'Counting events' },
    enabled: latestVersion !== null,
  });
}

/**
 * The newest version as main last told it. Main watches the topic it was last asked about: asking whenever a topic is shown
 * makes it this one.
 */
export function useLatest(path: string, { name, incarnation, latestVersion }: TopicRow): number | null {
  const { data } = useQuery({
    queryKey: ['latest', path, name, incarnation],
    queryFn: async () =>
      replyValue(await tidemark.eventsPage({ topic: name, direction: 'backward', cursor: null, limit: 1 })).latestVersion,
    gcTime: 0,
    staleTime: 0,
  });
  return latestVersion === null ? null : Math.max(latestVersion, data ?? 0);
}

export interface GridTopic {
  readonly path: string;
  readonly name: string;
  readonly incarnation: number;
  readonly latestVersion: number;
}

/** One page by version; the last, unfinished one is asked for again when the topic grows. */
export function pageQuery({ path, name, incarnation, latestVersion }: GridTopic, page: number) {
  const filled = Math.min(latestVersion, (page + 1) * PAGE_ROWS);
  return {
    queryKey: ['page', path, name, incarnation, page, filled],
    queryFn: async ({ signal }: Asked): Promise<EventRows> =>
      replyValue(await tidemark.eventsPage({ topic: name, direction: 'forward', cursor: page * PAGE_ROWS, limit: PAGE_ROWS }, { signal })),
    gcTime: 15_000,
  };
}

export function useEvent(topic: GridTopic | null, version: number | null): UseQueryResult<EventDetail> {
  return useQuery({
    queryKey: ['event', topic?.path, topic?.name, topic?.incarnation, version],
    queryFn: async ({ signal }) => replyValue(await tidemark.eventsGet({ topic: topic?.name ?? '', version: version ?? 1 }, { signal })),
    enabled: topic !== null && version !== null,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

export function useHealth(path: string): UseQueryResult<Output<'health.get'>> {
  return useQuery({
    queryKey: ['health', path],
    queryFn: async () => replyValue(await tidemark.healthGet({})),
    placeholderData: keepPreviousData,
  });
}
