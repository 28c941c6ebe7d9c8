import type { Database } from 'better-sqlite3';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { MAX_VERSION } from '../../../shared/model/event.ts';
import type { Appended, PreparedEvent } from '../../eventstore/ports/event-repository.ts';
import { encodeId } from './event-row.ts';
import type { TopicRow, TopicRows } from './topic-rows.ts';

export type AppendBatch = (topic: string, batch: readonly PreparedEvent[], expectedVersion: number | null) => Appended;

interface StoredMatch {
  readonly version: bigint;
  readonly type: string;
  readonly ts: bigint;
  readonly data: string;
  readonly metadata: string | null;
}

const HOUR = 3_600_000_000_000n;
const LEVELS: readonly { readonly res: number; readonly bucket: (ts: bigint) => bigint }[] = [
  { res: 0, bucket: () => 0n },
  { res: 1, bucket: (ts) => floorDiv(ts, HOUR * 24n) },
  { res: 2, bucket: (ts) => floorDiv(ts, HOUR) },
];

/**
 * The append of the port, to be run inside a write transaction: all is decided before the first row is written.
 * @throws EventStoreError TOPIC_NOT_FOUND, INVALID_EVENT, EVENT_ID_CONFLICT, VERSION_CONFLICT, READ_ONLY at the last version.
 */
export function createAppendBatch(db: Database, rows: TopicRows): AppendBatch {
  // Left to itself SQLite walks the whole topic in version order to save the sort. A named index is used or refused.
  const findId = db
    .prepare<[number, string | Buffer], StoredMatch>(
      `SELECT version, name AS type, ts, data, metadata FROM events INDEXED BY events_id CROSS JOIN types USING (type_id)
       WHERE topic_id = ? AND id = ? ORDER BY version LIMIT 1`,
    )
    .safeIntegers();
  const findType = db.prepare<[string], number>('SELECT type_id FROM types WHERE name = ?').pluck();
  const insertType = db.prepare('INSERT INTO types(name) VALUES (?)');
  const insertEvent = db.prepare('INSERT INTO events(topic_id, version, type_id, ts, id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const setLatest = db.prepare('UPDATE topics SET last_version = ? WHERE topic_id = ?');
  const addCount = db.prepare(
    'INSERT INTO stats(topic_id, res, bucket, type_id, n) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
  );

  /** The versions of the first time where the whole batch is a repetition, null where none of it is. */
  const findRepeated = (topic: TopicRow, batch: readonly PreparedEvent[]): Appended | null => {
    const seen = new Set<string>();
    for (const { id } of batch) {
      if (seen.has(id)) throw idConflict('An event id occurs twice in the batch', topic.name, id);
      seen.add(id);
    }
    // An id that was generated for this batch is new by its making: only given ones are worth a look.
    const found = batch.map((event) => (event.idGiven ? findId.get(topic.topicId, encodeId(event.id)) : undefined));
    const known = found.findIndex((match) => match !== undefined);
    if (known < 0) return null;
    const first = Number(found[0]?.version ?? 0n);
    const same = batch.every((event, index) => isSame(event, found[index], first + index));
    if (!same) throw idConflict('The topic already holds an event of this id that is not the one given', topic.name, batch[known]?.id);
    return { first, last: first + batch.length - 1, replayed: true };
  };

  const typeIdOf = (type: string): number => findType.get(type) ?? Number(insertType.run(type).lastInsertRowid);

  const count = (topicId: number, batch: readonly PreparedEvent[], typeIds: ReadonlyMap<string, number>): void => {
    const counts = new Map<string, { res: number; bucket: bigint; typeId: number; n: number }>();
    for (const event of batch) {
      const typeId = typeIds.get(event.type)!;
      for (const { res, bucket: bucketOf } of LEVELS) {
        const bucket = bucketOf(event.timestamp);
        const key = `${res}:${bucket}:${typeId}`;
        const counted = counts.get(key);
        if (counted) counted.n++;
        else counts.set(key, { res, bucket, typeId, n: 1 });
      }
    }
    for (const { res, bucket, typeId, n } of counts.values()) addCount.run(topicId, res, bucket, typeId, n);
  };

  return (name, batch, expectedVersion) => {
    const topic = rows.find(name);
    if (!topic) throw new EventStoreError('TOPIC_NOT_FOUND', `There is no topic "${name}" in this database.`, { topic: name });
    for (const event of batch) mustBeText(event);
    const repeated = findRepeated(topic, batch);
    if (repeated) return repeated;
    const actual = topic.lastVersion;
    if (expectedVersion !== null && expectedVersion !== actual) throw versionConflict(name, expectedVersion, actual);
    const last = actual + batch.length;
    if (last > MAX_VERSION) {
      throw new EventStoreError('READ_ONLY', `The topic "${name}" is at version ${actual}; later versions could not be told apart.`, {
        topic: name,
        actual,
      });
    }
    const typeIds = new Map<string, number>();
    let version = actual;
    for (const event of batch) {
      let typeId = typeIds.get(event.type);
      if (typeId === undefined) typeIds.set(event.type, (typeId = typeIdOf(event.type)));
      const metadata = event.metadata === 'null' ? null : event.metadata;
      insertEvent.run(topic.topicId, ++version, typeId, event.timestamp, encodeId(event.id), event.data, metadata);
    }
    setLatest.run(last, topic.topicId);
    count(topic.topicId, batch, typeIds);
    return { first: actual + 1, last, replayed: false };
  };
}

function isSame(given: PreparedEvent, stored: StoredMatch | undefined, version: number): boolean {
  return (
    given.idGiven &&
    stored !== undefined &&
    Number(stored.version) === version &&
    given.type === stored.type &&
    given.data === stored.data &&
    given.metadata === (stored.metadata ?? 'null') &&
    (!given.timestampGiven || given.timestamp === stored.ts)
  );
}

/** UTF-8 has no half surrogates: they would come back as something else. JsonText is whole by its making. */
function mustBeText({ id, type }: PreparedEvent): void {
  if (id.isWellFormed() && type.isWellFormed()) return;
  throw new EventStoreError('INVALID_EVENT', 'The id or the type of an event holds half of a surrogate pair, which cannot be stored.', {
    id,
    type,
  });
}

function versionConflict(topic: string, expected: number, actual: number): EventStoreError {
  const message = `The topic "${topic}" is at version ${actual}, not ${expected}: someone else has written to it. Read what is new, then decide again.`;
  return new EventStoreError('VERSION_CONFLICT', message, { topic, expected, actual });
}

function idConflict(reason: string, topic: string, id: string | undefined): EventStoreError {
  const advice = 'Nothing was written. Repeat a batch exactly as it was, or give new events new ids.';
  return new EventStoreError('EVENT_ID_CONFLICT', `${reason}: "${id}" in topic "${topic}". ${advice}`, { topic, id });
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value < 0n && quotient * by !== value ? quotient - 1n : quotient;
}
