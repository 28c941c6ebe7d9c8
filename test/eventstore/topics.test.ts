import { expect, it } from 'vitest';
import { topicOptions } from '../../src/shared/model/topic-config.ts';
import { event, openMemoryStore } from './memory-store.ts';

const code = (name: string): unknown => expect.objectContaining({ code: name });

it('creates a topic where the configuration topic is unless told otherwise', async () => {
  const store = await openMemoryStore();
  const topic = await store.createTopic({ name: 'orders', options: { a: '1' } });
  expect(topic).toEqual({ name: 'orders', adapter: 'memory', connection: '', options: { a: '1' }, incarnation: 1 });
  expect(await store.listTopics()).toEqual([topic]);
  await expect(store.createTopic({ name: 'orders' })).rejects.toEqual(code('TOPIC_ALREADY_EXISTS'));
});

it('writes the configuration as events that replay to the same catalogue', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 'a', connection: 'one', options: { x: '1', y: '2' } });
  await store.updateTopic({ name: 'a', adapter: 'memory', connection: 'one', options: { y: '3' } });
  expect((await store.getTopic('a')).options).toEqual({ y: '3' });
  const { events } = await store.getEvents('configuration');
  expect(events.map(({ type, data, metadata }) => [type, data, metadata])).toEqual([
    ['TopicCreated', '{"adapter":"memory","connection":"one","name":"a","options":{"x":"1","y":"2"}}', '{"source":"eventstore"}'],
    [
      'TopicUpdated',
      '{"adapter":"memory","connection":"one","name":"a","options":{"y":"3"}}',
      '{"previous_adapter":"memory","previous_connection":"one","replacesOptions":true,"source":"eventstore"}',
    ],
  ]);
});

it('refuses names that another system would take for a living one', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 'Straße' });
  await expect(store.createTopic({ name: 'STRASSE' })).rejects.toEqual(code('INVALID_TOPIC_NAME'));
  await expect(store.createTopic({ name: '../x' })).rejects.toEqual(code('INVALID_TOPIC_NAME'));
  await expect(store.createTopic({ name: 'configuration' })).rejects.toEqual(code('TOPIC_RESERVED'));
});

it('moves an empty topic and refuses to leave events behind', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 'a', connection: 'one' });
  await store.updateTopic({ name: 'a', adapter: 'memory', connection: 'two', options: {} });
  await store.appendEvents('a', [event('E')]);
  await expect(store.updateTopic({ name: 'a', adapter: 'memory', connection: 'three', options: {} })).rejects.toEqual(
    code('TOPIC_NOT_EMPTY'),
  );
  expect((await store.getTopic('a')).connection).toBe('two');
  expect(await store.problems()).toEqual([]);
});

it('keeps a deleted topic in the trash until it is restored or purged', async () => {
  const store = await openMemoryStore();
  await store.createTopic({ name: 'a', options: { k: 'v' } });
  await store.appendEvents('a', [event('E'), event('F')]);
  const { entry } = await store.deleteTopic('a');
  expect(entry).toBe('2');
  await expect(store.getEvents('a')).rejects.toEqual(code('TOPIC_NOT_FOUND'));
  expect(await store.listTrash()).toMatchObject([{ entry: '2', topic: 'a', latestVersion: 2 }]);

  await store.createTopic({ name: 'a' });
  expect(await store.getLatestVersion('a')).toBe(0);
  await expect(store.restoreTopic('2')).rejects.toEqual(code('TOPIC_ALREADY_EXISTS'));
  const restored = await store.restoreTopic('2', 'b');
  expect(restored).toMatchObject({ name: 'b', options: { k: 'v' } });
  expect((await store.getEvents('b')).events.map(({ topic, type }) => [topic, type])).toEqual([
    ['b', 'E'],
    ['b', 'F'],
  ]);
  const { events } = await store.getEvents('configuration', 3);
  expect(events.at(-1)?.metadata).toBe('{"restored_from":"2","source":"eventstore"}');

  const again = await store.deleteTopic('b');
  await store.purgeTopic(again.entry ?? '');
  expect(await store.listTrash()).toEqual([]);
});

it('keeps hostile option keys as plain text', async () => {
  const store = await openMemoryStore();
  const options = topicOptions([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ]);
  await store.createTopic({ name: 'a', options });
  expect(Object.entries((await store.getTopic('a')).options)).toEqual(Object.entries(options));
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
