import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { memoryAdapter } from '../../src/main/adapters/memory/memory-adapter.ts';
import { createStore, openStore } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { EventRepository, RepositoryAdapter } from '../../src/main/eventstore/ports/event-repository.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { event, openMemoryStore } from './memory-store.ts';

/** Memory whose calls of one method are noted, and wait where they are told to. */
function watched(method: 'latestVersion' | 'append'): {
  readonly adapter: RepositoryAdapter;
  readonly calls: string[];
  gate: Promise<void>;
} {
  const right = memoryAdapter();
  const watch = {
    calls: [] as string[],
    gate: Promise.resolve(),
    adapter: {
      ...right,
      open: async (location, options) => {
        const repository = await right.open(location, options);
        const call = repository[method] as (topic: string, ...rest: readonly unknown[]) => Promise<unknown>;
        const noted = async (topic: string, ...rest: readonly unknown[]): Promise<unknown> => {
          watch.calls.push(topic);
          await watch.gate;
          return call(topic, ...rest);
        };
        return { ...repository, [method]: noted } as EventRepository;
      },
    } satisfies RepositoryAdapter,
  };
  return watch;
}

async function twoOnOneFile(): Promise<readonly [EventStore, EventStore]> {
  const folder = openTempFolder('together');
  onTestFinished(folder.close);
  const place = join(folder.path, 'store.db');
  await createStore(place);
  const open = async (): Promise<EventStore> => {
    const { store, close } = await openStore(place, { storage: 'inline' });
    onTestFinished(close);
    return store;
  };
  return [await open(), await open()];
}

test('catch-ups of the configuration that overlap share the next look, and none is answered by an earlier one', async () => {
  const watch = watched('latestVersion');
  const store = await openMemoryStore({ adapters: { memory: watch.adapter } });
  await store.createTopic({ name: 'orders' });
  const { resolve, promise } = Promise.withResolvers<void>();
  watch.gate = promise;
  watch.calls.length = 0;
  const first = store.listTopics();
  const others = Array.from({ length: 20 }, () => store.listTopics());
  await new Promise((next) => setImmediate(next));
  expect(watch.calls).toHaveLength(1);
  resolve();
  for (const topics of await Promise.all([first, ...others])) expect(topics.map(({ name }) => name)).toEqual(['orders']);
  expect(watch.calls).toHaveLength(2);
});

test('an append beside its configuration asks the repository once', async () => {
  const watch = watched('latestVersion');
  const store = await openMemoryStore({ adapters: { memory: watch.adapter } });
  await store.createTopic({ name: 'orders' });
  watch.calls.length = 0;
  expect(await store.appendEvents('orders', [event('A')])).toEqual({ first: 1, last: 1, replayed: false });
  expect(watch.calls).toEqual([]);
});

test('what another program did to the topics is seen by an append that did not look: deleted, made again, another one made', async () => {
  const [mine, other] = await twoOnOneFile();
  await mine.createTopic({ name: 'orders' });
  await mine.appendEvents('orders', [event('A')]);
  await other.createTopic({ name: 'unrelated' });
  expect(await mine.appendEvents('orders', [event('B')])).toMatchObject({ first: 2 });
  await other.deleteTopic('orders');
  await expect(mine.appendEvents('orders', [event('C')])).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
  const again = await other.createTopic({ name: 'orders' });
  expect(await mine.appendEvents('orders', [event('D')])).toMatchObject({ first: 1 });
  // Both while `mine` does not look: what it takes for the topic of its catalogue is another one.
  await other.deleteTopic('orders');
  await other.createTopic({ name: 'orders' });
  await expect(mine.appendEvents('orders', [event('D')], { incarnation: again.incarnation })).rejects.toMatchObject({
    code: 'TOPIC_NOT_FOUND',
  });
  expect(await mine.appendEvents('orders', [event('E')])).toMatchObject({ first: 1 });
  await expect(mine.appendEvents('orders', [event('F')], { expectedVersion: 7 })).rejects.toMatchObject({
    code: 'VERSION_CONFLICT',
    details: { topic: 'orders', expected: 7, actual: 1 },
  });
  expect((await other.getEvents('orders')).events.map(({ type }) => type)).toEqual(['E']);
});

test('what is appended after a long batch comes after it', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 'orders' });
  const many = Array.from({ length: 3000 }, () => event('Many'));
  const results = await Promise.all([
    store.appendEvents('orders', many),
    store.appendEvents('orders', [event('One')]),
    store.appendEvents('orders', many),
  ]);
  expect(results.map(({ first, last }) => [first, last])).toEqual([
    [1, 3000],
    [3001, 3001],
    [3002, 6001],
  ]);
  await expect(store.appendEvents('orders', [...many, event('')])).rejects.toMatchObject({
    code: 'INVALID_EVENT',
    details: { index: 3000 },
  });
  expect(await store.getLatestVersion('orders')).toBe(6001);
});
