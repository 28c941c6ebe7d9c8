import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { ChangeRow, Comparison, PastCatalogue, RestoreReview } from '../../../shared/ipc/contract/replay.ts';
import { tidemark } from './tidemark.ts';

const PAGE = 500;
/** A configuration of more changes than this is shown from its end. */
const MOST_CHANGES = 20_000;

export interface ConfigHistory {
  /** In order of version. */
  readonly changes: readonly ChangeRow[];
  /** The newest version of the configuration topic. */
  readonly last: number;
  /** Older changes that are not listed. */
  readonly left: number;
}

/** Every change of the configuration. When it has grown, what came is read, not all of it. */
export function useConfigHistory(path: string): UseQueryResult<ConfigHistory> {
  const client = useQueryClient();
  const queryKey = ['changes', path];
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => readHistory(client.getQueryData<ConfigHistory>(queryKey) ?? null, signal),
    placeholderData: keepPreviousData,
  });
}

async function readHistory(known: ConfigHistory | null, signal: AbortSignal): Promise<ConfigHistory> {
  const newest = known?.changes.at(-1);
  const changes: ChangeRow[] = [];
  let left = known?.left ?? 0;
  let last = 0;
  // The newest known one is read again: whether this is the same history shows there.
  let after: number | null = newest ? newest.version - 1 : 0;
  while (after !== null) {
    const page: Output<'replay.changes'> = replyValue(await tidemark.replayChanges({ after, limit: PAGE }, { signal }));
    if (newest && changes.length === 0 && !isSame(page.changes[0], newest)) return readHistory(null, signal);
    const tooMany = page.last - MOST_CHANGES;
    if (after === 0 && tooMany > 0) {
      left = tooMany;
      after = tooMany;
      continue;
    }
    for (const change of page.changes) changes.push(change);
    last = page.last;
    after = page.next;
  }
  return { changes: known ? [...known.changes.slice(0, -1), ...changes] : changes, last, left };
}

function isSame(a: ChangeRow | undefined, b: ChangeRow): boolean {
  return a?.version === b.version && a.timestamp === b.timestamp && a.topic === b.topic && a.type === b.type;
}

export interface Past extends PastCatalogue {
  /** More topics are on their way. */
  readonly isPartial: boolean;
}

/** The topics after a version, of names that hold `topic`: the first ones at once, the others as they come. */
export function usePastCatalogue(path: string, version: number, topic: string) {
  const query = useInfiniteQuery({
    queryKey: ['past', path, version, topic],
    queryFn: async ({ signal, pageParam }) => replyValue(await tidemark.replayCatalogue({ version, topic, offset: pageParam }, { signal })),
    initialPageParam: 0,
    getNextPageParam: ({ left }, pages) => (left === 0 ? undefined : pages.reduce((sum, { topics }) => sum + topics.length, 0)),
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  const { data, hasNextPage, isFetching, isPlaceholderData, error, fetchNextPage, refetch } = query;
  useEffect(() => {
    if (hasNextPage && !isFetching && !isPlaceholderData && !error) void fetchNextPage();
  }, [hasNextPage, isFetching, isPlaceholderData, error, fetchNextPage]);
  const past = useMemo((): Past | null => {
    const [first] = data?.pages ?? [];
    if (!data || !first) return null;
    // Two texts are made of thousands of topics, and not one for every part that comes.
    if ((data.pages.at(-1)?.left ?? 0) > 0) return { ...first, isPartial: true };
    return { ...first, topics: data.pages.flatMap(({ topics }) => topics), left: 0, isPartial: false };
  }, [data]);
  return { past, error, refetch };
}

/** The first differences between two versions; null: nothing is asked for. */
export function useComparison(
  path: string,
  of: { readonly a: number; readonly b: number; readonly topic: string } | null,
): UseQueryResult<Comparison> {
  return useQuery({
    queryKey: ['past', path, 'compared', of?.a, of?.b, of?.topic],
    queryFn: async ({ signal }) =>
      replyValue(await tidemark.replayCompare({ a: of?.a ?? 0, b: of?.b ?? 0, topic: of?.topic ?? '', offset: 0 }, { signal })),
    enabled: of !== null,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
}

export type WholeReview = Omit<RestoreReview, 'next'>;

/** All that restoring would do, as planned when the person asked; nothing changes it before their eyes. */
export function useRestoreReview(path: string, version: number): UseQueryResult<WholeReview> {
  return useQuery({
    queryKey: ['review', path, version],
    queryFn: ({ signal }) => readReview(version, signal),
    gcTime: 0,
    staleTime: 0,
  });
}

async function readReview(version: number, signal: AbortSignal): Promise<WholeReview> {
  const { next, ...first } = replyValue(await tidemark.replayPlan({ version, offset: 0 }, { signal }));
  const steps = [...first.steps.rows];
  const notRestored = [...first.notRestored.rows];
  for (let offset = next; offset !== null;) {
    const part: RestoreReview = replyValue(await tidemark.replayPlan({ version: first.version, offset }, { signal }));
    steps.push(...part.steps.rows);
    notRestored.push(...part.notRestored.rows);
    offset = part.next;
  }
  return { ...first, steps: { ...first.steps, rows: steps }, notRestored: { ...first.notRestored, rows: notRestored } };
}

/** How the topics of two versions differ, as a JSON Patch, whole. */
export async function loadPatch(a: number, b: number, topic: string): Promise<{ readonly text: string; readonly operations: number }> {
  const parts: string[] = [];
  for (let offset = 0; ;) {
    const { text, total, operations } = replyValue(await tidemark.replayPatch({ a, b, topic, offset }));
    parts.push(text);
    offset += text.length;
    if (text === '' || offset >= total) return { text: parts.join(''), operations };
  }
}
