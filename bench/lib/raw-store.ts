import Database from 'better-sqlite3';
import { encodeId } from '../../src/main/adapters/sqlite/event-row.ts';
import { MIGRATIONS } from '../../src/main/adapters/sqlite/migrations/migrations.ts';
import { timeOrderedIds } from '../../src/main/time-ordered-ids.ts';
import type { PlainEvent } from './events.ts';

/** What SQLite gives a program that wants nothing but the rows: the same schema, pragmas, ids and JSON, no checks, no counters. */
export interface RawStore {
  readonly db: Database.Database;
  append(events: readonly PlainEvent[]): void;
  /** Parsed, as whoever reads events wants them. */
  page(after: number, limit: number): unknown[];
  synchronous(): number;
  close(): void;
}

const PAGES_BEFORE_CHECKPOINT = 3000;

export function openRawStore(place: string): RawStore {
  const db = new Database(place);
  for (const { sql } of MIGRATIONS) db.exec(sql);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma(`wal_autocheckpoint = ${PAGES_BEFORE_CHECKPOINT}`);
  db.exec(`INSERT INTO topics(topic_id, name, name_key) VALUES (1, 'orders', x'00')`);
  const typeId = db.prepare<[string], number>('SELECT type_id FROM types WHERE name = ?').pluck();
  const addType = db.prepare('INSERT INTO types(name) VALUES (?)');
  const insert = db.prepare('INSERT INTO events(topic_id, version, type_id, ts, id, data, metadata) VALUES (1, ?, ?, ?, ?, ?, ?)');
  const setLatest = db.prepare('UPDATE topics SET last_version = ? WHERE topic_id = 1');
  const read = db
    .prepare(
      'SELECT version, name, ts, id, data, metadata FROM events JOIN types USING (type_id) WHERE topic_id = 1 AND version > ? ORDER BY version LIMIT ?',
    )
    .raw();
  const types = new Map<string, number>();
  const newId = timeOrderedIds();
  let version = 0;

  const typeOf = (name: string): number => {
    const id = types.get(name) ?? typeId.get(name) ?? Number(addType.run(name).lastInsertRowid);
    types.set(name, id);
    return id;
  };
  const append = db.transaction((events: readonly PlainEvent[]) => {
    for (const { type, data, metadata } of events) {
      const ts = BigInt(Date.now()) * 1_000_000n;
      const id = encodeId(newId());
      insert.run(++version, typeOf(type), ts, id, JSON.stringify(data), JSON.stringify(metadata));
    }
    setLatest.run(version);
  });
  return {
    db,
    append: (events) => append.immediate(events),
    page: (after, limit) =>
      (read.all(after, limit) as [number, string, number, Uint8Array, string, string][]).map(([at, type, ts, id, data, metadata]) => ({
        version: at,
        type,
        ts,
        id,
        data: JSON.parse(data) as unknown,
        metadata: JSON.parse(metadata) as unknown,
      })),
    synchronous: () => Number(db.pragma('synchronous', { simple: true })),
    close: () => void db.close(),
  };
}
