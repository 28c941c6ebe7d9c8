import { expect, it } from 'vitest';
import { event, memoryStore, openMemoryStore } from './memory-store.ts';

const code = (name: string): unknown => expect.objectContaining({ code: name });

it('appends a batch with consecutive versions, its own ids and times where none are given', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  expect(
    await store.appendEvents('t', [event('A', '{"n":9007199254740993}'), event('B', 'null', { id: 'mine', timestamp: -5n })]),
  ).toMatchObject({ first: 1, last: 2 });
  const { events, damaged } = await store.getEvents('t');
  expect(damaged).toEqual([]);
  expect(events).toMatchObject([
    { topic: 't', type: 'A', version: 1, data: '{"n":9007199254740993}', metadata: 'null' },
    { topic: 't', type: 'B', version: 2, id: 'mine', timestamp: -5n },
  ]);
  expect(await store.getLatestVersion('t')).toBe(2);
});

it('refuses a batch whole, before the first byte, when one event is bad', async () => {
  const store = await openMemoryStore({ maxEventBytes: 100 });
  await store.createTopic({ name: 't' });
  const refused = async (events: Parameters<typeof store.appendEvents>[1], name: string): Promise<void> => {
    await expect(store.appendEvents('t', events)).rejects.toEqual(code(name));
  };
  await refused([event('A'), event('')], 'INVALID_EVENT');
  await refused([event('A'), event('B', '{}', { timestamp: 2n ** 63n })], 'INVALID_EVENT');
  await refused([event('A'), event('B', '{}', { id: '\ud800' })], 'INVALID_EVENT');
  await refused([event('A'), event('B', JSON.stringify('é'.repeat(60)))], 'EVENT_TOO_LARGE');
  await refused([event('A', '1', { id: 'x' }), event('B', '1', { id: 'x' })], 'EVENT_ID_CONFLICT');
  expect(await store.getLatestVersion('t')).toBe(0);
});

it('lets one of several writers with the same expected version win and tells the others the actual one', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  const attempts = await Promise.allSettled(
    Array.from({ length: 8 }, (_, n) => store.appendEvents('t', [event(`E${n}`)], { expectedVersion: 0 })),
  );
  expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const attempt of attempts) {
    if (attempt.status === 'rejected')
      expect(attempt.reason).toMatchObject({ code: 'VERSION_CONFLICT', details: { expected: 0, actual: 1 } });
  }
  await expect(store.appendEvents('t', [event('E')], { expectedVersion: -1 })).rejects.toEqual(code('INVALID_INPUT'));
});

it('an append that means one incarnation of a topic never reaches another one of the same name', async () => {
  const store = await openMemoryStore();
  const first = await store.createTopic({ name: 't' });
  await store.appendEvents('t', [event('A')], { incarnation: first.incarnation });
  // Both are asked for before either is done: the append finds out when its turn comes.
  const deleted = store.deleteTopic('t');
  const made = deleted.then(() => store.createTopic({ name: 't' }));
  await expect(store.appendEvents('t', [event('B')], { incarnation: first.incarnation })).rejects.toEqual(code('TOPIC_NOT_FOUND'));
  const second = await made;
  await expect(store.appendEvents('t', [event('B')], { incarnation: first.incarnation, expectedVersion: 0 })).rejects.toEqual(
    code('TOPIC_NOT_FOUND'),
  );
  await expect(store.appendEvents('t', [], { incarnation: first.incarnation })).rejects.toEqual(code('TOPIC_NOT_FOUND'));
  expect(await store.getLatestVersion('t')).toBe(0);
  expect(await store.appendEvents('t', [event('B')], { incarnation: second.incarnation })).toMatchObject({ first: 1 });
});

it('takes an empty batch as a no-op on an existing topic only', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  await store.appendEvents('t', [event('A')]);
  expect(await store.appendEvents('t', [])).toEqual({ first: null, last: 1, replayed: false });
  await expect(store.appendEvents('ghost', [])).rejects.toEqual(code('TOPIC_NOT_FOUND'));
});

it('reads the configuration topic like any topic and lets nobody append to it', async () => {
  const store = await openMemoryStore();
  expect((await store.getEvents('configuration')).events).toEqual([]);
  await store.createTopic({ name: 't' });
  expect((await store.readEvents('configuration', { limit: 10 })).events).toHaveLength(1);
  await expect(store.appendEvents('configuration', [event('TopicDeleted')])).rejects.toEqual(code('TOPIC_RESERVED'));
});

it('pages in both directions with exclusive cursors', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  await store.appendEvents(
    't',
    Array.from({ length: 25 }, (_, n) => event(n % 5 === 0 ? 'Five' : 'Other')),
  );
  const versions = async (options: Parameters<typeof store.readEvents>[1]): Promise<number[]> =>
    (await store.readEvents('t', options)).events.map(({ version }) => version);
  expect(await versions({ after: 20, limit: 10 })).toEqual([21, 22, 23, 24, 25]);
  expect(await versions({ direction: 'backward', limit: 3 })).toEqual([25, 24, 23]);
  expect(await versions({ direction: 'backward', before: 3, limit: 3 })).toEqual([2, 1]);
  expect(await versions({ limit: 10, types: ['Five'] })).toEqual([1, 6, 11, 16, 21]);
  await expect(store.readEvents('t', { limit: 0 })).rejects.toEqual(code('INVALID_INPUT'));
  await expect(store.readEvents('t', { limit: 1001 })).rejects.toEqual(code('INVALID_INPUT'));
  await expect(store.readEvents('t', { direction: 'backward', after: 1, limit: 1 })).rejects.toEqual(code('INVALID_INPUT'));
});

it('delivers to a subscriber what was there and what comes, each version once and in order', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  await store.appendEvents(
    't',
    Array.from({ length: 1500 }, () => event('Old')),
  );
  const seen: number[] = [];
  let full: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    full = resolve;
  });
  const subscription = await store.subscribe('t', 10, ({ events }) => {
    seen.push(...events.map(({ version }) => version));
    if (seen.at(-1) === 1600) full();
  });
  for (let n = 0; n < 100; n++) await store.appendEvents('t', [event('New')]);
  await all;
  expect(seen).toEqual(Array.from({ length: 1590 }, (_, n) => n + 11));
  subscription.close();
  await subscription.ended;
});

it('ends a subscription when its topic is deleted, also when one of that name is created again', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  const subscription = await store.subscribe('t', 0, () => {});
  await store.deleteTopic('t');
  await store.createTopic({ name: 't' });
  await expect(subscription.ended).rejects.toEqual(code('TOPIC_NOT_FOUND'));
});

it('waits for a slow listener instead of queueing more than a page for it', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 't' });
  await store.appendEvents(
    't',
    Array.from({ length: 3000 }, () => event('E')),
  );
  let running = 0;
  let last = 0;
  await new Promise<void>((resolve) => {
    void store.subscribe('t', 0, async ({ events }) => {
      running++;
      expect(running).toBe(1);
      expect(events.length).toBeLessThanOrEqual(1000);
      await new Promise((wait) => setImmediate(wait));
      running--;
      last = events.at(-1)?.version ?? last;
      if (last === 3000) resolve();
    });
  });
  expect(last).toBe(3000);
});

it('refuses everything but health before initialize and after close', async () => {
  const store = memoryStore();
  const calls = [
    () => store.createTopic({ name: 't' }),
    () => store.listTopics(),
    () => store.getEvents('t'),
    () => store.appendEvents('t', []),
    () => store.getLatestVersion('t'),
    () => store.problems(),
  ];
  for (const call of calls) await expect(call()).rejects.toEqual(code('NOT_INITIALIZED'));
  expect(await store.health()).toMatchObject({ status: 'down', initialized: false, reason: 'not initialized' });
  await store.initialize();
  await store.initialize();
  expect(await store.health()).toMatchObject({ status: 'up', initialized: true });
  await store.close();
  await store.close();
  for (const call of calls) await expect(call()).rejects.toEqual(code('NOT_INITIALIZED'));
});

it('refuses every write of a read-only store with the reason, and still reads', async () => {
  const store = await openMemoryStore({ readOnly: 'it was opened read-only.' });
  const writes = [
    () => store.createTopic({ name: 't' }),
    () => store.updateTopic({ name: 't', adapter: 'memory', connection: '', options: {} }),
    () => store.deleteTopic('t'),
    () => store.startEmpty('t'),
    () => store.restoreTopic('1'),
    () => store.purgeTopic('1'),
    () => store.appendEvents('t', [event('E')]),
  ];
  for (const write of writes) await expect(write()).rejects.toEqual(code('READ_ONLY'));
  expect(await store.listTopics()).toEqual([]);
});
