import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { TopicRow } from '../../../shared/ipc/contract/topics.ts';
import type { EventFilter } from '../state/place.ts';
import { tidemark } from './tidemark.ts';

export type Overview = Output<'survey.overview'>;

export interface OverviewAnswer {
  readonly query: UseQueryResult<Overview>;
  readonly isStopped: boolean;
  /** Main scans only while it is asked: not asking stops it, and loses nothing. */
  readonly stop: () => void;
  readonly goOn: () => void;
}

/** Between two askings while main still scans: each of them works for about 200 ms. */
const AGAIN_MS = 20;

/** Counts of a topic's events by type and over time (`range`: over this span alone), all of them and those of the filter. */
export function useOverview(
  path: string,
  { name, incarnation, latestVersion }: TopicRow,
  filter: EventFilter,
  buckets: number,
  range: { readonly from: bigint; readonly to: bigint } | null,
): OverviewAnswer {
  const [isStopped, setStopped] = useState(false);
  const query = useQuery({
    queryKey: [
      'overview',
      path,
      name,
      incarnation,
      latestVersion,
      spelled(filter),
      buckets,
      range === null ? null : `${range.from} ${range.to}`,
    ],
    queryFn: async ({ signal }) =>
      replyValue(
        await tidemark.surveyOverview(
          { topic: name, filter: { ...filter, types: filter.types === null ? null : [...filter.types] }, buckets, range },
          { signal },
        ),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (isStopped || state.data === undefined || state.data.progress.done ? false : AGAIN_MS),
  });
  return { query, isStopped, stop: () => setStopped(true), goOn: () => setStopped(false) };
}

/** A filter as a part of a key. */
function spelled({ types, from, to }: EventFilter): string {
  return JSON.stringify([types, from === null ? null : String(from), to === null ? null : String(to)]);
}
