import { join } from 'node:path';
import { expect } from 'vitest';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { isEventStoreError } from '../../../src/shared/model/errors.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { law, type Law } from '../law.ts';
import { contentsOf, countAll, readAll, readVersions, refusal, refusedWith } from '../observations.ts';
import { configOf, eventOf, eventsOf, jsonText, PAGE, TOPIC } from '../samples.ts';

/** Some of everything: two topics, events with awkward data, something in the trash. */
async function fill(repository: EventRepository): Promise<void> {
  await repository.createTopic(configOf(TOPIC, { a: 'b' }), 'refuse', '1');
  await repository.createTopic(configOf('empty'), 'refuse', '2');
  await repository.createTopic(configOf('gone'), 'refuse', '3');
  await repository.append(TOPIC, eventsOf('a', 3), 0);
  await repository.append(TOPIC, [eventOf('b', { data: jsonText('{"n":9007199254740993,"n":1.10}'), timestamp: -1n })], 3);
  await repository.append('gone', eventsOf('g', 2), 0);
  await repository.trashTopic('gone', '4');
}

/** Every method once, with arguments that would succeed on `fill`. */
const EVERY_METHOD: readonly (readonly [string, (repository: EventRepository) => Promise<unknown>])[] = [
  ['listTopics', (repository) => repository.listTopics(null, 10)],
  ['findTopic', (repository) => repository.findTopic(TOPIC)],
  ['createTopic', (repository) => repository.createTopic(configOf('new'), 'refuse', '5')],
  ['writeTopicConfig', (repository) => repository.writeTopicConfig(configOf())],
  ['trashTopic', (repository) => repository.trashTopic('empty', '6')],
  ['listTrash', (repository) => repository.listTrash(null, 10)],
  ['restoreTopic', (repository) => repository.restoreTopic('4', 'gone', configOf('gone'))],
  ['purgeTopic', (repository) => repository.trashTopic('gone', '7').then((entry) => repository.purgeTopic(entry, 'gone'))],
  ['append', (repository) => repository.append(TOPIC, eventsOf('c', 2), null)],
  ['read', (repository) => repository.read(TOPIC, PAGE)],
  ['readBeginnings', (repository) => repository.readBeginnings(TOPIC, PAGE, { data: 1, metadata: 1 })],
  ['count', (repository) => repository.count(TOPIC, 0)],
  ['scan', (repository) => repository.scan(TOPIC, 0, null)],
  ['latestVersion', (repository) => repository.latestVersion(TOPIC)],
  ['changeToken', (repository) => repository.changeToken(TOPIC)],
  ['problems', (repository) => repository.problems()],
];

/** Plain data: what arrives on the other side of a thread or a process equals what was sent. */
function expectClonable(value: unknown): void {
  let arrived: unknown;
  expect(() => (arrived = structuredClone(value))).not.toThrow(/could not be cloned/);
  expect(arrived).toEqual(value);
}

export const LIFECYCLE_LAWS: readonly Law[] = [
  law('after close every method is REPOSITORY_CLOSED, and a second close does nothing', async ({ open }) => {
    const repository = await open();
    await fill(repository);
    await repository.close();
    await repository.close();
    for (const [name, call] of EVERY_METHOD) expect(`${name} ${await refusedWith(call(repository))}`).toBe(`${name} REPOSITORY_CLOSED`);
    expect(await refusedWith(repository.purgeTopic('4', 'gone'))).toBe('REPOSITORY_CLOSED');
    expect(await refusedWith(repository.read('unknown', PAGE))).toBe('REPOSITORY_CLOSED');
    await repository.close();
  }),

  law('health says up and ready while open, down and closed after, names its place, and never throws', async ({ open, location }) => {
    const repository = await open();
    await fill(repository);
    const { adapter, connection } = location;
    const health = await repository.health();
    expect(health).toMatchObject({ status: 'up', state: 'ready', adapter, connection, readOnly: false });
    if (health.topicCount !== undefined) expect(health.topicCount).toBe(2);
    for (const value of Object.values(health.checked)) expect(['string', 'number', 'boolean']).toContain(typeof value);
    await repository.close();
    expect(await repository.health()).toMatchObject({ status: 'down', state: 'closed', adapter, connection });
  }),

  law('every answer and every refusal survives structured clone', async ({ open, location }) => {
    expectClonable(location);
    const repository = await open();
    await fill(repository);
    expectClonable(repository.capabilities);
    for (const [, call] of EVERY_METHOD) {
      const answer = await call(repository);
      expectClonable(answer);
    }
    const health = await repository.health();
    expectClonable(health);
    const refused = await refusal(repository.append(TOPIC, eventsOf('new', 1), 0));
    expectClonable(refused);
  }),

  law('capabilities are four plain truths', async ({ open }) => {
    const { capabilities } = await open();
    expect(Object.values(capabilities).map((value) => typeof value)).toEqual(['boolean', 'boolean', 'boolean', 'boolean']);
    expect(Object.keys(capabilities).toSorted()).toEqual(['durable', 'foreignWriters', 'guardsAppends', 'shared']);
  }),

  law('an append that close overtakes is acknowledged or refused; close settles what is acknowledged', async ({ open, openExisting }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const calls = Array.from({ length: 8 }, (_none, n) => repository.append(TOPIC, eventsOf(`w${n}-`, 3), null));
    const closed = repository.close();
    const results = await Promise.allSettled(calls);
    await closed;
    for (const result of results) {
      if (result.status === 'rejected') expect(isEventStoreError(result.reason, 'REPOSITORY_CLOSED')).toBe(true);
    }
    if (!repository.capabilities.durable) return;
    const acknowledged = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const again = await openExisting();
    expect(await readVersions(again, TOPIC)).toEqual(Array.from({ length: acknowledged.length * 3 }, (_none, index) => index + 1));
  }),

  law('locating a place opens nothing and says what was asked', async ({ subject, location }) => {
    const before = treeSnapshot(subject.root);
    const again = await subject.adapter.locate(subject.connection, subject.base);
    expect(again).toEqual(location);
    expect(again.connection).toBe(subject.connection);
    expect(again.outside).toBe(false);
    expect(again.identity).not.toBe((await subject.adapter.locate(`${subject.connection}-other`, subject.base)).identity);
    expect(treeSnapshot(subject.root)).toEqual(before);
  }),

  law(
    'two spellings of one place have one identity, before it is there and after, and each keeps its own words',
    async ({ subject, location, open }) => {
      const compare = async (): Promise<void> => {
        const { identity } = await subject.adapter.locate(subject.connection, subject.base);
        for (const spelling of subject.spellings ?? []) {
          expect(await subject.adapter.locate(spelling, subject.base)).toMatchObject({ connection: spelling, identity, outside: false });
        }
      };
      await compare();
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      await compare();
      expect((await subject.adapter.locate(subject.connection, subject.base)).place).toBe(location.place);
    },
    'paths',
  ),

  law(
    "a place beside the store's folder is marked as outside",
    async ({ subject }) => {
      for (const connection of [join('..', 'elsewhere'), join(subject.root, 'elsewhere'), `${subject.base}-not`]) {
        expect(await subject.adapter.locate(connection, subject.base)).toMatchObject({ connection, outside: true });
      }
    },
    'paths',
  ),

  law(
    'a missing place is STORAGE_UNAVAILABLE and is not made, unless it is to be made',
    async ({ subject, openExisting, open }) => {
      const before = treeSnapshot(subject.root);
      expect(await refusedWith(openExisting())).toBe('STORAGE_UNAVAILABLE');
      expect(treeSnapshot(subject.root)).toEqual(before);
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      await repository.close();
      expect(await (await openExisting()).latestVersion(TOPIC)).toBe(0);
    },
    'durable',
  ),

  law(
    'everything survives closing and opening again: topics, configs, events, trash',
    async ({ open, openExisting }) => {
      const first = await open();
      await fill(first);
      const before = await contentsOf(first);
      await first.close();
      const second = await openExisting();
      expect(await contentsOf(second)).toEqual(before);
      expect(before.topics.map((topic) => topic.latest)).toEqual([0, 4]);
      expect(await second.append(TOPIC, eventsOf('c', 1), 4)).toEqual({ first: 5, last: 5, replayed: false });
      await second.restoreTopic('4', 'gone', configOf('gone'));
      await second.close();
      const third = await openExisting();
      expect(await third.latestVersion(TOPIC)).toBe(5);
      expect(await readVersions(third, 'gone')).toEqual([1, 2]);
    },
    'durable',
  ),

  law(
    'opening and reading write nothing: the tree and its modification times stay',
    async ({ open, openExisting, subject }) => {
      const writer = await open();
      await fill(writer);
      await writer.close();
      const before = treeSnapshot(subject.root);
      expect(before.length).toBeGreaterThan(2);
      const reader = await openExisting();
      await contentsOf(reader);
      await readAll(reader, TOPIC, { direction: 'backward', cursor: null, limit: 2, types: ['OrderPlaced'] });
      await countAll(reader, TOPIC);
      await reader.findTopic('unknown');
      await reader.changeToken(TOPIC);
      await reader.problems();
      await reader.health();
      expect(treeSnapshot(subject.root)).toEqual(before);
      await reader.close();
      expect(treeSnapshot(subject.root)).toEqual(before);
    },
    'durable',
  ),
];
