import type { Database } from 'better-sqlite3';

/** How many events of each type a topic has: in all, by day and by hour. Gathered in memory, written once a transaction. */
export interface Counters {
  /** `timestamp` in nanoseconds since the epoch. */
  count(topicId: number, typeId: number, timestamp: bigint): void;
  /** Adds what was counted to the table, inside the transaction that holds the events. */
  write(): void;
  /** Forgets what was counted: its transaction was undone. */
  clear(): void;
}

interface Hour {
  readonly topicId: number;
  readonly hour: bigint;
  readonly start: bigint;
  readonly end: bigint;
  /** Events by type. */
  readonly types: Map<number, number>;
}

const HOUR = 3_600_000_000_000n;
const LEVELS: readonly { readonly res: number; readonly bucket: (hour: bigint) => bigint }[] = [
  { res: 0, bucket: () => 0n },
  { res: 1, bucket: (hour) => floorDiv(hour, 24n) },
  { res: 2, bucket: (hour) => hour },
];

export function createCounters(db: Database): Counters {
  const add = db.prepare<[number, number, bigint, number, number]>(
    'INSERT INTO stats(topic_id, res, bucket, type_id, n) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
  );
  const hours = new Map<string, Hour>();
  /** Most events fall into the hour of the one before. */
  let latest: Hour | null = null;

  const hourOf = (topicId: number, timestamp: bigint): Hour => {
    const hour = floorDiv(timestamp, HOUR);
    const key = `${topicId}:${hour}`;
    const known = hours.get(key);
    if (known) return known;
    const made: Hour = { topicId, hour, start: hour * HOUR, end: (hour + 1n) * HOUR, types: new Map() };
    hours.set(key, made);
    return made;
  };

  const clear = (): void => {
    hours.clear();
    latest = null;
  };

  return {
    count: (topicId, typeId, timestamp) => {
      if (latest?.topicId !== topicId || timestamp < latest.start || timestamp >= latest.end) latest = hourOf(topicId, timestamp);
      latest.types.set(typeId, (latest.types.get(typeId) ?? 0) + 1);
    },
    write: () => {
      for (const { res, bucket } of LEVELS) {
        const sums = new Map<string, [topicId: number, res: number, bucket: bigint, typeId: number, n: number]>();
        for (const { topicId, hour, types } of hours.values()) {
          const at = bucket(hour);
          for (const [typeId, n] of types) {
            const key = `${topicId}:${at}:${typeId}`;
            const sum = sums.get(key);
            if (sum) sum[4] += n;
            else sums.set(key, [topicId, res, at, typeId, n]);
          }
        }
        for (const sum of sums.values()) add.run(...sum);
      }
      clear();
    },
    clear,
  };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
