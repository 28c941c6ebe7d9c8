import type { Input, Output } from '../../shared/ipc/contract.ts';
import type { TimeHistogram } from '../../shared/ipc/contract/survey.ts';
import { timeBucket } from '../../shared/model/time-bucket.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { TimeSpan, TopicStatistics } from '../eventstore/ports/event-repository.ts';
import { typeCounts } from './type-counts.ts';

/** Fewer bars than this, where more were asked for, show too little: then every event is looked at. */
const FEWEST_BARS = 24;
const LOWEST_TIME = -(2n ** 63n);
const BEYOND_TIMES = 2n ** 63n;

/**
 * The overview of a whole topic from what its repository counts as it writes, at once and however long the topic is. Null
 * where only a look at every event can tell: with a filter, where nothing is counted, and where the counted times are too
 * coarse for the bars. Bars begin and end where the counted times do, so that their counts are exact.
 */
export async function countedOverview(
  store: Pick<EventStore, 'topicStatistics'>,
  { topic, filter, range, buckets }: Input<'survey.overview'>,
): Promise<Output<'survey.overview'> | null> {
  if (filter.types !== null || filter.from !== null || filter.to !== null) return null;
  const statistics = await store.topicStatistics(topic, range);
  if (!statistics) return null;
  const { events, times } = statistics;
  const covered = range ?? times;
  const histogram = covered && alignedHistogram(statistics, covered, range === null, buckets);
  if (covered && !histogram) return null;
  const types = typeCounts(
    statistics.types.map(({ type }) => type),
    statistics.types.map(({ count }) => count),
  );
  return {
    progress: { scanned: events, total: events, done: true },
    events,
    damaged: 0,
    times: times && { earliest: times.from, latest: times.to - 1n, exact: false },
    ...types,
    matching: events,
    matchingTypes: types,
    histogram,
  };
}

/** Null where the range does not lie on the edges of counted times, or they are too coarse. `mayGrow`: the range may be widened to them. */
function alignedHistogram(
  { width, buckets, counts }: TopicStatistics,
  range: TimeSpan,
  mayGrow: boolean,
  mostBars: number,
): TimeHistogram | null {
  const first = timeBucket(range.from, width);
  const end = -timeBucket(-range.to, width);
  const from = first * width;
  if (!mayGrow && (from !== range.from || end * width !== range.to)) return null;
  const perBar = (end - first + BigInt(mostBars) - 1n) / BigInt(mostBars);
  const bars = Number((end - first + perBar - 1n) / perBar);
  const step = perBar * width;
  if (bars < Math.min(mostBars, FEWEST_BARS) || from < LOWEST_TIME || from + BigInt(bars) * step > BEYOND_TIMES) return null;
  const heights = Array.from({ length: bars }, () => 0);
  for (const [at, bucket] of buckets.entries()) heights[Math.floor((bucket - Number(first)) / Number(perBar))]! += counts[at]!;
  return { from, step, counts: heights, matchingCounts: [...heights] };
}
