import type { TimeHistogram } from '../../shared/ipc/contract/survey.ts';
import { CHUNK, type EventChunk } from './event-columns.ts';
import type { Breathe } from '../eventstore/pace.ts';
import { distance, isBefore, splitTime } from './split-time.ts';
import type { TopicDigest } from './topic-digest.ts';
import type { TopicMatches } from './topic-matches.ts';

/** What a histogram covers, `to` exclusive. */
export interface TimeRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** So near to the edge of a bucket a number is not trusted to tell the side. */
const EDGE = 1e-6;

/**
 * Counts the events of a range by time, in at most `buckets` equal buckets: all that the digest holds now, and those of
 * `matches`. Exact to the nanosecond.
 */
export async function timeHistogram(
  { columns }: TopicDigest,
  matches: TopicMatches,
  range: TimeRange,
  buckets: number,
  breathe: Breathe,
): Promise<TimeHistogram> {
  const { from } = range;
  const span = range.to - from;
  const step = (span + BigInt(buckets) - 1n) / BigInt(buckets);
  const counts = zeros(Number((span + step - 1n) / step));
  const bucketOf = createBucketOf(range, step);
  // What is learned meanwhile is left for the next time, so that both counts are of one moment.
  const { size } = columns;
  const matching = matches.size;

  for (let start = 0; start < size; start += CHUNK) {
    const chunk = columns.chunkOf(start);
    if (chunk.latest >= from && chunk.earliest < range.to) {
      const end = Math.min(chunk.size, size - start);
      for (let at = 0; at < end; at++) add(counts, bucketOf(chunk, at));
    }
    await breathe();
  }
  if (matches.isWhole) return { from, step, counts, matchingCounts: [...counts] };

  const matchingCounts = zeros(counts.length);
  for (let first = 0; first < matching; first += CHUNK) {
    const end = Math.min(matching, first + CHUNK);
    for (let index = first; index < end; index++) {
      const place = matches.placeAt(index);
      const chunk = columns.chunkOf(place);
      add(matchingCounts, bucketOf(chunk, place - chunk.start));
    }
    await breathe();
  }
  return { from, step, counts, matchingCounts };
}

function zeros(length: number): number[] {
  return Array.from({ length }, () => 0);
}

function add(counts: number[], bucket: number): void {
  if (bucket >= 0) counts[bucket]!++;
}

/** The bucket of an event, -1 outside of the range. */
function createBucketOf({ from, to }: TimeRange, step: bigint): (chunk: EventChunk, at: number) => number {
  const start = splitTime(from);
  const end = splitTime(to);
  const width = Number(step);
  return ({ halves, timestamps }, at) => {
    if (isBefore(halves, at, start) || !isBefore(halves, at, end)) return -1;
    const position = distance(halves, at, start) / width;
    const bucket = Math.floor(position);
    const inside = position - bucket;
    return inside > EDGE && inside < 1 - EDGE ? bucket : Number((timestamps[at]! - from) / step);
  };
}
