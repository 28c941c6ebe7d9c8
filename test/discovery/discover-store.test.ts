import Database from 'better-sqlite3';
import { chmodSync, cpSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { openAdapters } from '../../src/main/adapter-table.ts';
import { createStore, openStore } from '../../src/main/compose.ts';
import { discoverStore } from '../../src/main/discovery/discover-store.ts';
import type { StoreLocation } from '../../src/main/discovery/store-location.ts';
import { isEventStoreError, type ErrorCode, type EventStoreError } from '../../src/shared/model/errors.ts';
import { openStoreCopy } from '../compat/copied-store.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';

const { adapters, close: closeAdapters } = openAdapters('inline', false);
afterAll(closeAdapters);

let folder: TempFolder;
beforeEach(() => {
  folder = openTempFolder('discovery');
  onTestFinished(() => folder.close());
});

const discover = (path: string, configTopic?: string): Promise<StoreLocation> => discoverStore(path, { adapters, configTopic });

/** An event file as the Go original writes it. */
function writeEvent(repository: string, topic: string, version: number, type: string, data: unknown, metadata: unknown): void {
  const events = join(repository, 'events', topic);
  mkdirSync(events, { recursive: true });
  const event = { id: `${topic}-${version}`, topic, type, data, metadata, timestamp: 1, version };
  writeFileSync(join(events, `v${String(version).padStart(10, '0')}.json`), JSON.stringify(event));
}

function writeTopic(repository: string, topic: string): void {
  mkdirSync(join(repository, 'configs'), { recursive: true });
  mkdirSync(join(repository, 'events', topic), { recursive: true });
  writeFileSync(
    join(repository, 'configs', `${topic}.json`),
    JSON.stringify({ name: topic, adapter: 'fs', connection: 'x', options: null }),
  );
}

const SOURCE = { source: 'eventstore' };

/** A configuration topic whose one event creates `creates` at `connection`. */
function writeConfigTopic(repository: string, topic: string, creates: string, connection: string, from = 1): void {
  writeTopic(repository, topic);
  writeEvent(repository, topic, from, 'TopicCreated', { adapter: 'fs', connection, name: creates, options: null }, SOURCE);
}

async function refusal(work: Promise<unknown>, code: ErrorCode): Promise<EventStoreError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isEventStoreError(error)) throw new Error(`Refused with ${String(error)}, not with ${code}`);
  expect(error.code).toBe(code);
  return error;
}

describe('what can be opened', () => {
  test('a Go-written store: the folder above its repositories', async () => {
    const copy = openStoreCopy('small');
    onTestFinished(copy.close);
    const before = treeSnapshot(copy.path);
    expect(await discover(copy.path)).toEqual({
      path: copy.path,
      kind: 'fs',
      base: copy.path,
      own: { adapter: 'fs', place: copy.path, connection: '.' },
      configStream: { name: 'config', adapter: 'fs', connection: 'config-repository', options: {} },
      topics: [],
    });
    expect(treeSnapshot(copy.path)).toEqual(before);
  });

  test('its configuration repository alone: connections resolve against the folder above, where they lead somewhere', async () => {
    const copy = openStoreCopy('small');
    onTestFinished(copy.close);
    const location = await discover(join(copy.path, 'config-repository'));
    expect(location).toMatchObject({ base: copy.path, configStream: { connection: 'config-repository' } });
    const { store, close } = await openStore(join(copy.path, 'config-repository'), { storage: 'inline' });
    onTestFinished(close);
    expect(await store.getLatestVersion('orders')).toBe(12);
  });

  test('a repository that is the base of its own topics', async () => {
    writeConfigTopic(folder.path, 'config', 'orders', '.');
    writeTopic(folder.path, 'orders');
    expect(await discover(folder.path)).toMatchObject({ base: folder.path, configStream: { name: 'config', connection: '.' } });
  });

  test('the folder above a repository that is the base of its own topics', async () => {
    const home = join(folder.path, 'home');
    writeConfigTopic(home, 'config', 'orders', '.');
    expect(await discover(folder.path)).toMatchObject({ base: home, configStream: { connection: '.' } });
  });

  test.each(['sqlite', 'fs'] as const)('a new %s store, found again as it was made', async (adapter) => {
    const path = join(folder.path, 'new-store');
    const made = await createStore(path, { adapter });
    expect(await discover(path)).toEqual(made);
    expect(made).toMatchObject({ kind: adapter, configStream: { name: 'configuration', adapter, connection: '.', options: {} } });
  });

  test.each(['sqlite', 'fs'] as const)('a new %s store with a configuration topic of any name, still empty', async (adapter) => {
    const path = join(folder.path, 'new-store');
    await createStore(path, { adapter, configTopic: 'catalogue' });
    expect((await discover(path)).configStream).toMatchObject({ name: 'catalogue', adapter, connection: '.' });
  });

  test.each(['sqlite', 'fs'] as const)('a %s store under a new name: "." is the store itself', async (adapter) => {
    const path = join(folder.path, 'first');
    await createStore(path, { adapter });
    const first = await openStore(path, { storage: 'inline' });
    await first.store.createTopic({ name: 'orders' });
    await first.store.appendEvents('orders', [{ type: 'A' }]);
    await first.close();
    const moved = join(folder.path, 'second');
    cpSync(path, moved, { recursive: true });
    const second = await openStore(moved, { storage: 'inline' });
    onTestFinished(second.close);
    await second.store.appendEvents('orders', [{ type: 'B' }]);
    const again = await openStore(path, { storage: 'inline' });
    onTestFinished(again.close);
    expect([await second.store.getLatestVersion('orders'), await again.store.getLatestVersion('orders')]).toEqual([2, 1]);
  });

  test('a SQLite store through a link: its neighbours are where the file really is', async () => {
    const path = join(folder.path, 'store.db');
    await createStore(path);
    mkdirSync(join(folder.path, 'links'));
    const link = join(folder.path, 'links/shortcut');
    symlinkSync(path, link);
    expect(await discover(link)).toMatchObject({ path: link, base: folder.path });
  });

  test('tidemark.json names the configuration topic, whatever else lies there', async () => {
    writeConfigTopic(join(folder.path, 'a'), 'config', 'orders', 'a');
    const configStream = { name: 'config', adapter: 'fs', connection: 'b', options: { k: 'v' } };
    writeFileSync(join(folder.path, 'tidemark.json'), JSON.stringify({ configStream }));
    expect(await discover(folder.path)).toMatchObject({ base: folder.path, configStream });
  });

  test('an empty topic called config or configuration, where no topic holds configuration events', async () => {
    writeTopic(folder.path, 'config');
    writeTopic(folder.path, 'orders');
    expect((await discover(folder.path)).configStream).toMatchObject({ name: 'config' });
    writeConfigTopic(folder.path, 'other', 'orders', '.');
    expect((await discover(folder.path)).configStream).toMatchObject({ name: 'other' });
  });

  test('a configuration topic whose first events are of another kind', async () => {
    writeTopic(folder.path, 'mixed');
    for (let version = 1; version <= 40; version++) writeEvent(folder.path, 'mixed', version, 'Noise', {}, null);
    writeConfigTopic(folder.path, 'mixed', 'orders', '.', 41);
    expect((await discover(folder.path)).configStream).toMatchObject({ name: 'mixed' });
  });

  test.each([
    ['without a source', 'TopicCreated', { name: 'x', adapter: 'fs' }, null],
    ['of another source', 'TopicCreated', { name: 'x', adapter: 'fs' }, { source: 'billing' }],
    ['without a name', 'TopicDeleted', { topic: 'x' }, SOURCE],
    ['with a name that is no text', 'TopicUpdated', { name: 7 }, SOURCE],
    ['of another type', 'topicCreated', { name: 'x' }, SOURCE],
  ])('a topic with an event %s is no configuration topic', async (_what, type, data, metadata) => {
    writeTopic(folder.path, 'audit');
    writeEvent(folder.path, 'audit', 1, type, data, metadata);
    expect((await discover(folder.path)).configStream).toBeNull();
  });
});

describe('several candidates', () => {
  test('are listed, and --config-topic decides', async () => {
    writeConfigTopic(join(folder.path, 'a'), 'config', 'orders', 'a');
    writeConfigTopic(join(folder.path, 'b'), 'setup', 'users', 'b');
    const error = await refusal(discover(folder.path), 'INVALID_INPUT');
    expect(error.details).toEqual({ field: 'configTopic', candidates: ['config', 'setup'] });
    expect((await discover(folder.path, 'setup')).configStream).toMatchObject({ name: 'setup', connection: 'b' });
  });

  test('of one name are told apart by their repository', async () => {
    writeConfigTopic(join(folder.path, 'a'), 'config', 'orders', 'a');
    writeConfigTopic(join(folder.path, 'b'), 'config', 'users', 'b');
    const error = await refusal(discover(folder.path), 'INVALID_INPUT');
    expect(error.details['candidates']).toEqual(['a/config', 'b/config']);
    await refusal(discover(folder.path, 'config'), 'INVALID_INPUT');
    expect((await discover(folder.path, 'b/config')).configStream).toMatchObject({ name: 'config', connection: 'b' });
  });

  test('do not include a topic of other events, even when it is asked for', async () => {
    writeConfigTopic(folder.path, 'config', 'orders', '.');
    writeTopic(folder.path, 'orders');
    writeEvent(folder.path, 'orders', 1, 'OrderPlaced', {}, null);
    const error = await refusal(discover(folder.path, 'orders'), 'INVALID_INPUT');
    expect(error.details['candidates']).toEqual(['config']);
    await refusal(discover(folder.path, 'nothing'), 'INVALID_INPUT');
  });

  test('do not arise where tidemark.json has decided', async () => {
    await createStore(join(folder.path, 's'), { adapter: 'fs' });
    expect((await discover(join(folder.path, 's'), 'configuration')).configStream?.name).toBe('configuration');
    await refusal(discover(join(folder.path, 's'), 'other'), 'INVALID_INPUT');
  });
});

describe('a repository without a configuration topic', () => {
  test.each(['fs', 'sqlite'])('opens as it is, read-only (%s)', async (kind) => {
    const path = await repositoryOf(kind);
    const { store, location, readOnly, close } = await openStore(path, { storage: 'inline' });
    onTestFinished(close);
    expect(location.configStream).toBeNull();
    expect(readOnly).toMatch(/no configuration topic/);
    expect((await store.listTopics()).map(({ name }) => name)).toEqual(['orders', 'payments']);
    expect(await store.getLatestVersion('orders')).toBe(1);
    expect(await store.problems()).toEqual([]);
    await refusal(store.appendEvents('orders', [{ type: 'A' }]), 'READ_ONLY');
    await refusal(store.createTopic({ name: 'new' }), 'READ_ONLY');
    await refusal(store.deleteTopic('orders'), 'READ_ONLY');
  });

  async function repositoryOf(kind: string): Promise<string> {
    const connection = kind === 'fs' ? 'folder' : 'file.db';
    const adapter = adapters[kind];
    if (!adapter) throw new Error(`no adapter ${kind}`);
    const repository = await adapter.open(await adapter.locate(connection, folder.path), { create: true, lockWait: 0 });
    for (const name of ['orders', 'payments'])
      await repository.createTopic({ name, adapter: kind, connection: 'elsewhere', options: {} }, 'refuse', '');
    const event = { id: 'a', idGiven: true, type: 'A', data: 'null', metadata: 'null', timestamp: 1n, timestampGiven: true } as never;
    await repository.append('orders', [event], null);
    await repository.close();
    return join(folder.path, connection);
  }

  test('several of them in one folder open together, unless they disagree about a topic', async () => {
    writeTopic(join(folder.path, 'a'), 'orders');
    writeTopic(join(folder.path, 'b'), 'users');
    expect((await discover(folder.path)).topics).toEqual([
      { name: 'orders', adapter: 'fs', connection: 'a', options: {} },
      { name: 'users', adapter: 'fs', connection: 'b', options: {} },
    ]);
    writeTopic(join(folder.path, 'b'), 'orders');
    await refusal(discover(folder.path), 'INVALID_INPUT');
  });
});

describe('what cannot be opened is a typed error, and nothing is written', () => {
  test('nothing, an empty folder, an empty file, text, another program’s database, half a folder', async () => {
    const at = (name: string): string => join(folder.path, name);
    mkdirSync(at('empty'));
    writeFileSync(at('empty-file'), '');
    writeFileSync(at('notes.txt'), 'not a store\n'.repeat(100));
    const other = new Database(at('other.db'));
    other.exec('CREATE TABLE t (x)');
    other.close();
    mkdirSync(at('project/src'), { recursive: true });
    const before = treeSnapshot(folder.path);
    for (const name of ['missing', 'notes.txt/below', 'empty', 'empty-file', 'notes.txt', 'other.db', 'project']) {
      const { details } = await refusal(discover(at(name)), 'NOT_A_STORE');
      expect(details).toMatchObject({ path: at(name), found: [expect.any(String)] });
      expect(details['lookedFor']).toHaveLength(3);
    }
    expect(treeSnapshot(folder.path)).toEqual(before);
  });

  test.each([
    ['no JSON', '{'],
    ['no configuration stream', '{}'],
    ['no name', '{"configStream":{"adapter":"fs","connection":"."}}'],
    ['an empty name', '{"configStream":{"name":"","adapter":"fs","connection":"."}}'],
    ['numbers', '{"configStream":{"name":1,"adapter":2,"connection":3}}'],
    ['options that are a list', '{"configStream":{"name":"c","adapter":"fs","connection":".","options":[]}}'],
    ['null', 'null'],
  ])('a tidemark.json with %s', async (_what, text) => {
    writeFileSync(join(folder.path, 'tidemark.json'), text);
    await refusal(discover(folder.path), 'NOT_A_STORE');
  });

  test('a SQLite store whose pages are damaged or cut off', async () => {
    const path = join(folder.path, 'store.db');
    await createStore(path);
    truncateSync(path, 4096);
    const before = treeSnapshot(folder.path);
    await refusal(discover(path), 'REPOSITORY_FAILED');
    expect(treeSnapshot(folder.path)).toEqual(before);
  });

  test.skipIf(process.getuid?.() === 0)('a folder and a file without permission', async () => {
    const path = join(folder.path, 'store.db');
    await createStore(path);
    chmodSync(path, 0);
    await refusal(discover(path), 'STORAGE_UNAVAILABLE');
    mkdirSync(join(folder.path, 'closed'), { mode: 0 });
    await refusal(discover(join(folder.path, 'closed')), 'STORAGE_UNAVAILABLE');
  });
});

describe('a new store', () => {
  test('replaces nothing', async () => {
    const at = (name: string): string => join(folder.path, name);
    mkdirSync(at('full'));
    writeFileSync(at('full/file'), 'x');
    writeFileSync(at('file'), 'x');
    mkdirSync(at('empty'));
    writeFileSync(at('empty-file'), '');
    const before = treeSnapshot(folder.path);
    for (const [name, adapter] of [
      ['full', 'fs'],
      ['full', 'sqlite'],
      ['empty', 'sqlite'],
      ['file', 'fs'],
      ['file', 'sqlite'],
      ['empty-file', 'fs'],
    ] as const) {
      await refusal(createStore(at(name), { adapter }), 'INVALID_INPUT');
    }
    expect(treeSnapshot(folder.path)).toEqual(before);
    expect((await createStore(at('empty'), { adapter: 'fs' })).kind).toBe('fs');
    expect((await createStore(at('empty-file'))).kind).toBe('sqlite');
  });

  test('is of a kind that this version has, with a name that a topic may have', async () => {
    const path = join(folder.path, 'new');
    await refusal(createStore(path, { adapter: 'postgres' }), 'ADAPTER_NOT_AVAILABLE');
    await refusal(createStore(path, { adapter: 'blob' }), 'ADAPTER_NOT_AVAILABLE');
    await refusal(createStore(path, { adapter: 'FS' }), 'UNKNOWN_ADAPTER');
    await refusal(createStore(path, { adapter: '__proto__' }), 'UNKNOWN_ADAPTER');
    await refusal(createStore(path, { adapter: 'memory' }), 'INVALID_INPUT');
    await refusal(createStore(path, { configTopic: '../x' }), 'INVALID_TOPIC_NAME');
    expect(treeSnapshot(folder.path)).toHaveLength(1);
    expect(basename(path)).toBe('new');
  });
});
