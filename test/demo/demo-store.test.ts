import { expect, onTestFinished, test } from 'vitest';
import { openDemoStore, type OpenedStore } from '../../src/main/compose.ts';
import { configHistory } from '../../src/main/eventstore/config-history.ts';
import { encodeEvent } from '../../src/shared/model/event.ts';

async function openDemo(): Promise<OpenedStore> {
  const opened = await openDemoStore();
  onTestFinished(opened.close);
  return opened;
}

async function everything({ store }: OpenedStore): Promise<string[]> {
  const topics = [store.configStream.name, ...(await store.listTopics()).map(({ name }) => name)];
  const texts: string[] = [];
  for (const topic of topics) texts.push(...(await store.getEvents(topic)).events.map(encodeEvent));
  return texts;
}

test('the demo store is the same at every opening', async () => {
  const first = await everything(await openDemo());
  expect(await everything(await openDemo())).toEqual(first);
  expect(first.length).toBeGreaterThan(1900);
});

test('it has five topics, a deleted one, and a configuration that changed on the way', async () => {
  const { store, location, readOnly } = await openDemo();
  expect([location.kind, readOnly]).toEqual(['memory', null]);
  expect((await store.listTopics()).map(({ name }) => name)).toEqual(['inventory', 'orders', 'payments', 'shipments', 'users']);
  expect(await store.listTrash()).toMatchObject([{ topic: 'coupons', latestVersion: 12 }]);
  const types: (string | null)[] = [];
  for await (const { type, problem } of configHistory(store)) {
    types.push(type);
    expect(problem).toBeUndefined();
  }
  expect(types.filter((type) => type === 'TopicUpdated')).toHaveLength(2);
  expect(types).toContain('TopicDeleted');
  expect((await store.health()).status).toBe('up');
});

test('it holds integers beyond 2^53, texts of several scripts, and a cause for every consequence', async () => {
  const { store } = await openDemo();
  const ids = new Set<string>();
  const texts: string[] = [];
  const causes: string[] = [];
  for (const { name } of await store.listTopics()) {
    for (const { id, data, metadata } of (await store.getEvents(name)).events) {
      ids.add(id);
      texts.push(data);
      const { causationId } = JSON.parse(metadata) as { causationId: string | null };
      if (causationId !== null) causes.push(causationId);
    }
  }
  const all = texts.join('\n');
  for (const part of ['9007199254740993', '9223372036854775807', '山田', 'مريم', '🍵']) expect(all).toContain(part);
  expect(causes.length).toBeGreaterThan(1000);
  expect(causes.every((id) => ids.has(id))).toBe(true);
});

test('after seeding, events get the real time and new ids', async () => {
  const { store } = await openDemo();
  const before = BigInt(Date.now() - 1000) * 1_000_000n;
  const { last } = await store.appendEvents('orders', [{ type: 'A' }, { type: 'B' }]);
  const { events } = await store.getEvents('orders', last - 2);
  for (const { timestamp } of events) expect(timestamp).toBeGreaterThan(before);
  expect(new Set(events.map(({ id }) => id)).size).toBe(2);
});

test('nothing that is tried in the demo lands on a disk', async () => {
  const { store } = await openDemo();
  for (const adapter of ['fs', 'sqlite']) {
    await expect(store.createTopic({ name: 'new', adapter, connection: 'x' })).rejects.toMatchObject({ code: 'UNKNOWN_ADAPTER' });
  }
});
