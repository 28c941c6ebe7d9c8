import { describe, expect, test } from 'vitest';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { event, newFolder, newStore, openedStore } from './stores.ts';

describe('EL: the life of an EventStore', () => {
  test('EL1 a configuration on fs with a memory topic: closed and initialised again the topic is listed; initialize writes nothing', async () => {
    const folder = newFolder();
    const before = treeSnapshot(folder);
    const store = newStore(folder);
    expect((await store.health()).initialized).toBe(false);
    await store.initialize();
    expect(treeSnapshot(folder)).toEqual(before);
    await store.createTopic({ name: 't', adapter: 'memory', connection: 'memory://t' });
    expect(await store.health()).toMatchObject({ status: 'up', topicCount: 1, repositoryStats: { up: 2, total: 2 } });
    await store.close();
    expect(await store.health()).toMatchObject({ status: 'down', reason: 'not initialized' });
    await store.initialize();
    expect((await store.listTopics()).map(({ name }) => name)).toEqual(['t']);
  });

  test('EL2 a second store over the same configuration lists the fs topic and reads its event', async () => {
    const folder = newFolder();
    const first = await openedStore(folder);
    await first.createTopic({ name: 't', adapter: 'fs', connection: 'data' });
    await first.appendEvents('t', [event('A')]);
    const second = await openedStore(folder);
    expect((await second.listTopics()).map(({ name }) => name)).toEqual(['t']);
    expect((await second.getEvents('t')).events).toHaveLength(1);
    expect((await second.health()).status).toBe('up');
  });

  test('EL3 two memory and two fs connections: five repositories, up; after close down; after initialize four topics', async () => {
    const folder = newFolder();
    const store = await openedStore(folder);
    for (const n of [1, 2]) {
      await store.createTopic({ name: `m${n}`, adapter: 'memory', connection: `memory://${n}` });
      await store.createTopic({ name: `f${n}`, adapter: 'fs', connection: `data-${n}` });
    }
    expect(await store.health()).toMatchObject({
      status: 'up',
      topicCount: 4,
      repositoryStats: { total: 5, up: 5 },
      adapterStats: { memory: 2, fs: 2 },
    });
    await store.close();
    expect((await store.health()).status).toBe('down');
    await store.initialize();
    expect((await store.listTopics()).map(({ name }) => name)).toEqual(['f1', 'f2', 'm1', 'm2']);
    // Nothing but the configuration has been opened since: unknown lowers nothing.
    expect(await store.health()).toMatchObject({ status: 'up', repositoryStats: { total: 5, up: 1, unknown: 4 } });
  });

  test('EL4 health before initialize is down with its reason, up afterwards', async () => {
    const store = newStore(newFolder());
    expect(await store.health()).toMatchObject({ status: 'down', reason: 'not initialized' });
    await store.initialize();
    expect((await store.health()).status).toBe('up');
  });

  test('EL5 after close and initialize both topics are listed and the fs event is there; the memory topic reads as empty and can be used', async () => {
    const store = await openedStore(newFolder());
    await store.createTopic({ name: 'f', adapter: 'fs', connection: 'data' });
    await store.createTopic({ name: 'm', adapter: 'memory', connection: 'memory://m' });
    for (const name of ['f', 'm']) await store.appendEvents(name, [event('A')]);
    await store.close();
    await store.initialize();
    expect((await store.listTopics()).map(({ name }) => name)).toEqual(['f', 'm']);
    expect((await store.getEvents('f')).events).toHaveLength(1);
    expect((await store.getEvents('m')).events).toEqual([]);
    expect((await store.problems()).map(({ code, topic }) => [code, topic])).toContainEqual(['data-missing', 'm']);
    expect(await store.appendEvents('m', [event('A')])).toMatchObject({ first: 1, last: 1 });
    await store.deleteTopic('m');
    expect((await store.listTopics()).map(({ name }) => name)).toEqual(['f']);
  });
});
