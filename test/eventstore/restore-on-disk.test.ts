import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createStore, openStore, type OpenedStore, type OpenStoreOptions } from '../../src/main/compose.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { event } from './memory-store.ts';

async function open(path: string, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  const opened = await openStore(path, { storage: 'inline', ...options });
  onTestFinished(() => opened.close());
  return opened;
}

function newFolder(): string {
  const folder = openTempFolder('restore');
  onTestFinished(folder.close);
  return folder.path;
}

describe.each(['sqlite', 'fs'] as const)('a restore in a %s store', (adapter) => {
  test('brings topics back with their events and options, is undone by another, and is there after reopening', async () => {
    const path = join(newFolder(), 'store');
    await createStore(path, { adapter });
    const { store, close } = await openStore(path, { storage: 'inline' });
    await store.createTopic({ name: 'orders', options: { owner: 'sales' } });
    await store.createTopic({ name: 'users' });
    await store.appendEvents('orders', [event('Placed', '{"n":9007199254740993}')]);
    await store.updateTopic({ ...(await store.getTopic('users')), options: { pii: 'true' } });
    await store.deleteTopic('orders');
    await store.createTopic({ name: 'extra' });
    await store.appendEvents('extra', [event('E', '1')]);
    const plan = await store.planRestore(2);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['delete', 'update', 'bring-back']);
    expect(plan.notRestored).toEqual([]);
    await store.restoreConfiguration(plan);
    await close();
    const again = await open(path);
    expect((await again.store.listTopics()).map(({ name, options }) => [name, options])).toEqual([
      ['orders', { owner: 'sales' }],
      ['users', {}],
    ]);
    expect((await again.store.getEvents('orders')).events.map(({ data }) => data)).toEqual(['{"n":9007199254740993}']);
    expect(await again.store.problems()).toEqual([]);
    await again.store.restoreConfiguration(await again.store.planRestore(5));
    expect((await again.store.listTopics()).map(({ name }) => name)).toEqual(['extra', 'users']);
    expect((await again.store.getEvents('extra')).events).toHaveLength(1);
  });
});

test('what cannot be written is named beforehand and not tried', async () => {
  const folder = newFolder();
  const outside = newFolder();
  const path = join(folder, 'store');
  await createStore(path, { adapter: 'fs' });
  const first = await openStore(path, { storage: 'inline', allowOutside: true });
  await first.store.createTopic({ name: 'far', connection: join(outside, 'repository'), options: { k: '1' } });
  await first.store.createTopic({ name: 'gone', connection: 'gone', options: { k: '1' } });
  await first.store.createTopic({ name: 'left', options: { k: '1' } });
  for (const name of ['far', 'gone', 'left']) await first.store.updateTopic({ ...(await first.store.getTopic(name)), options: {} });
  const { entry } = await first.store.deleteTopic('left');
  await first.store.purgeTopic(entry ?? '');
  await first.close();
  mkdirSync(join(path, 'events', 'left'), { recursive: true });
  const { store } = await open(path);
  const plan = await store.planRestore(3);
  expect(plan.steps).toEqual([{ kind: 'update', topic: { name: 'gone', adapter: 'fs', connection: 'gone', options: { k: '1' } } }]);
  expect(plan.notRestored.map(({ topic, code }) => [topic, code])).toEqual([
    ['far', 'place-read-only'],
    ['left', 'leftover-data'],
  ]);
  await store.restoreConfiguration(plan);
  expect((await store.getTopic('gone')).options).toEqual({ k: '1' });
});

test('names and adapters of foreign histories are named beforehand too', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, 'configs'));
  mkdirSync(join(folder, 'events', 'config'), { recursive: true });
  writeFileSync(join(folder, 'configs', 'config.json'), '{"name":"config","adapter":"fs","connection":".","options":{}}');
  const history = [
    ['TopicCreated', '{"adapter":"fs","connection":".","name":"../odd","options":{}}'],
    ['TopicCreated', '{"adapter":"postgres","connection":"db","name":"pg","options":{}}'],
    ['TopicCreated', '{"adapter":"fs","connection":".","name":"config","options":{}}'],
    ['TopicCreated', '{"adapter":"fs","connection":".","name":"Name","options":{}}'],
    ['TopicDeleted', '{"name":"../odd"}'],
    ['TopicDeleted', '{"name":"pg"}'],
    ['TopicDeleted', '{"name":"config"}'],
    ['TopicDeleted', '{"name":"Name"}'],
    ['TopicCreated', '{"adapter":"memory","connection":"","name":"kept","options":{}}'],
  ] as const;
  for (const [index, [type, data]] of history.entries()) {
    const version = index + 1;
    const text = `{"id":"i${version}","topic":"config","type":"${type}","data":${data},"metadata":{"source":"eventstore"},"timestamp":1,"version":${version}}`;
    writeFileSync(join(folder, 'events', 'config', `v${String(version).padStart(10, '0')}.json`), text);
  }
  const { store } = await open(folder);
  const plan = await store.planRestore(4);
  expect(plan.steps.map((step) => [step.kind, typeof step.topic === 'string' ? step.topic : step.topic.name])).toEqual([
    ['delete', 'kept'],
    ['create', 'Name'],
  ]);
  expect(plan.notRestored.map(({ topic, code }) => [topic, code])).toEqual([
    ['../odd', 'invalid-name'],
    ['Name', 'data-gone'],
    ['config', 'reserved-name'],
    ['pg', 'place-unreachable'],
  ]);
  await store.restoreConfiguration(plan);
  expect((await store.listTopics()).map(({ name }) => name)).toEqual(['Name']);
});
