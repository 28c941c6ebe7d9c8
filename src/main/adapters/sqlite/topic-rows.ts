import type { Database } from 'better-sqlite3';
import type { TrashedTopic } from '../../../shared/model/trash.ts';
import type { RepositoryTopic } from '../../eventstore/ports/event-repository.ts';
import { decodeConfig } from './stored-config.ts';

/** A living topic as its row says. */
export interface TopicRow {
  readonly topicId: number;
  readonly name: string;
  readonly lastVersion: number;
}

/** What the table of topics answers, over one connection. Every statement is prepared once. */
export interface TopicRows {
  find(name: string): TopicRow | null;
  describe(name: string): RepositoryTopic | null;
  list(after: string | null, limit: number): readonly RepositoryTopic[];
  listTrash(after: string | null, limit: number): readonly TrashedTopic[];
  findTrashed(entry: string, name: string): { readonly topicId: number } | null;
  countLiving(): number;
}

/** Compares as the names do in JavaScript: by code unit. */
export function nameKey(name: string): Buffer {
  return Buffer.from(name, 'utf16le').swap16();
}

export function createTopicRows(db: Database): TopicRows {
  const find = db.prepare<[Buffer], [number, string, number]>(
    'SELECT topic_id, name, last_version FROM topics WHERE name_key = ? AND deleted_at IS NULL',
  );
  const describe = db.prepare<[Buffer], [string, string | null]>(
    'SELECT name, config FROM topics WHERE name_key = ? AND deleted_at IS NULL',
  );
  const list = db.prepare<[Buffer, number], [string, string | null]>(
    'SELECT name, config FROM topics WHERE name_key > ? AND deleted_at IS NULL ORDER BY name_key LIMIT ?',
  );
  const listTrash = db.prepare<[string, number], [string, string, string | null, number]>(
    'SELECT trash_entry, name, config, last_version FROM topics WHERE trash_entry > ? ORDER BY trash_entry LIMIT ?',
  );
  const findTrashed = db.prepare<[string, Buffer], [number]>('SELECT topic_id FROM topics WHERE trash_entry = ? AND name_key = ?');
  const countLiving = db.prepare<[], [number]>('SELECT count(*) FROM topics WHERE deleted_at IS NULL');
  for (const statement of [find, describe, list, listTrash, findTrashed, countLiving]) statement.raw();

  return {
    find: (name) => {
      const row = find.get(nameKey(name));
      return row ? { topicId: row[0], name: row[1], lastVersion: row[2] } : null;
    },
    describe: (name) => {
      const row = describe.get(nameKey(name));
      return row ? topicOf(row) : null;
    },
    list: (after, limit) => list.all(nameKey(after ?? ''), limit).map(topicOf),
    listTrash: (after, limit) =>
      listTrash.all(after ?? '', limit).map(([entry, topic, config, latestVersion]) => ({
        entry,
        topic,
        config: decodeConfig(config),
        latestVersion,
      })),
    findTrashed: (entry, name) => {
      const row = findTrashed.get(entry, nameKey(name));
      return row ? { topicId: row[0] } : null;
    },
    countLiving: () => countLiving.get()?.[0] ?? 0,
  };
}

function topicOf([name, config]: [string, string | null]): RepositoryTopic {
  return { name, config: decodeConfig(config), hasData: true };
}
