import { useCallback, useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type QueryClient, type UseQueryResult } from '@tanstack/react-query';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { TopicCheckAnswer, TopicEntry, TopicHistory, TopicRow, TopicSummary, TrashRow } from '../../../shared/ipc/contract/topics.ts';
import { errorFacts } from '../../../shared/model/errors.ts';
import type { Topic, TopicOptions } from '../../../shared/model/topic-config.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { createBatch } from './batch.ts';
import { tidemark } from './tidemark.ts';

const summaryKey = (path: string, { name, incarnation }: Topic): readonly unknown[] => ['summary', path, name, incarnation];

const loadSummary = createBatch<TopicSummary>({
  load: async (topics) => replyValue(await tidemark.topicsSummaries({ topics: [...topics] })).summaries,
  most: 50,
  wait: 40,
});

/** What the list shows of a topic; asked for in batches, for as long as its row is on the screen. */
export function useSummary(path: string, topic: TopicEntry): UseQueryResult<TopicSummary> {
  return useQuery({
    queryKey: summaryKey(path, topic),
    queryFn: ({ signal }) => loadSummary(topic.name, signal),
    staleTime: 5000,
    refetchOnWindowFocus: true,
  });
}

/** The latest version of a topic as far as it is known; undefined: not yet. Asks for nothing. */
export function useKnownLatest(path: string | null): (topic: TopicEntry) => number | null | undefined {
  const client = useQueryClient();
  return useCallback(
    (topic) =>
      path === null
        ? undefined
        : (client.getQueryData<Pick<TopicRow, 'latestVersion'>>(['topic', path, topic.name, topic.incarnation])?.latestVersion ??
          client.getQueryData<TopicSummary>(summaryKey(path, topic))?.latestVersion),
    [client, path],
  );
}

export function topicQuery(path: string, entry: TopicEntry | null) {
  return {
    queryKey: ['topic', path, entry?.name, entry?.incarnation],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<Pick<TopicRow, 'latestVersion' | 'trouble'>> => {
      const { latestVersion, trouble } = replyValue(await tidemark.topicsGet({ topic: entry?.name ?? '' }, { signal }));
      return { latestVersion, trouble };
    },
  };
}

/** The topic on the screen with its latest version; null until that is known. */
export function useTopicRow(path: string, entry: TopicEntry | null): TopicRow | null {
  const client = useQueryClient();
  const { data, error } = useQuery({
    ...topicQuery(path, entry),
    placeholderData: () => (entry ? client.getQueryData<TopicSummary>(summaryKey(path, entry)) : undefined),
    enabled: entry !== null,
  });
  // The same object while nothing has changed: whoever holds it need not look again.
  return useMemo(() => {
    if (!entry) return null;
    if (error) return { ...entry, latestVersion: null, trouble: errorFacts(error).message };
    return data ? { ...entry, latestVersion: data.latestVersion, trouble: data.trouble } : null;
  }, [entry, data, error]);
}

/** A topic has grown: what the push says is known at once, the rest is asked for again. */
export function topicGrew(client: QueryClient, topic: string, latestVersion: number): void {
  client.setQueriesData<Pick<TopicRow, 'latestVersion' | 'trouble'>>(
    { predicate: ({ queryKey }) => queryKey[0] === 'topic' && queryKey[2] === topic },
    (known) => known && { ...known, latestVersion: Math.max(known.latestVersion ?? 0, latestVersion) },
  );
  void client.invalidateQueries({ predicate: ({ queryKey }) => OF_CONTENT.has(String(queryKey[0])) && queryKey[2] === topic });
}
const OF_CONTENT: ReadonlySet<string> = new Set(['summary', 'count']);

/** What topics there are has changed, or what is in the trash. */
export function catalogueChanged(client: QueryClient): void {
  void client.invalidateQueries({ predicate: ({ queryKey }) => OF_CATALOGUE.has(String(queryKey[0])) });
}
const OF_CATALOGUE: ReadonlySet<string> = new Set(['topics', 'topic', 'summary', 'trash', 'history', 'changes', 'check', 'health']);

export interface WantedTopic {
  readonly name: string;
  readonly adapter?: string | undefined;
  readonly connection?: string | undefined;
  readonly options: TopicOptions;
  /** The topic that is to be changed; null: a new one. */
  readonly of: Topic | null;
}

/** Options as they cross the bridge. */
export function optionPairs(options: TopicOptions): [string, string][] {
  return Object.entries(options);
}

/** A topic as it was seen, for main to hold against what is stored. */
export function sentTopic({ name, adapter, connection, options, incarnation }: Topic): Input<'topics.update'>['seen'] {
  return { name, adapter, connection, options: optionPairs(options), incarnation };
}

/** What main would refuse, and what it would write. */
export function useTopicCheck(path: string, wanted: WantedTopic): UseQueryResult<TopicCheckAnswer> {
  const { name, adapter, connection, options, of } = wanted;
  return useQuery({
    // Pairs, since a key made of an object's members loses one that is called __proto__.
    queryKey: ['check', path, name, adapter, connection, Object.entries(options), of?.incarnation, Object.entries(of?.options ?? {})],
    queryFn: async ({ signal }) => {
      const wants = { name, adapter, connection, options: optionPairs(options), of: of && sentTopic(of) };
      return replyValue(await tidemark.topicsCheck(wants, { signal }));
    },
    placeholderData: keepPreviousData,
    gcTime: 5000,
  });
}

/** How many entries the trash has. */
export function useTrashTotal(path: string): number | null {
  const { data } = useQuery({
    queryKey: ['trash', path, 'total'],
    queryFn: async ({ signal }) => replyValue(await tidemark.topicsTrash({ offset: 0, limit: 1 }, { signal })).total,
    placeholderData: keepPreviousData,
  });
  return data ?? null;
}

/** Everything in the trash, the newest deletion first. */
export function useTrash(path: string): UseQueryResult<readonly TrashRow[]> {
  return useQuery({ queryKey: ['trash', path, 'entries'], queryFn: ({ signal }) => listTrash(signal), placeholderData: keepPreviousData });
}

async function listTrash(signal: AbortSignal): Promise<readonly TrashRow[]> {
  const entries: TrashRow[] = [];
  for (;;) {
    const page: Output<'topics.trash'> = replyValue(await tidemark.topicsTrash({ offset: entries.length, limit: 200 }, { signal }));
    for (const entry of page.entries) entries.push(entry);
    if (page.entries.length === 0 || entries.length >= page.total) return entries;
  }
}

const HISTORY_PAGE = 50;

/** The configuration events of a topic's name, newest first, a page at a time. */
export function useTopicHistory(path: string, topic: string) {
  return useInfiniteQuery({
    queryKey: ['history', path, topic],
    queryFn: async ({ signal, pageParam }): Promise<TopicHistory> =>
      replyValue(await tidemark.topicsHistory({ topic, before: pageParam, limit: HISTORY_PAGE }, { signal })),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
}
