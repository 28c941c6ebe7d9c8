import { describe, expect, test } from 'vitest';
import {
  CONFIG_EVENT_TYPES,
  configSteps,
  emptyCatalogue,
  foldCatalogue,
  type Catalogue,
} from '../../../src/main/eventstore/topic-catalogue.ts';
import { createEventStore } from '../../../src/main/eventstore/event-store.ts';
import { createRepositoryRegistry } from '../../../src/main/eventstore/repository-registry.ts';
import { newEventStoreConfig } from '../../../src/shared/model/event-store-config.ts';
import { newEventStreamConfig } from '../../../src/shared/model/event-stream-config.ts';
import { toJsonText } from '../../../src/shared/model/json-text.ts';
import { silentLogger, type Logger } from '../../../src/shared/model/logger.ts';
import { adapters, codeOf, event, newFolder, newStore, openedStore, versionsOf } from './stores.ts';

const MEMORY = { adapter: 'memory', connection: 'memory://1' } as const;

/** Folds configuration events of these types and data, versions from 1. */
function fold(...events: readonly (readonly [type: string, data: unknown])[]): Catalogue {
  const stored = events.map(([type, data], index) => ({
    id: `id-${index}`,
    topic: 'configuration',
    type,
    data: toJsonText(data),
    metadata: toJsonText({ source: 'eventstore' }),
    timestamp: 1n,
    version: index + 1,
  }));
  return foldCatalogue(emptyCatalogue, configSteps({ events: stored, damaged: [] })).catalogue;
}

const codesOf = ({ problems }: Catalogue): string[] => problems.map(({ code }) => code);

describe('ES: the EventStore', () => {
  test('ES1 the configuration events are TopicCreated, TopicUpdated and TopicDeleted', () => {
    expect(CONFIG_EVENT_TYPES).toEqual(['TopicCreated', 'TopicUpdated', 'TopicDeleted']);
  });

  test('ES2 a new store has the configuration stream "configuration" and is not initialised', async () => {
    const store = newStore();
    expect(store.configStream.name).toBe('configuration');
    expect((await store.health()).initialized).toBe(false);
  });

  test('ES3 an empty name of the configuration stream is INVALID_TOPIC_CONFIG', async () => {
    const config = { configStream: newEventStreamConfig(''), logger: silentLogger };
    const make = (): unknown => createEventStore(config, { adapters, base: newFolder(), now: () => 1n, newId: () => 'x' });
    expect(await codeOf(make)).toBe('INVALID_TOPIC_CONFIG');
  });

  test('ES4 a logger and a configuration stream that are given are taken', async () => {
    const said: string[] = [];
    const logger: Logger = { ...silentLogger, info: (message) => void said.push(message) };
    const config = newEventStoreConfig({ configStream: newEventStreamConfig('custom'), logger });
    const store = createEventStore(config, { adapters, base: newFolder(), now: () => 1n, newId: () => 'x' });
    expect([store.configStream.name, (await store.health()).initialized, said]).toEqual(['custom', false, []]);
    await store.initialize();
    await store.close();
    expect(said).toEqual(['Store opened', 'Store closed']);
  });

  test('ES5 initialize can be called twice', async () => {
    const store = newStore();
    await store.initialize();
    await store.initialize();
    expect((await store.health()).initialized).toBe(true);
  });

  test('ES6 replay of created, created, updated, deleted leaves one topic, moved, with its option kept', () => {
    const { topics } = fold(
      ['TopicCreated', { name: 't1', adapter: 'memory', connection: 'a', options: { option1: 'value1' } }],
      ['TopicCreated', { name: 't2', adapter: 'memory', connection: 'a' }],
      ['TopicUpdated', { name: 't1', adapter: 'memory', connection: 'b' }],
      ['TopicDeleted', { name: 't2' }],
    );
    expect([...topics.values()]).toEqual([
      { name: 't1', adapter: 'memory', connection: 'b', options: { option1: 'value1' }, incarnation: 1 },
    ]);
  });

  test('ES7 TopicCreated takes adapter, an empty connection and options; without name or adapter it is a problem, not a failure', () => {
    const created = fold(['TopicCreated', { name: 't', adapter: 'fs', connection: '', options: { a: '1' } }]);
    expect(created.topics.get('t')).toMatchObject({ adapter: 'fs', connection: '', options: { a: '1' } });
    const skipped = fold(['TopicCreated', { adapter: 'fs' }], ['TopicCreated', { name: 't' }]);
    expect([skipped.topics.size, codesOf(skipped)]).toEqual([0, ['config-event-incomplete', 'config-event-incomplete']]);
  });

  test('ES8 TopicUpdated replaces adapter and connection and merges options; without name or of an unknown topic it is a problem', () => {
    const created = ['TopicCreated', { name: 't', adapter: 'fs', connection: 'a', options: { old: '1' } }] as const;
    const updated = fold(created, ['TopicUpdated', { name: 't', adapter: 'memory', connection: 'b', options: { new: '2' } }]);
    expect(updated.topics.get('t')).toMatchObject({ adapter: 'memory', connection: 'b', options: { old: '1', new: '2' } });
    const skipped = fold(created, ['TopicUpdated', { adapter: 'memory' }], ['TopicUpdated', { name: 'unknown' }]);
    expect(codesOf(skipped)).toEqual(['config-event-incomplete', 'config-event-orphaned']);
    expect(skipped.topics.size).toBe(1);
  });

  test('ES9 TopicDeleted removes; without name it is a problem, of an unknown topic it is none', () => {
    const deleted = fold(
      ['TopicCreated', { name: 't', adapter: 'fs' }],
      ['TopicDeleted', { name: 't' }],
      ['TopicDeleted', { name: 'unknown' }],
    );
    expect([deleted.topics.size, codesOf(deleted)]).toEqual([0, []]);
    expect(codesOf(fold(['TopicDeleted', {}]))).toEqual(['config-event-incomplete']);
  });

  test('ES10 an event of an unknown type is skipped and becomes a problem', () => {
    const folded = fold(['SomethingElse', { name: 't' }], ['TopicCreated', { name: 't', adapter: 'fs' }]);
    expect([codesOf(folded), folded.topics.has('t')]).toEqual([['config-event-unknown'], true]);
  });

  test('ES11 the registry gives the repository of the configuration stream, also before initialize', async () => {
    const registry = createRepositoryRegistry({ adapters, base: newFolder(), lockWait: 0, allowOutside: false });
    const { adapter, connection } = newEventStoreConfig().configStream;
    expect((await (await registry.getOrCreate(adapter, connection)).health()).status).toBe('up');
    await registry.close();
  });

  test('ES12 a known topic has its repository, an unknown one is TOPIC_NOT_FOUND', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    expect(await store.getLatestVersion('t')).toBe(0);
    expect(await codeOf(() => store.getLatestVersion('unknown'))).toBe('TOPIC_NOT_FOUND');
  });

  test('ES13 after close the store is not initialised', async () => {
    const store = await openedStore();
    await store.close();
    expect((await store.health()).initialized).toBe(false);
    await store.close();
  });

  test('ES14 health before initialize is down, and does not throw', async () => {
    expect(await newStore().health()).toMatchObject({ status: 'down', initialized: false, reason: 'not initialized' });
  });

  test('ES15 health after initialize is up, with every repository', async () => {
    const { status, initialized, repositories } = await (await openedStore()).health();
    expect([status, initialized]).toEqual(['up', true]);
    expect(Object.values(repositories).map((repository) => repository.status)).toEqual(['up']);
  });

  test('ES16 createTopic: there afterwards, not twice, with a valid config, in an initialised store', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    expect((await store.getTopic('t')).name).toBe('t');
    expect(await codeOf(() => store.createTopic({ name: 't', ...MEMORY }))).toBe('TOPIC_ALREADY_EXISTS');
    expect(await codeOf(() => store.createTopic({ name: 'u', adapter: '', connection: '' }))).toBe('INVALID_TOPIC_CONFIG');
    expect(await codeOf(() => newStore().createTopic({ name: 'u', ...MEMORY }))).toBe('NOT_INITIALIZED');
  });

  test('ES17 updateTopic shows changed and added options at once, and replaces the others', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY, options: { a: '1', b: '2' } });
    await store.updateTopic({ name: 't', ...MEMORY, options: { a: 'changed', c: 'added' } });
    expect((await store.getTopic('t')).options).toEqual({ a: 'changed', c: 'added' });
  });

  test('ES18 updateTopic moves an empty topic from memory to fs, and refuses to leave events behind', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    await store.updateTopic({ name: 't', adapter: 'fs', connection: 'data', options: {} });
    expect(await store.getTopic('t')).toMatchObject({ adapter: 'fs', connection: 'data' });
    await store.appendEvents('t', [event('A')]);
    expect(await codeOf(() => store.updateTopic({ name: 't', ...MEMORY, options: {} }))).toBe('TOPIC_NOT_EMPTY');
  });

  test('ES19 updateTopic of an unknown topic is TOPIC_NOT_FOUND, in a store not initialised NOT_INITIALIZED', async () => {
    const update = { name: 'unknown', ...MEMORY, options: {} };
    const store = await openedStore();
    expect(await codeOf(() => store.updateTopic(update))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().updateTopic(update))).toBe('NOT_INITIALIZED');
  });

  test('ES20 deleteTopic removes the topic; unknown is TOPIC_NOT_FOUND, not initialised NOT_INITIALIZED', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    await store.deleteTopic('t');
    expect(await store.listTopics()).toEqual([]);
    expect(await codeOf(() => store.deleteTopic('t'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().deleteTopic('t'))).toBe('NOT_INITIALIZED');
  });

  test('ES21 getTopic answers what was created; unknown is TOPIC_NOT_FOUND, not initialised NOT_INITIALIZED', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY, options: { option: 'value' } });
    expect(await store.getTopic('t')).toEqual({ name: 't', ...MEMORY, options: { option: 'value' }, incarnation: 1 });
    expect(await codeOf(() => store.getTopic('unknown'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().getTopic('t'))).toBe('NOT_INITIALIZED');
  });

  test('ES22 listTopics: none at first, then three on three connections, sorted by name', async () => {
    const store = await openedStore();
    expect(await store.listTopics()).toEqual([]);
    for (const n of [3, 1, 2]) await store.createTopic({ name: `t${n}`, adapter: 'memory', connection: `memory://${n}` });
    expect((await store.listTopics()).map(({ name, connection }) => `${name} ${connection}`)).toEqual([
      't1 memory://1',
      't2 memory://2',
      't3 memory://3',
    ]);
    expect(await codeOf(() => newStore().listTopics())).toBe('NOT_INITIALIZED');
  });

  test('ES23 appendEvents gives events their topic; an empty batch is fine, but not for an unknown topic', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    await store.appendEvents('t', [event('A')]);
    expect((await store.getEvents('t')).events.map(({ topic }) => topic)).toEqual(['t']);
    expect(await store.appendEvents('t', [])).toMatchObject({ first: null, last: 1 });
    expect(await codeOf(() => store.appendEvents('unknown', [event('A')]))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => store.appendEvents('unknown', []))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().appendEvents('t', [event('A')]))).toBe('NOT_INITIALIZED');
  });

  test('ES24 getEvents from 0 gives the events back', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    await store.appendEvents('t', [event('A'), event('B')]);
    expect((await store.getEvents('t', 0)).events.map(({ type }) => type)).toEqual(['A', 'B']);
    expect(await codeOf(() => store.getEvents('unknown'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().getEvents('t'))).toBe('NOT_INITIALIZED');
  });

  test('ES25 getEventsByType gives only that type; an empty type is INVALID_EVENT', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    await store.appendEvents(
      't',
      ['TestEvent', 'TestEvent', 'OtherEvent', 'TestEvent'].map((type) => event(type)),
    );
    expect(versionsOf((await store.getEventsByType('t', 'TestEvent')).events)).toEqual([1, 2, 4]);
    expect(versionsOf((await store.getEventsByType('t', 'OtherEvent')).events)).toEqual([3]);
    expect(await codeOf(() => store.getEventsByType('t', ''))).toBe('INVALID_EVENT');
    expect(await codeOf(() => store.getEventsByType('unknown', 'A'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().getEventsByType('t', 'A'))).toBe('NOT_INITIALIZED');
  });

  test('ES26 getLatestVersion is 0 for a new topic and 3 after three events', async () => {
    const store = await openedStore();
    await store.createTopic({ name: 't', ...MEMORY });
    expect(await store.getLatestVersion('t')).toBe(0);
    await store.appendEvents('t', [event('A'), event('B'), event('C')]);
    expect(await store.getLatestVersion('t')).toBe(3);
    expect(await codeOf(() => store.getLatestVersion('unknown'))).toBe('TOPIC_NOT_FOUND');
    expect(await codeOf(() => newStore().getLatestVersion('t'))).toBe('NOT_INITIALIZED');
  });
});
