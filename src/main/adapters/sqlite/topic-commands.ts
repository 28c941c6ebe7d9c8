import type { Database } from 'better-sqlite3';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { TopicConfig } from '../../../shared/model/topic-config.ts';
import type { Leftover } from '../../eventstore/ports/event-repository.ts';
import { encodeConfig } from './stored-config.ts';
import { nameKey, type TopicRow, type TopicRows } from './topic-rows.ts';

/** Changes to the table of topics. Each runs inside the caller's write transaction and decides before it writes. */
export interface TopicCommands {
  create(config: TopicConfig, leftover: Leftover, trashEntry: string): void;
  writeConfig(config: TopicConfig): void;
  trash(name: string, entry: string): string;
  restore(entry: string, name: string, config: TopicConfig): void;
  /** Takes a topic out of the trash for good; its events go afterwards, slice by slice. */
  startPurge(entry: string, name: string): void;
  /** Removes a slice of what is being purged; false when nothing is left. */
  purgeSlice(): boolean;
}

/** Events removed in one transaction, and bytes of their texts, of one event at least: readers and other writers come in between. */
const PURGE_SLICE = 1000;
const PURGE_BYTES = 16 * 1024 * 1024;

export function createTopicCommands(db: Database, rows: TopicRows, now: () => bigint): TopicCommands {
  const insert = db.prepare('INSERT INTO topics(name, name_key, config) VALUES (?, ?, ?)');
  const setConfig = db.prepare('UPDATE topics SET config = ? WHERE topic_id = ?');
  const setTrashed = db.prepare('UPDATE topics SET deleted_at = ?, trash_entry = ? WHERE topic_id = ?');
  const isTaken = db.prepare('SELECT 1 FROM topics WHERE trash_entry = ?').pluck();
  const setLiving = db.prepare(
    'UPDATE topics SET name = ?, name_key = ?, config = ?, deleted_at = NULL, trash_entry = NULL WHERE topic_id = ?',
  );
  const setPurging = db.prepare('UPDATE topics SET trash_entry = NULL WHERE topic_id = ?');
  const anyPurging = db
    .prepare<[], number>('SELECT topic_id FROM topics WHERE deleted_at IS NOT NULL AND trash_entry IS NULL LIMIT 1')
    .pluck();
  const lowest = db
    .prepare<[number, number], [version: number, bytes: number]>(
      `SELECT version, octet_length(data) + ifnull(octet_length(metadata), 0) FROM events INDEXED BY events_tv
       WHERE topic_id = ? ORDER BY version LIMIT ?`,
    )
    .raw();
  const removeEvents = db.prepare('DELETE FROM events WHERE topic_id = ? AND version <= ?');
  const removeStats = db.prepare('DELETE FROM stats WHERE topic_id = ?');
  const removeTopic = db.prepare('DELETE FROM topics WHERE topic_id = ?');

  const mustFind = (name: string): TopicRow =>
    rows.find(name) ?? refuse('TOPIC_NOT_FOUND', `There is no topic "${name}" in this database.`, { topic: name });
  const mustFindTrashed = (entry: string, name: string): number =>
    rows.findTrashed(entry, name)?.topicId ??
    refuse('TOPIC_NOT_FOUND', `The trash holds no topic "${name}" under "${entry}". List the trash to see what is there.`, {
      topic: name,
      entry,
    });
  const leftoverData = (name: string): never =>
    refuse('LEFTOVER_DATA', `This database already holds a topic "${name}". Adopt it, move it to the trash, or choose another name.`, {
      topic: name,
    });

  const moveToTrash = ({ topicId }: TopicRow, wanted: string): string => {
    let entry = wanted;
    for (let n = 1; isTaken.get(entry) !== undefined; n++) entry = `${wanted}.${n}`;
    setTrashed.run(now(), entry, topicId);
    return entry;
  };

  return {
    create: (config, leftover, trashEntry) => {
      mustBeText(config.name);
      const existing = rows.find(config.name);
      if (existing && leftover === 'refuse') leftoverData(config.name);
      if (existing && leftover === 'adopt') {
        setConfig.run(encodeConfig(config), existing.topicId);
        return;
      }
      if (existing) moveToTrash(existing, trashEntry);
      insert.run(config.name, nameKey(config.name), encodeConfig(config));
    },
    writeConfig: (config) => {
      setConfig.run(encodeConfig(config), mustFind(config.name).topicId);
    },
    trash: (name, entry) => moveToTrash(mustFind(name), entry),
    restore: (entry, name, config) => {
      mustBeText(config.name);
      const topicId = mustFindTrashed(entry, name);
      if (rows.find(config.name)) leftoverData(config.name);
      setLiving.run(config.name, nameKey(config.name), encodeConfig(config), topicId);
    },
    startPurge: (entry, name) => {
      setPurging.run(mustFindTrashed(entry, name));
    },
    purgeSlice: () => {
      const topicId = anyPurging.get();
      if (topicId === undefined) return false;
      const last = lastOfSlice(lowest.all(topicId, PURGE_SLICE));
      if (last !== null) removeEvents.run(topicId, last);
      else {
        removeStats.run(topicId);
        removeTopic.run(topicId);
      }
      return true;
    },
  };
}

/** The version up to which ascending events fit into a slice. */
function lastOfSlice(events: readonly (readonly [version: number, bytes: number])[]): number | null {
  let last: number | null = null;
  let room = PURGE_BYTES;
  for (const [version, bytes] of events) {
    room -= bytes;
    if (room < 0 && last !== null) break;
    last = version;
  }
  return last;
}

/** SQLite stores UTF-8, which has no half surrogates: two such names would become one. */
function mustBeText(name: string): void {
  if (name === '' || !name.isWellFormed()) {
    refuse('INVALID_TOPIC_NAME', 'A topic needs a name of whole characters; this one is empty or holds half of a surrogate pair.', {
      name,
    });
  }
}

function refuse(
  code: 'TOPIC_NOT_FOUND' | 'LEFTOVER_DATA' | 'INVALID_TOPIC_NAME',
  message: string,
  details: Readonly<Record<string, unknown>>,
): never {
  throw new EventStoreError(code, message, details);
}
