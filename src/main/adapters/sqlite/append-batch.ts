import type { Database } from 'better-sqlite3';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { MAX_VERSION } from '../../../shared/model/event.ts';
import type { AppendGuard, Appended, PreparedEvent } from '../../eventstore/ports/event-repository.ts';
import { createCounters } from './counters.ts';
import { encodeId } from './event-row.ts';
import type { TopicRows } from './topic-rows.ts';

export type AppendBatch = (
  topic: string,
  batch: readonly PreparedEvent[],
  expectedVersion: number | null,
  guard: AppendGuard | undefined,
) => Appended;

/** A topic at the version that this transaction brought it to, and the one its row says. */
interface Reached {
  readonly topicId: number;
  readonly name: string;
  lastVersion: number;
  readonly stored: number;
}

interface StoredMatch {
  readonly version: bigint;
  readonly type: string;
  readonly ts: bigint;
  readonly data: string;
  readonly metadata: string | null;
}

/** The appends of one write transaction. What they have in common is kept until `settle`: versions reached, counters. */
export interface Appends {
  /**
   * The append of the port: all is decided before the first row is written, so that a refusal leaves nothing.
   * @throws EventStoreError TOPIC_NOT_FOUND, INVALID_EVENT, EVENT_ID_CONFLICT, VERSION_CONFLICT, READ_ONLY at the last version.
   */
  readonly append: AppendBatch;
  /** Writes what was kept. Before the commit, and before anything else of the transaction looks at the topics. */
  readonly settle: () => void;
  /** The transaction was undone. */
  readonly forget: () => void;
}

export function createAppends(db: Database, rows: TopicRows): Appends {
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
  const counters = createCounters(db);
  /** Topics as the transaction has them, by name, and which of them it moved on. */
  const topics = new Map<string, Reached>();
  const typeIds = new Map<string, number>();

  const findTopic = (name: string): Reached | null => {
    const known = topics.get(name);
    if (known) return known;
    const row = rows.find(name);
    const found = row && { topicId: row.topicId, name, lastVersion: row.lastVersion, stored: row.lastVersion };
    if (found) topics.set(name, found);
    return found;
  };

  /** The versions of the first time where the whole batch is a repetition, null where none of it is. */
  const findRepeated = (topic: Reached, batch: readonly PreparedEvent[]): Appended | null => {
    // Ids that were generated for this batch are new by their making: only given ones are worth a look.
    if (!batch.some(({ idGiven }) => idGiven)) return null;
    const seen = new Set<string>();
    for (const { id } of batch) {
      if (seen.has(id)) throw idConflict('An event id occurs twice in the batch', topic.name, id);
      seen.add(id);
    }
    const found = batch.map((event) => (event.idGiven ? findId.get(topic.topicId, encodeId(event.id)) : undefined));
    const known = found.findIndex((match) => match !== undefined);
    if (known < 0) return null;
    const first = Number(found[0]?.version ?? 0n);
    const same = batch.every((event, index) => isSame(event, found[index], first + index));
    if (!same) throw idConflict('The topic already holds an event of this id that is not the one given', topic.name, batch[known]?.id);
    return { first, last: first + batch.length - 1, replayed: true };
  };

  const typeIdOf = (type: string): number => {
    const known = typeIds.get(type);
    if (known !== undefined) return known;
    const typeId = findType.get(type) ?? Number(insertType.run(type).lastInsertRowid);
    typeIds.set(type, typeId);
    return typeId;
  };

  const append: AppendBatch = (name, batch, expectedVersion, guard) => {
    const guarded = guard ? (findTopic(guard.topic)?.lastVersion ?? 0) : 0;
    if (guard && guarded !== guard.version) throw versionConflict(guard.topic, guard.version, guarded);
    const topic = findTopic(name);
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
    const { topicId } = topic;
    for (const { type, id, data, metadata, timestamp } of batch) {
      const typeId = typeIdOf(type);
      topic.lastVersion++;
      insertEvent.run(topicId, topic.lastVersion, typeId, timestamp, encodeId(id), data, metadata === 'null' ? null : metadata);
      counters.count(topicId, typeId, timestamp);
    }
    return { first: actual + 1, last, replayed: false };
  };

  return {
    append,
    settle: () => {
      for (const { topicId, lastVersion, stored } of topics.values()) if (lastVersion > stored) setLatest.run(lastVersion, topicId);
      topics.clear();
      counters.write();
    },
    forget: () => {
      topics.clear();
      typeIds.clear();
      counters.clear();
    },
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
