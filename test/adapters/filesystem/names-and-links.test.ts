import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errno, readPlainFile } from '../../../src/main/adapters/filesystem/disk.ts';
import { fileSystemAdapter } from '../../../src/main/adapters/filesystem/file-system-adapter.ts';
import { versionOfName } from '../../../src/main/adapters/filesystem/layout.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { batchOf, codeOf, openFolderBench, readAll, topicConfig, type FolderBench } from './folder-bench.ts';

let bench: FolderBench;
beforeEach(() => {
  bench = openFolderBench();
});
afterEach(() => bench.close());

const LEAVING = [
  '',
  '.',
  '..',
  '../x',
  '../../x',
  '../../../precious',
  '/abs',
  'a/b',
  './a',
  'a/../../b',
  'nul\0',
  '..\\..\\x',
  'a\\b',
  'x'.repeat(247),
  '\ud800',
];

describe('a topic name never leaves its folder', () => {
  it.each(LEAVING)('createTopic refuses %j and makes nothing', async (name) => {
    const repository = await bench.open();
    const before = treeSnapshot(bench.root);
    expect(await codeOf(repository.createTopic(topicConfig(name), 'adopt', '1'))).toBe('INVALID_TOPIC_NAME');
    expect(treeSnapshot(bench.root)).toEqual(before);
  });

  it.each(LEAVING)('%j is no topic to any other method, and nothing is touched', async (name) => {
    const precious = join(bench.root, 'precious');
    mkdirSync(precious);
    writeFileSync(join(precious, 'v0000000001.json'), 'mine');
    const repository = await bench.open();
    await repository.createTopic(topicConfig('t'), 'refuse', '1');
    await repository.append('t', batchOf(1, 'a'), 0);
    expect(await repository.findTopic(name)).toBeNull();
    expect(await repository.changeToken(name)).toBe('');
    const refusals = [
      repository.read(name, { direction: 'forward', cursor: 0, limit: 10 }),
      repository.count(name, 0),
      repository.latestVersion(name),
      repository.append(name, batchOf(1, 'x'), null),
      repository.writeTopicConfig(topicConfig(name)),
      repository.trashTopic(name, '1'),
      repository.restoreTopic('1', name, topicConfig('u')),
      repository.purgeTopic('1', name),
    ];
    for (const refusal of refusals) expect(['TOPIC_NOT_FOUND', 'INVALID_TOPIC_NAME']).toContain(await codeOf(refusal));
    expect(readFileSync(join(precious, 'v0000000001.json'), 'utf8')).toBe('mine');
  });

  it.each(['..', '../..', 'a/b', '', '.'])('the trash entry %j is refused', async (entry) => {
    const repository = await bench.open();
    await repository.createTopic(topicConfig('t'), 'refuse', '1');
    expect(await codeOf(repository.trashTopic('t', entry))).toBe('INVALID_INPUT');
    expect(await codeOf(repository.purgeTopic(entry, 't'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(repository.restoreTopic(entry, 't', topicConfig('t')))).toBe('TOPIC_NOT_FOUND');
    expect(await repository.findTopic('t')).not.toBeNull();
  });

  it.each(['CON', 'con.', ' ', 'a:b', '*', '-rf', '.hidden', '__proto__', 'x.tmp', 'x.json', 'café', '日本', 'a\nb', 'constructor'])(
    'the odd, contained name %j works',
    async (name) => {
      const repository = await bench.open();
      await repository.createTopic(topicConfig(name), 'refuse', '1');
      await repository.append(name, batchOf(2, 'a'), 0);
      expect((await readAll(repository, name)).events.map(({ topic }) => topic)).toEqual([name, name]);
      expect((await repository.listTopics(null, 10)).map((topic) => topic.name)).toEqual([name]);
      await repository.trashTopic(name, '3');
      await repository.restoreTopic('3', name, topicConfig(name));
      expect(await repository.latestVersion(name)).toBe(2);
    },
  );
});

describe('links are not followed', () => {
  const outside = (): string => join(bench.root, 'outside');

  beforeEach(async () => {
    mkdirSync(outside());
    writeFileSync(
      join(outside(), 'v0000000001.json'),
      '{"id":"x","topic":"t","type":"T","data":null,"metadata":null,"timestamp":1,"version":1}',
    );
    const repository = await bench.open();
    await repository.createTopic(topicConfig('t'), 'refuse', '1');
    await repository.append('t', batchOf(1, 'a'), 0);
    await repository.close();
  });

  it('a link in the place of an event is no event', async () => {
    symlinkSync(join(outside(), 'v0000000001.json'), join(bench.store, 'events/t/v0000000002.json'));
    const repository = await bench.open();
    expect(await repository.latestVersion('t')).toBe(1);
    expect((await repository.problems()).map(({ code }) => code)).toEqual(['link-instead-of-file']);
  });

  it('a link in the place of a topic, of events or of configs holds no topic', async () => {
    symlinkSync(outside(), join(bench.store, 'events/linked'));
    const repository = await bench.open();
    expect(await repository.findTopic('linked')).toBeNull();
    expect(await codeOf(repository.latestVersion('linked'))).toBe('TOPIC_NOT_FOUND');
    expect((await repository.problems()).map(({ code, path }) => `${code} ${path}`)).toContain('link-instead-of-file events/linked');
    expect(await codeOf(repository.createTopic(topicConfig('linked'), 'refuse', '1'))).toBe('REPOSITORY_FAILED');
    expect(existsSync(join(outside(), 'v0000000002.json'))).toBe(false);

    rmSync(join(bench.store, 'events'), { recursive: true });
    symlinkSync(bench.root, join(bench.store, 'events'));
    expect(await repository.findTopic('outside')).toBeNull();
    rmSync(join(bench.store, 'configs'), { recursive: true });
    symlinkSync(outside(), join(bench.store, 'configs'));
    expect(await repository.listTopics(null, 10)).toEqual([]);
  });

  it('the links in a purged topic are removed, what they lead to stays', async () => {
    symlinkSync(outside(), join(bench.store, 'events/t/way-out'));
    const repository = await bench.open();
    await repository.trashTopic('t', '2');
    await repository.purgeTopic('2', 't');
    expect(bench.names('trash')).toEqual([]);
    expect(existsSync(join(outside(), 'v0000000001.json'))).toBe(true);
  });

  it('a link, a folder or a pipe that takes the place of a file after it was listed is not read', () => {
    const pipe = join(bench.root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    symlinkSync(join(outside(), 'v0000000001.json'), join(bench.root, 'link'));
    const refusals = ['link', 'pipe', 'outside'].map((name) => {
      try {
        return readPlainFile(join(bench.root, name)) && 'read';
      } catch (error) {
        return errno(error);
      }
    });
    expect(refusals).toEqual(['ELOOP', 'EINVAL', 'EINVAL']);
  });

  it('a lock file that is a link refuses the write', async () => {
    rmSync(join(bench.store, 'lock.db'));
    symlinkSync(join(outside(), 'lock.db'), join(bench.store, 'lock.db'));
    const repository = await bench.open();
    expect(await codeOf(repository.append('t', batchOf(1, 'b'), 1))).toBe('REPOSITORY_FAILED');
    expect(existsSync(join(outside(), 'lock.db'))).toBe(false);
  });
});

describe('locate', () => {
  const adapter = fileSystemAdapter();

  it('gives one identity to every spelling of a place, also through links and before it exists', async () => {
    mkdirSync(bench.store);
    symlinkSync(bench.store, join(bench.root, 'alias'));
    for (const spelling of ['store', './store', 'store/', 'x/../store', bench.store, 'alias']) {
      expect(await adapter.locate(spelling, bench.root)).toMatchObject({
        adapter: 'fs',
        connection: spelling,
        identity: bench.store,
        outside: false,
      });
    }
    expect((await adapter.locate('alias/new/deep', bench.root)).identity).toBe(join(bench.store, 'new/deep'));
  });

  it('tells what lies outside the store, also through a link', async () => {
    mkdirSync(bench.store);
    mkdirSync(join(bench.root, 'elsewhere'));
    symlinkSync(join(bench.root, 'elsewhere'), join(bench.store, 'way-out'));
    symlinkSync(join(bench.root, 'nowhere'), join(bench.store, 'dangling'));
    for (const connection of ['..', '../elsewhere', 'way-out', 'way-out/new', 'dangling', '/']) {
      expect((await adapter.locate(connection, bench.store)).outside, connection).toBe(true);
    }
    for (const connection of ['.', 'data', '..data', 'a/../b'])
      expect((await adapter.locate(connection, bench.store)).outside, connection).toBe(false);
  });

  it.each(['', 'a\0b', '\ud800'])('refuses %j', async (connection) => {
    expect(await codeOf(adapter.locate(connection, bench.root))).toBe('INVALID_TOPIC_CONFIG');
  });

  it.each(['\\\\server\\share', '//server/share', '\\\\?\\C:\\x', '\\\\.\\pipe\\x'])(
    'does not look at %j unless that is allowed',
    async (connection) => {
      expect(await codeOf(adapter.locate(connection, bench.root))).toBe('STORAGE_UNAVAILABLE');
      expect(await fileSystemAdapter({ networkPaths: true }).locate(connection, bench.root)).toMatchObject({ connection });
    },
  );
});

describe('the number in a file name', () => {
  it.each([
    ['v0000000003.json', 3],
    ['v3.json', 3],
    ['3.json', 3],
    ['v+3.json', 3],
    ['v12345678901.json', 12345678901],
    ['v9007199254740990.json', 9007199254740990],
    ['v9007199254740991.json', 'too-large'],
    ['v9223372036854775807.json', 'too-large'],
    ['v9223372036854775808.json', null],
    ['vv5.json', null],
    ['v 6.json', null],
    ['V7.json', null],
    ['v0x8.json', null],
    ['v1_000.json', null],
    ['v-1.json', null],
    ['v0.json', null],
    ['v1.json.tmp', null],
    ['v2 (copy).json', null],
    ['.json', null],
    ['v.json', null],
  ])('%s is %s', (name, version) => {
    expect(versionOfName(name)).toBe(version);
  });
});
