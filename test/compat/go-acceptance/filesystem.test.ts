import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { folderLayout } from '../../../src/main/adapters/filesystem/layout.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import {
  adapters,
  appendTo,
  codeOf,
  event,
  newFolder,
  openedStore,
  openRepository,
  readAfter,
  repositoryPath,
  topicOf,
  versionsOf,
} from './stores.ts';

/** A repository with the topic `t` and its folder. */
async function repositoryWithTopic(): Promise<{ readonly folder: string; readonly repository: EventRepository }> {
  const folder = newFolder();
  const repository = await openRepository('fs', folder);
  await repository.createTopic(topicOf('t', { a: '1' }), 'refuse', '');
  return { folder, repository };
}

/** Event files of a topic, and nothing else that lies beside them. */
const filesOf = (folder: string, topic: string): string[] => readdirSync(repositoryPath(folder, 'events', topic)).sort();

describe('FS: the filesystem adapter', () => {
  test('FS1 an adapter keeps the place it is given, and an open repository holds nothing yet', async () => {
    const folder = newFolder();
    expect((await adapters['fs']?.locate('repository', folder))?.place).toBe(repositoryPath(folder));
    expect(await (await openRepository('fs', folder)).listTopics(null, 10)).toEqual([]);
  });

  test('FS2 the folders are base, configs, events and events/<topic>', () => {
    const layout = folderLayout('/base');
    expect([layout.root, layout.configs, layout.events, layout.topicFolder('t')]).toEqual([
      '/base',
      '/base/configs',
      '/base/events',
      '/base/events/t',
    ]);
  });

  test('FS3 opening an empty folder writes nothing; configs and events come with the first topic', async () => {
    const folder = newFolder();
    mkdirSync(repositoryPath(folder));
    const before = treeSnapshot(folder);
    const repository = await openRepository('fs', folder);
    await repository.listTopics(null, 10);
    expect(treeSnapshot(folder)).toEqual(before);
    await repository.createTopic(topicOf('t'), 'refuse', '');
    expect(readdirSync(repositoryPath(folder))).toEqual(expect.arrayContaining(['configs', 'events']));
  });

  test('FS4 a config file and v1 to v3 holding {}: topic and option are there, latest is 3 by the names, the three are damaged', async () => {
    const folder = newFolder();
    mkdirSync(repositoryPath(folder, 'configs'), { recursive: true });
    mkdirSync(repositoryPath(folder, 'events/t'), { recursive: true });
    writeFileSync(repositoryPath(folder, 'configs/t.json'), '{"name":"t","adapter":"fs","connection":"repository","options":{"a":"1"}}');
    for (const n of [1, 2, 3]) writeFileSync(repositoryPath(folder, `events/t/v000000000${n}.json`), '{}');
    const repository = await openRepository('fs', folder, false);
    expect((await repository.findTopic('t'))?.config?.options).toEqual({ a: '1' });
    expect(await repository.latestVersion('t')).toBe(3);
    const { events, damaged } = await repository.read('t', { direction: 'forward', cursor: 0, limit: 10 });
    expect([events, versionsOf(damaged)]).toEqual([[], [1, 2, 3]]);
  });

  test('FS5 after close the files are still there, and opened again everything is', async () => {
    const { folder, repository } = await repositoryWithTopic();
    await appendTo(repository, 't', 'A');
    await repository.close();
    expect(filesOf(folder, 't')).toEqual(['v0000000001.json']);
    const again = await openRepository('fs', folder, false);
    expect(versionsOf(await readAfter(again, 't', 0))).toEqual([1]);
  });

  test('FS6 two events are two files without leftovers, the first one with every member', async () => {
    const folder = newFolder();
    const store = await openedStore(folder);
    await store.createTopic({ name: 't', adapter: 'fs', connection: 'repository' });
    expect(await store.appendEvents('t', [event('A', { key: 'value' }), event('B')])).toMatchObject({ last: 2 });
    expect(filesOf(folder, 't')).toEqual(['v0000000001.json', 'v0000000002.json']);
    const [first] = (await store.getEvents('t')).events;
    expect(readFileSync(repositoryPath(folder, 'events/t/v0000000001.json'), 'utf8')).toBe(
      `{"id":"${first?.id}","topic":"t","type":"A","data":{"key":"value"},"metadata":null,"timestamp":${first?.timestamp},"version":1}`,
    );
    expect(first?.id).not.toBe('');
  });

  test('FS7 an id and a timestamp that are given are kept, at version 3', async () => {
    const store = await openedStore(newFolder());
    await store.createTopic({ name: 't', adapter: 'fs', connection: 'repository' });
    await store.appendEvents('t', [event('A'), event('B')]);
    await store.appendEvents('t', [event('C', {}, { id: 'custom-id', timestamp: 1234567890n })]);
    expect((await store.getEvents('t', 2)).events).toMatchObject([{ id: 'custom-id', timestamp: 1234567890n, version: 3 }]);
  });

  test('FS8 an append to an unknown topic is TOPIC_NOT_FOUND', async () => {
    const { repository } = await repositoryWithTopic();
    expect(await codeOf(() => appendTo(repository, 'unknown', 'A'))).toBe('TOPIC_NOT_FOUND');
  });

  test('FS9 events come in order after the version given, exclusive', async () => {
    const { repository } = await repositoryWithTopic();
    expect(await readAfter(repository, 't', 0)).toEqual([]);
    await appendTo(repository, 't', 'A', 'B', 'C');
    const after = async (version: number): Promise<number[]> => versionsOf(await readAfter(repository, 't', version));
    expect([await after(0), await after(1), await after(2), await after(3)]).toEqual([[1, 2, 3], [2, 3], [3], []]);
    expect(await codeOf(() => readAfter(repository, 'unknown', 0))).toBe('TOPIC_NOT_FOUND');
    await appendTo(repository, 't', 'D', 'E');
    expect([await after(0), await after(3)]).toEqual([
      [1, 2, 3, 4, 5],
      [4, 5],
    ]);
  });

  test('FS10 events by type come in order after the version given, exclusive; an unknown type is nothing', async () => {
    const { repository } = await repositoryWithTopic();
    expect(await readAfter(repository, 't', 0, 'A')).toEqual([]);
    await appendTo(repository, 't', 'A', 'B', 'A', 'B', 'C');
    const ofType = async (type: string, version = 0): Promise<number[]> => versionsOf(await readAfter(repository, 't', version, type));
    expect([await ofType('A'), await ofType('B'), await ofType('C'), await ofType('none'), await ofType('A', 3)]).toEqual([
      [1, 3],
      [2, 4],
      [5],
      [],
      [],
    ]);
    expect(await codeOf(() => readAfter(repository, 'unknown', 0, 'A'))).toBe('TOPIC_NOT_FOUND');
  });

  test('FS11 the latest version is 0, 1, 4 as appended, the same for a second instance, and 9 after five concurrent appends', async () => {
    const { folder, repository } = await repositoryWithTopic();
    expect(await repository.latestVersion('t')).toBe(0);
    await appendTo(repository, 't', 'A');
    expect(await repository.latestVersion('t')).toBe(1);
    await appendTo(repository, 't', 'B', 'C', 'D');
    expect(await repository.latestVersion('t')).toBe(4);
    expect(await codeOf(() => repository.latestVersion('unknown'))).toBe('TOPIC_NOT_FOUND');
    const second = await openRepository('fs', folder, false);
    expect(await second.latestVersion('t')).toBe(4);
    const versions = await Promise.all([1, 2, 3, 4, 5].map((n) => appendTo(n % 2 === 0 ? repository : second, 't', `E${n}`)));
    expect(versions.toSorted((a, b) => a - b)).toEqual([5, 6, 7, 8, 9]);
    expect(await repository.latestVersion('t')).toBe(9);
  });

  test('FS12 a created topic is known, at 0, with its config file as Go writes it and its folder; a second create is refused', async () => {
    const { folder, repository } = await repositoryWithTopic();
    expect(await repository.latestVersion('t')).toBe(0);
    expect(readFileSync(repositoryPath(folder, 'configs/t.json'), 'utf8')).toBe(
      '{"name":"t","adapter":"fs","connection":"repository","options":{"a":"1"}}',
    );
    expect(filesOf(folder, 't')).toEqual([]);
    expect(await codeOf(() => repository.createTopic(topicOf('t'), 'refuse', ''))).toBe('LEFTOVER_DATA');
  });

  test('FS13 a deleted topic leaves configs and events, its data waits in the trash; an unknown one is TOPIC_NOT_FOUND', async () => {
    const { folder, repository } = await repositoryWithTopic();
    await appendTo(repository, 't', 'A');
    expect(await repository.trashTopic('t', '7')).toBe('7');
    expect(await repository.findTopic('t')).toBeNull();
    expect([existsSync(repositoryPath(folder, 'configs/t.json')), existsSync(repositoryPath(folder, 'events/t'))]).toEqual([false, false]);
    expect(await repository.listTrash(null, 10)).toMatchObject([{ entry: '7', topic: 't', latestVersion: 1 }]);
    expect(await codeOf(() => repository.trashTopic('unknown', '8'))).toBe('TOPIC_NOT_FOUND');
  });

  test('FS14 the list has no topic, then three with adapter and options, then two without the deleted one', async () => {
    const repository = await openRepository('fs');
    expect(await repository.listTopics(null, 10)).toEqual([]);
    for (const name of ['c', 'a', 'b']) await repository.createTopic(topicOf(name, { of: name }), 'refuse', '');
    expect((await repository.listTopics(null, 10)).map(({ config }) => config)).toEqual(
      ['a', 'b', 'c'].map((name) => topicOf(name, { of: name })),
    );
    await repository.trashTopic('b', '1');
    expect((await repository.listTopics(null, 10)).map(({ name }) => name)).toEqual(['a', 'c']);
  });

  test('FS15 a topic is not there, there, another is not, and not there after it was deleted', async () => {
    const repository = await openRepository('fs', newFolder());
    await repository.createTopic(topicOf('other'), 'refuse', '');
    expect(await repository.findTopic('t')).toBeNull();
    await repository.createTopic(topicOf('t'), 'refuse', '');
    expect((await repository.findTopic('t'))?.name).toBe('t');
    expect(await repository.findTopic('another')).toBeNull();
    await repository.trashTopic('t', '1');
    expect(await repository.findTopic('t')).toBeNull();
  });

  test('FS16 a config that is written replaces the options, at once and on disk; of an unknown topic it is TOPIC_NOT_FOUND', async () => {
    const { folder, repository } = await repositoryWithTopic();
    await repository.writeTopicConfig(topicOf('t', { b: 'added', c: 'changed' }));
    expect((await repository.findTopic('t'))?.config?.options).toEqual({ b: 'added', c: 'changed' });
    expect(JSON.parse(readFileSync(repositoryPath(folder, 'configs/t.json'), 'utf8'))).toEqual(topicOf('t', { b: 'added', c: 'changed' }));
    expect(await codeOf(() => repository.writeTopicConfig(topicOf('unknown')))).toBe('TOPIC_NOT_FOUND');
  });

  test('FS17 a config reads as it was created, also for a new instance over the same folder; an unknown topic is none', async () => {
    const { folder, repository } = await repositoryWithTopic();
    expect((await repository.findTopic('t'))?.config).toEqual(topicOf('t', { a: '1' }));
    expect(await repository.findTopic('unknown')).toBeNull();
    const again = await openRepository('fs', folder, false);
    expect((await again.findTopic('t'))?.config).toEqual(topicOf('t', { a: '1' }));
  });
});
