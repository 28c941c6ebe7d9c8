import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { EventRow } from '../../../shared/ipc/contract/events.ts';
import type { SurveyProgress, TopicOverview } from '../../../shared/ipc/contract/survey.ts';
import type { DamagedVersion } from '../../../shared/model/event.ts';
import type { EventFilter } from '../state/place.ts';
import { PAGE_ROWS, type GridTopic } from './queries.ts';
import { tidemark } from './tidemark.ts';

export function filterKey({ types, from, to }: EventFilter): string {
  return JSON.stringify([types === null ? null : [...types].sort(), String(from), String(to)]);
}

const inputOf = ({ types, from, to }: EventFilter) => ({ types: types === null ? null : [...types], from, to });

interface OverviewOptions {
  readonly isWanted?: boolean;
  readonly isStopped?: boolean;
  /** Bars of the histogram, and the span it covers; null: all there is. */
  readonly buckets?: number;
  readonly range?: { readonly from: bigint; readonly to: bigint } | null;
}

/**
 * Counts over the whole topic and over what a filter lets through. While it is not whole it is asked for again and again,
 * which is what makes main go on; `isStopped` stops asking.
 */
export function useOverview(
  { path, name, incarnation, latestVersion }: GridTopic,
  filter: EventFilter,
  { isWanted = true, isStopped = false, buckets = 1, range = null }: OverviewOptions = {},
): UseQueryResult<TopicOverview> {
  const key = filterKey(filter);
  return useQuery({
    queryKey: ['overview', path, name, incarnation, key, latestVersion, buckets, range === null ? null : `${range.from} ${range.to}`],
    queryFn: async ({ signal }) =>
      replyValue(await tidemark.surveyOverview({ topic: name, filter: inputOf(filter), buckets, range }, { signal })),
    enabled: isWanted && latestVersion > 0,
    refetchInterval: ({ state }) => (state.data?.progress.done === false && !isStopped ? 20 : false),
    // As the topic grows, what was known of the same filter holds until more is.
    placeholderData: (previous, query) => (query?.queryKey[4] === key && query.queryKey[2] === name ? previous : undefined),
    gcTime: 10_000,
  });
}

/** One page of the events that a filter lets through, oldest first: places `page * PAGE_ROWS` and on. */
export interface MatchingRows {
  readonly versions: readonly number[];
  readonly rows: readonly EventRow[];
  readonly damaged: readonly DamagedVersion[];
}

/** A page that is not full is asked for again when more match. */
export function matchingPageQuery({ path, name, incarnation }: GridTopic, filter: EventFilter, page: number, matching: number) {
  const filled = Math.min(matching, (page + 1) * PAGE_ROWS);
  return {
    queryKey: ['matching', path, name, incarnation, filterKey(filter), page, filled],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<MatchingRows> =>
      replyValue(
        await tidemark.surveyRows(
          { topic: name, filter: inputOf(filter), order: 'oldest', offset: page * PAGE_ROWS, limit: PAGE_ROWS },
          { signal },
        ),
      ),
    gcTime: 15_000,
  };
}

/** How many of the events that a filter lets through lie before a version. */
export async function countBefore(topic: string, filter: EventFilter, version: number, signal?: AbortSignal): Promise<number> {
  for (;;) {
    const { index, progress } = replyValue(
      await tidemark.surveyPlaceOf({ topic, filter: inputOf(filter), order: 'oldest', version }, { signal }),
    );
    if (progress.done || progress.scanned >= version) return index;
  }
}

/** How many events that a filter lets through are in ranges of versions; undefined until it is known. */
export function useMatchingIn(
  { path, name, incarnation }: GridTopic,
  filter: EventFilter,
  ranges: readonly { readonly first: number; readonly last: number }[],
  isWanted: boolean,
): number | undefined {
  const { data } = useQuery({
    queryKey: ['matchingIn', path, name, incarnation, filterKey(filter), ranges],
    queryFn: async ({ signal }) => {
      let sum = 0;
      for (const { first, last } of ranges) {
        sum += first === last ? 1 : (await countBefore(name, filter, last + 1, signal)) - (await countBefore(name, filter, first, signal));
      }
      return sum;
    },
    enabled: isWanted,
    gcTime: 5000,
  });
  return data;
}

/**
 * The first version whose time is not before `time`, or null where there is none; looks through the whole topic if it must.
 * @throws EventStoreError CANCELLED.
 */
export async function versionAtTime(
  topic: string,
  time: bigint,
  signal: AbortSignal,
  onProgress: (progress: SurveyProgress) => void,
): Promise<number | null> {
  for (;;) {
    const { version, progress } = replyValue(await tidemark.surveyAtTime({ topic, time }, { signal }));
    if (version !== null || progress.done) return version;
    onProgress(progress);
  }
}
