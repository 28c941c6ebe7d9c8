import { describe, expect, test } from 'vitest';
import { toJsonText } from '../../../src/shared/model/json-text.ts';
import { appendTo, codeOf, event, openedStore, openRepository, readAfter, versionsOf } from './stores.ts';

const topic = { name: 't', adapter: 'memory', connection: '', options: { a: '1' } };

describe('ME: the memory adapter', () => {
  test('ME1 a topic is created, exists, is listed; its config reads back, updated too', async () => {
    const repository = await openRepository('memory');
    await repository.createTopic(topic, 'refuse', '');
    expect(await repository.findTopic('t')).toEqual({ name: 't', config: topic, hasData: true });
    expect(await repository.listTopics(null, 10)).toHaveLength(1);
    await repository.writeTopicConfig({ ...topic, options: { b: '2' } });
    expect((await repository.findTopic('t'))?.config?.options).toEqual({ b: '2' });
  });

  test('ME2 version 0, then 2; from 0 two events; from 1 one event, for the version given is exclusive; by type one', async () => {
    const repository = await openRepository('memory');
    await repository.createTopic(topic, 'refuse', '');
    expect(await repository.latestVersion('t')).toBe(0);
    expect(await appendTo(repository, 't', 'A', 'B')).toBe(2);
    expect(await repository.latestVersion('t')).toBe(2);
    expect(versionsOf(await readAfter(repository, 't', 0))).toEqual([1, 2]);
    expect(versionsOf(await readAfter(repository, 't', 1))).toEqual([2]);
    expect(versionsOf(await readAfter(repository, 't', 0, 'B'))).toEqual([2]);
  });

  test('ME3 an unknown topic is refused everywhere, also for an empty batch; a second create is refused', async () => {
    const store = await openedStore();
    const repository = await openRepository('memory');
    await repository.createTopic(topic, 'refuse', '');
    expect(await codeOf(() => readAfter(repository, 'x', 0))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => readAfter(repository, 'x', 0, 'A'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => repository.latestVersion('x'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => appendTo(repository, 'x', 'A'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => store.appendEvents('x', []))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => repository.createTopic(topic, 'refuse', ''))).toBe('LEFTOVER_DATA');
  });

  test('ME4 id and timestamp are filled, version 1, topic set; a given id, type and data are kept; from 1 one event', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't' });
    await store.appendEvents('t', [event('A')]);
    await store.appendEvents('t', [event('Custom', { n: 1 }, { id: 'custom-id' })]);
    const { events } = await store.getEvents('t');
    expect(events[0]).toMatchObject({ version: 1, topic: 't', id: expect.stringMatching(/./) as string });
    expect(events[0]?.timestamp).toBeGreaterThan(0n);
    expect(events[1]).toMatchObject({ version: 2, id: 'custom-id', type: 'Custom', data: toJsonText({ n: 1 }) });
    expect(versionsOf((await store.getEvents('t', 1)).events)).toEqual([2]);
  });

  test('ME5 a deleted topic is not there any more, and reads of it fail', async () => {
    const repository = await openRepository('memory');
    await repository.createTopic(topic, 'refuse', '');
    await repository.trashTopic('t', '1');
    expect(await repository.findTopic('t')).toBeNull();
    expect(await codeOf(() => readAfter(repository, 't', 0))).toBe('TOPIC_NOT_FOUND');
  });

  test('ME6 health is up with one topic, and the topic counts two events', async () => {
    const repository = await openRepository('memory');
    await repository.createTopic(topic, 'refuse', '');
    await appendTo(repository, 't', 'A', 'B');
    expect(await repository.health()).toMatchObject({ status: 'up', topicCount: 1 });
    expect(await repository.count('t', 0)).toMatchObject({ events: 2, next: null });
  });
});
