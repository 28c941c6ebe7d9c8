import type { EventRepository, TimeSpan, TopicStatistics } from '../../../src/main/eventstore/ports/event-repository.ts';
import type { StoredEvent } from '../../../src/shared/model/event.ts';
import { timeBucket } from '../../../src/shared/model/time-bucket.ts';
import { allOf, mistake, type BrokenRepository } from './broken-repository.ts';

const HOUR = 3_600_000_000_000n;

/** The counters of these events, as a repository that counts would have them. */
function counted(events: readonly StoredEvent[], bucketOf = (time: bigint): bigint => timeBucket(time, HOUR)): TopicStatistics {
  const by = <K>(key: (event: StoredEvent) => K): Map<K, number> =>
    new Map([...Map.groupBy(events, key)].map(([name, group]) => [name, group.length]));
  const times = [...by(({ timestamp }) => Number(bucketOf(timestamp)))].sort(([a], [b]) => a - b);
  const edges = events.map(({ timestamp }) => timestamp).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    events: events.length,
    types: [...by(({ type }) => type)].map(([type, count]) => ({ type, count })),
    times: events.length === 0 ? null : { from: edges[0]!, to: edges.at(-1)! + 1n },
    width: HOUR,
    buckets: Float64Array.from(times, ([bucket]) => bucket),
    counts: Float64Array.from(times, ([, count]) => count),
  };
}

const within = (span: TimeSpan | null, { timestamp }: StoredEvent): boolean =>
  !span || (timeBucket(timestamp, HOUR) + 1n > timeBucket(span.from, HOUR) && timeBucket(timestamp, HOUR) * HOUR < span.to);

const known = async (right: EventRepository, topic: string): Promise<readonly StoredEvent[]> => {
  await right.latestVersion(topic);
  return allOf(right, topic);
};

export const BROKEN_STATISTICS: readonly BrokenRepository[] = [
  mistake(
    'rounds times before the epoch towards it when it counts them',
    (right) => ({
      async statistics(topic, span) {
        return counted(
          (await known(right, topic)).filter((event) => within(span, event)),
          (time) => time / HOUR,
        );
      },
    }),
    'what a repository counts of types and times',
  ),
  mistake(
    'counts all times, whatever the span',
    (right) => ({ statistics: async (topic) => counted(await known(right, topic)) }),
    'what is counted within a span',
  ),
  mistake(
    'counts a retry twice',
    (right) => {
      let replayed: readonly StoredEvent[] = [];
      return {
        async append(topic, batch, expectedVersion) {
          const appended = await right.append(topic, batch, expectedVersion);
          if (appended.replayed) replayed = await allOf(right, topic);
          return appended;
        },
        statistics: async (topic) => counted([...(await known(right, topic)), ...replayed]),
      };
    },
    'a retry and a refused append are not counted',
  ),
  mistake(
    'counts nothing where there is no topic',
    (right) => ({ statistics: async (topic) => counted(await allOf(right, topic)) }),
    'counters of an unknown topic',
  ),
];
