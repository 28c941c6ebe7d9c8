import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { LogCopier } from '../../../src/main/adapters/sqlite/log-copier.ts';
import { sqliteAdapter } from '../../../src/main/adapters/sqlite/sqlite-adapter.ts';
import type { EventRepository, OpenOptions, PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { JSON_NULL, type JsonText } from '../../../src/shared/model/json-text.ts';
import type { TopicConfig } from '../../../src/shared/model/topic-config.ts';
import { openTempFolder } from '../../support/temp-folder.ts';

/** A folder with one database, and everything opened on it through here, closed together. */
export interface DatabaseFolder {
  readonly path: string;
  readonly place: string;
  open(options?: Partial<OpenOptions>, logCopier?: LogCopier): Promise<EventRepository>;
  /** A connection behind the repository's back. */
  raw(): Database.Database;
  close(): Promise<void>;
}

export function openDatabaseFolder(): DatabaseFolder {
  const folder = openTempFolder('sqlite');
  const place = join(folder.path, 'store.db');
  const repositories: EventRepository[] = [];
  const connections: Database.Database[] = [];
  return {
    path: folder.path,
    place,
    open: async (options = {}, logCopier) => {
      const adapter = sqliteAdapter({ logCopier });
      const repository = await adapter.open(await adapter.locate('store.db', folder.path), { create: true, lockWait: 200, ...options });
      repositories.push(repository);
      return repository;
    },
    raw: () => {
      const db = new Database(place);
      connections.push(db);
      return db;
    },
    close: async () => {
      for (const db of connections) db.close();
      for (const repository of repositories) await repository.close();
      folder.close();
    },
  };
}

export function configOf(name: string): TopicConfig {
  return { name, adapter: 'sqlite', connection: '.', options: {} };
}

export function eventOf(id: string, given: Partial<PreparedEvent> = {}): PreparedEvent {
  return { id, idGiven: true, type: 'Happened', data: JSON_NULL, metadata: JSON_NULL, timestamp: 1n, timestampGiven: true, ...given };
}

/** `count` events e<from>, e<from+1>, … whose data tells their number. */
export function eventsOf(count: number, from = 1): PreparedEvent[] {
  return Array.from({ length: count }, (_none, index) => eventOf(`e${from + index}`, { data: `{"n":${from + index}}` as JsonText }));
}

/** A database with the topic `orders` and `count` events, at rest. */
export async function seed(folder: DatabaseFolder, count = 3): Promise<void> {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  if (count > 0) await repository.append('orders', eventsOf(count), 0);
  await repository.close();
}
