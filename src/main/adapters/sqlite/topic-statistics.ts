import type { Database } from 'better-sqlite3';
import { timeBucket } from '../../../shared/model/time-bucket.ts';
import type { TimeSpan, TopicStatistics } from '../../eventstore/ports/event-repository.ts';
import { isDamage } from './sqlite-failure.ts';
import type { TopicRow } from './topic-rows.ts';
import type { TypeNames } from './type-names.ts';

export type StatisticsReader = (topic: TopicRow, span: TimeSpan | null) => TopicStatistics | null;

const HOUR = 3_600_000_000_000n;
/** How fine the counters are, the finest first: `res` and the nanoseconds of a bucket. */
const HOURS = { res: 2, width: HOUR };
const LEVELS = [HOURS, { res: 1, width: 24n * HOUR }];
/** Rows of counters in one answer, of types or of times: about two milliseconds. */
const MOST_ROWS = 5000;
/** UTF-16 units of the names in one answer. */
const MOST_CHARS = 512 * 1024;
const LOWEST_TIME = -(2n ** 63n);
const BEYOND_TIMES = 2n ** 63n;

/**
 * Reads the counters that every append keeps in its own transaction. Null where they are more than one answer holds, or
 * do not add up to what the topic has: then somebody else wrote here.
 */
export function createStatisticsReader(db: Database, types: TypeNames): StatisticsReader {
  const totals = db.prepare<[number, number], [number, number]>('SELECT type_id, n FROM stats WHERE topic_id = ? AND res = 0 LIMIT ?');
  const inSpan = 'FROM stats WHERE topic_id = ? AND res = ? AND bucket BETWEEN ? AND ?';
  const countRows = db
    .prepare<[number, number, number, number, number], number>(`SELECT count(*) FROM (SELECT 1 ${inSpan} LIMIT ?)`)
    .pluck();
  const perBucket = db.prepare<[number, number, number, number], [number, number]>(
    `SELECT bucket, total(n) ${inSpan} GROUP BY bucket ORDER BY bucket`,
  );
  const edges = db.prepare<[number, number, number, number], [number | null, number | null]>(
    `SELECT (SELECT bucket FROM stats WHERE topic_id = ? AND res = ? ORDER BY bucket LIMIT 1),
            (SELECT bucket FROM stats WHERE topic_id = ? AND res = ? ORDER BY bucket DESC LIMIT 1)`,
  );
  for (const statement of [totals, perBucket, edges]) statement.raw();

  const readTypes = ({ topicId, lastVersion }: TopicRow): TopicStatistics['types'] | null => {
    const rows = totals.all(topicId, MOST_ROWS + 1);
    let chars = 0;
    const counted = rows.slice(0, MOST_ROWS).map(([typeId, count]) => {
      const type = types.name(typeId);
      chars += type?.length ?? Infinity;
      return { type: type ?? '', count };
    });
    if (rows.length > MOST_ROWS || chars > MOST_CHARS) return null;
    return sum(counted.map(({ count }) => count)) === lastVersion ? counted : null;
  };

  const readTimes = ({ topicId }: TopicRow): TimeSpan | null => {
    const [first, last] = edges.get(topicId, HOURS.res, topicId, HOURS.res) ?? [null, null];
    if (first === null || last === null) return null;
    const [from, to] = [BigInt(first) * HOUR, BigInt(last + 1) * HOUR];
    return { from: from < LOWEST_TIME ? LOWEST_TIME : from, to: to > BEYOND_TIMES ? BEYOND_TIMES : to };
  };

  const readBuckets = (
    { topicId, lastVersion }: TopicRow,
    span: TimeSpan | null,
  ): Pick<TopicStatistics, 'width' | 'buckets' | 'counts'> | null => {
    const { from, to } = span ?? { from: LOWEST_TIME, to: BEYOND_TIMES };
    for (const { res, width } of LEVELS) {
      const bounds = [Number(timeBucket(from, width)), Number(timeBucket(to - 1n, width))] as const;
      if (countRows.get(topicId, res, ...bounds, MOST_ROWS + 1)! > MOST_ROWS) continue;
      const rows = perBucket.all(topicId, res, ...bounds);
      const counts = Float64Array.from(rows, ([, count]) => count);
      if (span === null && sum(counts) !== lastVersion) return null;
      return { width, buckets: Float64Array.from(rows, ([bucket]) => bucket), counts };
    }
    return null;
  };

  return (topic, span) => {
    try {
      const counted = readTypes(topic);
      const buckets = counted && readBuckets(topic, span);
      return counted && buckets && { events: topic.lastVersion, types: counted, times: readTimes(topic), ...buckets };
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  };
}

function sum(counts: Iterable<number>): number {
  let all = 0;
  for (const count of counts) all += count;
  return all;
}
