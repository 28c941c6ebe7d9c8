import Database from 'better-sqlite3';
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { APPLICATION_ID } from '../../../src/main/adapters/sqlite/application-id.ts';
import { migrate } from '../../../src/main/adapters/sqlite/migrations/migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '../../../src/main/adapters/sqlite/migrations/migrations.ts';
import { sqliteAdapter } from '../../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { configOf, eventOf, eventsOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

/** The opening fails with `code`, without changing anything. */
async function refusesUntouched(code: string, create = false): Promise<void> {
  const before = treeSnapshot(folder.path);
  await expect(folder.open({ create })).rejects.toMatchObject({ name: 'EventStoreError', code });
  expect(treeSnapshot(folder.path)).toEqual(before);
}

function headerWord(offset: number): number {
  const handle = openSync(folder.place, 'r');
  const header = Buffer.alloc(100);
  readSync(handle, header, 0, 100, 0);
  closeSync(handle);
  return header.readUInt32BE(offset);
}

describe('opening', () => {
  test('the header says Tidm and the schema version', async () => {
    await seed(folder);
    expect(APPLICATION_ID).toBe(0x5469646d);
    expect(headerWord(68)).toBe(0x5469646d);
    expect(headerWord(60)).toBe(SCHEMA_VERSION);
  });

  test('a missing file is STORAGE_UNAVAILABLE and is not made', async () => {
    await refusesUntouched('STORAGE_UNAVAILABLE');
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('an empty file without leave to create is STORAGE_UNAVAILABLE and stays empty', async () => {
    writeFileSync(folder.place, '');
    await refusesUntouched('STORAGE_UNAVAILABLE');
  });

  test('an empty file becomes a store at the first write', async () => {
    writeFileSync(folder.place, '');
    await seed(folder);
    const repository = await folder.open({ create: false });
    expect(await repository.latestVersion('orders')).toBe(3);
  });

  test.each([true, false])('a text file, a folder and a pipe are NOT_A_STORE, with create %s', async (create) => {
    writeFileSync(folder.place, 'dear diary, '.repeat(500));
    await refusesUntouched('NOT_A_STORE', create);
    renameSync(folder.place, join(folder.path, 'diary'));
    mkdirSync(folder.place);
    await refusesUntouched('NOT_A_STORE', create);
    renameSync(folder.place, join(folder.path, 'folder'));
    execFileSync('mkfifo', [folder.place]);
    await expect(folder.open({ create })).rejects.toMatchObject({
      code: 'NOT_A_STORE',
      details: { found: 'something that is not a file' },
    });
  });

  test.each(['delete', 'wal'])(
    'the database of another program in %s mode is NOT_A_STORE, naming what was looked for and found',
    async (mode) => {
      const db = new Database(folder.place);
      db.pragma(`journal_mode = ${mode}`);
      db.exec('CREATE TABLE notes(text); PRAGMA application_id = 42');
      db.close();
      await refusesUntouched('NOT_A_STORE', true);
      await expect(folder.open()).rejects.toMatchObject({
        details: { lookedFor: expect.any(String), found: expect.stringContaining('0x0000002a') },
      });
    },
  );

  test('a store of a newer schema is REPOSITORY_FAILED and stays as it is', async () => {
    await seed(folder);
    const db = folder.raw();
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    db.close();
    await refusesUntouched('REPOSITORY_FAILED', true);
  });

  test('a trigger or a changed table of a foreign hand is REPOSITORY_FAILED', async () => {
    await seed(folder);
    const db = folder.raw();
    db.exec('CREATE TRIGGER sly AFTER INSERT ON events BEGIN DELETE FROM events; END');
    db.close();
    await refusesUntouched('REPOSITORY_FAILED');
    const again = folder.raw();
    again.exec('DROP TRIGGER sly; ALTER TABLE events ADD COLUMN extra TEXT');
    again.close();
    await refusesUntouched('REPOSITORY_FAILED');
  });

  test('an index that somebody added does no harm', async () => {
    await seed(folder);
    const db = folder.raw();
    db.exec('CREATE INDEX mine ON events(ts)');
    db.close();
    const repository = await folder.open();
    await repository.append('orders', eventsOf(1, 4), 3);
  });

  test('opening with create writes nothing before the first write', async () => {
    const repository = await folder.open();
    expect(await repository.listTopics(null, 10)).toEqual([]);
    expect(await repository.findTopic('orders')).toBeNull();
    expect(await repository.listTrash(null, 10)).toEqual([]);
    await expect(repository.latestVersion('orders')).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
    expect(await repository.changeToken('orders')).toBe('');
    await repository.health();
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test('opening and reading change neither bytes nor times', async () => {
    await seed(folder, 300);
    const before = treeSnapshot(folder.path);
    const repository = await folder.open({ create: false });
    await repository.listTopics(null, 10);
    await repository.read('orders', { direction: 'forward', cursor: 0, limit: 1000 });
    await repository.read('orders', { direction: 'backward', cursor: null, limit: 10, types: ['Happened'] });
    await repository.count('orders', 0);
    await repository.changeToken('orders');
    await repository.health();
    await repository.close();
    expect(treeSnapshot(folder.path)).toEqual(before);
  });

  test('a step of the schema that fails leaves the database as it was', async () => {
    const db = folder.raw();
    const steps = [...MIGRATIONS, { version: SCHEMA_VERSION + 1, sql: 'CREATE TABLE more(a) STRICT' }];
    db.exec('BEGIN');
    expect(() => migrate(db, 0, steps)).toThrow(expect.objectContaining({ code: 'SQLITE_ERROR' }));
    db.exec('ROLLBACK');
    expect(db.pragma('user_version', { simple: true })).toBe(0);
    expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_step, index) => index + 1));
  });

  test('every table is strict', async () => {
    await seed(folder);
    const tables = folder.raw().pragma('table_list') as { name: string; strict: number; schema: string }[];
    const own = tables.filter(({ name, schema }) => schema === 'main' && !name.startsWith('sqlite_'));
    expect(own.map(({ name, strict }) => [name, strict]).sort()).toEqual([
      ['events', 1],
      ['stats', 1],
      ['topics', 1],
      ['types', 1],
    ]);
  });
});

describe('locating', () => {
  const adapter = sqliteAdapter();

  test('spellings of one file have one identity, the file there or not', async () => {
    const spellings = ['store.db', './store.db', 'x/../store.db', folder.place];
    const identities = async (): Promise<string[]> =>
      (await Promise.all(spellings.map((spelling) => adapter.locate(spelling, folder.path)))).map(({ identity }) => identity);
    expect(new Set(await identities()).size).toBe(1);
    const before = await identities();
    await seed(folder);
    expect(await identities()).toEqual(before);
  });

  test('a place beyond the folder is outside, also through a link', async () => {
    const { symlinkSync } = await import('node:fs');
    symlinkSync('/usr', join(folder.path, 'link'));
    expect(await adapter.locate('a/store.db', folder.path)).toMatchObject({ outside: false });
    expect(await adapter.locate('../store.db', folder.path)).toMatchObject({ outside: true });
    expect(await adapter.locate('link/store.db', folder.path)).toMatchObject({ outside: true });
    expect(await adapter.locate('..store.db', folder.path)).toMatchObject({ outside: false });
  });

  test.each(['', 'a\0b'])('%j is no connection', async (connection) => {
    await expect(adapter.locate(connection, folder.path)).rejects.toMatchObject({ code: 'INVALID_TOPIC_CONFIG' });
  });

  test.each(['\\\\server\\share\\a.db', '//server/share/a.db', '\\\\.\\pipe\\x', '\\\\?\\C:\\a.db'])(
    '%s is not looked at unless allowed',
    async (connection) => {
      await expect(adapter.locate(connection, folder.path)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
      expect(await sqliteAdapter({ networkPaths: true }).locate(connection, folder.path)).toMatchObject({ connection });
    },
  );

  test('names that mean something to SQLite are names of files', async () => {
    for (const name of [':memory:', 'file:x?mode=memory']) {
      const repository = await adapter.open(await adapter.locate(name, folder.path), { create: true, lockWait: 0 });
      await repository.createTopic(configOf('orders'), 'refuse', '1');
      await repository.append('orders', [eventOf('a')], 0);
      await repository.close();
      expect(readdirSync(folder.path)).toContain(name);
    }
  });
});
