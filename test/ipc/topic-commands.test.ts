import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { readOnlyError } from '../../src/main/eventstore/read-only-repository.ts';
import { CHANGED_CHARS, CHANGED_FIELDS, type TopicState } from '../../src/shared/ipc/contract/topics.ts';
import { EventStoreError } from '../../src/shared/model/errors.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;

beforeEach(async () => {
  desk = openTestDesk();
  window = desk.openWindow();
  await window.ask('stores.openDemo', {});
});
afterEach(() => desk.close());

const append = (topic: TopicState, ...types: string[]): Promise<unknown> =>
  window.ask('events.append', {
    topic: topic.name,
    incarnation: topic.incarnation,
    expectedVersion: null,
    events: types.map((type) => ({ type })),
  });
const seen = ({ name, adapter, connection, options, incarnation }: TopicState) => ({
  name,
  adapter,
  connection,
  options: options.map(([key, text]): [string, string] => [key, text]),
  incarnation,
});
const refused = (code: string): unknown => ({ ok: false, error: expect.objectContaining({ code }) });

async function openWrapped(wrap: (store: EventStore) => EventStore): Promise<void> {
  desk.stores.set('/x', () => openMemoryStore('/x', wrap));
  window.answers.path = '/x';
  await window.ask('stores.openDialog', { kind: 'file' });
}

describe('summaries', () => {
  it('say events, versions and the time of the last event of each topic asked for', async () => {
    const orders = await window.ask('topics.create', { name: 'orders' });
    await window.ask('topics.create', { name: 'empty' });
    await append(orders, 'A', 'B');
    const { summaries } = await window.ask('topics.summaries', { topics: ['orders', 'empty', 'configuration'] });
    expect(summaries).toEqual([
      { topic: 'orders', events: 2, damaged: 0, latestVersion: 2, lastTimestamp: expect.any(BigInt), trouble: null },
      { topic: 'empty', events: 0, damaged: 0, latestVersion: 0, lastTimestamp: null, trouble: null },
      { topic: 'configuration', events: 2, damaged: 0, latestVersion: 2, lastTimestamp: expect.any(BigInt), trouble: null },
    ]);
  });

  it('show a topic whose repository fails, with the reason, beside the others', async () => {
    await openWrapped((store) => ({
      ...store,
      getLatestVersion: async (topic) => {
        if (topic === 'gone') throw new EventStoreError('STORAGE_UNAVAILABLE', 'The disk is not there.');
        return store.getLatestVersion(topic);
      },
    }));
    await window.ask('topics.create', { name: 'gone' });
    const { summaries } = await window.ask('topics.summaries', { topics: ['gone', 'configuration', 'never was'] });
    expect(summaries).toMatchObject([
      { latestVersion: null, events: null, trouble: 'The disk is not there.' },
      { latestVersion: 1, events: 1, trouble: null },
      { trouble: expect.stringContaining('never was') },
    ]);
    await expect(window.ask('topics.get', { topic: 'gone' })).resolves.toMatchObject({
      latestVersion: null,
      trouble: 'The disk is not there.',
    });
  });

  it('leave a count that takes long to a call of its own', async () => {
    await openWrapped((store) => ({
      ...store,
      countEvents: (topic, signal) =>
        topic === 'slow'
          ? new Promise((_resolve, reject) => {
              signal?.addEventListener('abort', () => reject(new EventStoreError('CANCELLED', 'Stopped.')));
            })
          : store.countEvents(topic, signal),
    }));
    await window.ask('topics.create', { name: 'slow' });
    await window.ask('topics.create', { name: 'quick' });
    const { summaries } = await window.ask('topics.summaries', { topics: ['slow', 'quick'] });
    expect(summaries).toMatchObject([
      { topic: 'slow', events: null, latestVersion: 0, trouble: null },
      { topic: 'quick', events: 0, latestVersion: 0, trouble: null },
    ]);
  });
});

describe('a check', () => {
  const check = (name: string, more: object = {}) => window.ask('topics.check', { name, options: [], of: null, ...more });

  it('answers what would be written, and writes nothing', async () => {
    const answer = await check('orders', { options: [['__proto__', 'x']] });
    expect(answer).toMatchObject({
      faults: [],
      leftover: null,
      event: {
        type: 'TopicCreated',
        data: '{"adapter":"memory","connection":"","name":"orders","options":{"__proto__":"x"}}',
        metadata: '{"source":"eventstore"}',
      },
    });
    expect(answer.adapters).toEqual([
      { name: 'memory', refusal: null },
      { name: 'postgres', refusal: expect.stringContaining('Planned') },
      { name: 'blob', refusal: expect.stringContaining('Planned') },
    ]);
    await expect(window.ask('topics.get', { topic: 'configuration' })).resolves.toMatchObject({ latestVersion: 0 });
  });

  it('names every fault by its field, with the codes of the commands', async () => {
    await window.ask('topics.create', { name: 'Straße' });
    const faults = async (name: string, more: object = {}): Promise<unknown> =>
      (await check(name, more)).faults.map(({ field, code }) => [field, code]);
    expect(await faults('')).toEqual([['name', 'INVALID_TOPIC_NAME']]);
    expect(await faults('STRASSE')).toEqual([['name', 'INVALID_TOPIC_NAME']]);
    expect(await faults('Straße')).toEqual([['name', 'TOPIC_ALREADY_EXISTS']]);
    expect(await faults('configuration')).toEqual([['name', 'TOPIC_RESERVED']]);
    expect(await faults('a/b', { adapter: 'postgres' })).toEqual([
      ['name', 'INVALID_TOPIC_NAME'],
      ['adapter', 'ADAPTER_NOT_AVAILABLE'],
      ['connection', 'INVALID_TOPIC_CONFIG'],
    ]);
    expect(await faults('a', { adapter: 'mongo', connection: 'x' })).toEqual([['adapter', 'UNKNOWN_ADAPTER']]);
    expect(await faults('a', { connection: '\ud800' })).toEqual([['connection', 'INVALID_TOPIC_CONFIG']]);
    expect(await faults('a', { options: [['\ud800', 'x']] })).toEqual([['options', 'INVALID_TOPIC_CONFIG']]);
  });

  it('of a change says the update that would be written', async () => {
    const orders = await window.ask('topics.create', { name: 'orders', options: [['a', '1']] });
    const answer = await check('orders', { adapter: 'memory', connection: 'other', options: [['b', '2']], of: seen(orders) });
    expect(answer.faults).toEqual([]);
    expect(answer.event).toEqual({
      type: 'TopicUpdated',
      data: '{"adapter":"memory","connection":"other","name":"orders","options":{"b":"2"}}',
      metadata: '{"previous_adapter":"memory","previous_connection":"","replacesOptions":true,"source":"eventstore"}',
    });
  });
});

describe('a change of a topic', () => {
  it('is written and told to the window', async () => {
    const orders = await window.ask('topics.create', { name: 'orders', options: [['a', '1']] });
    window.pushes.length = 0;
    const now = await window.ask('topics.update', { seen: seen(orders), adapter: 'memory', connection: '', options: [['b', '2']] });
    expect(now).toMatchObject({ options: [['b', '2']], incarnation: orders.incarnation });
    expect(window.pushes.map(({ name }) => name)).toContain('catalogue.changed');
  });

  it('is VERSION_CONFLICT where someone else changed the topic since it was seen, and nothing is written', async () => {
    const orders = await window.ask('topics.create', { name: 'orders', options: [['a', '1']] });
    await window.ask('topics.update', { seen: seen(orders), adapter: 'memory', connection: '', options: [['a', 'theirs']] });
    const mine = await window.call('topics.update', { seen: seen(orders), adapter: 'memory', connection: '', options: [['a', 'mine']] });
    expect(mine).toEqual(refused('VERSION_CONFLICT'));
    await expect(window.ask('topics.get', { topic: 'orders' })).resolves.toMatchObject({ options: [['a', 'theirs']] });
    await expect(window.ask('topics.get', { topic: 'configuration' })).resolves.toMatchObject({ latestVersion: 2 });
  });

  it('that was meant for an earlier incarnation is TOPIC_NOT_FOUND, be it an update, a deletion or starting empty', async () => {
    const first = await window.ask('topics.create', { name: 'orders' });
    await window.ask('topics.delete', { topic: 'orders', incarnation: first.incarnation });
    await window.ask('topics.create', { name: 'orders' });
    const { incarnation } = first;
    for (const call of [
      window.call('topics.update', { seen: seen(first), adapter: 'memory', connection: '', options: [] }),
      window.call('topics.delete', { topic: 'orders', incarnation }),
      window.call('topics.startEmpty', { topic: 'orders', incarnation }),
    ]) {
      await expect(call).resolves.toMatchObject({ error: { code: 'TOPIC_NOT_FOUND', message: expect.stringContaining('made again') } });
    }
    await expect(window.ask('topics.get', { topic: 'orders' })).resolves.toMatchObject({ incarnation: 3 });
  });

  it('to another place is TOPIC_NOT_EMPTY while it holds events', async () => {
    const orders = await window.ask('topics.create', { name: 'orders' });
    await append(orders, 'A');
    await expect(
      window.call('topics.update', { seen: seen(orders), adapter: 'memory', connection: 'elsewhere', options: [] }),
    ).resolves.toEqual(refused('TOPIC_NOT_EMPTY'));
  });

  it('in a store that is read-only is READ_ONLY with the reason', async () => {
    const refuse = async (): Promise<never> => {
      throw readOnlyError('it was opened read-only.');
    };
    await openWrapped((store) => ({ ...store, createTopic: refuse, updateTopic: refuse, deleteTopic: refuse }));
    await expect(window.call('topics.create', { name: 'a' })).resolves.toMatchObject({
      error: { code: 'READ_ONLY', message: 'Nothing was written: it was opened read-only.' },
    });
    await expect(window.call('topics.delete', { topic: 'a', incarnation: 1 })).resolves.toEqual(refused('READ_ONLY'));
  });
});

describe('the trash', () => {
  it('has what was deleted, newest first, with when and by which configuration version', async () => {
    for (const name of ['a', 'b']) {
      const topic = await window.ask('topics.create', { name, options: [['x', '1']] });
      await append(topic, 'A');
      await window.ask('topics.delete', { topic: name, incarnation: topic.incarnation });
    }
    const { entries, total } = await window.ask('topics.trash', { offset: 0, limit: 1 });
    expect(total).toBe(2);
    expect(entries).toEqual([
      {
        entry: '4',
        topic: 'b',
        adapter: 'memory',
        connection: '',
        latestVersion: 1,
        options: 1,
        deletedBy: 4,
        deletedAt: expect.any(BigInt),
      },
    ]);
    const more = await window.ask('topics.trash', { offset: 1, limit: 10 });
    expect(more.entries.map(({ entry }) => entry)).toEqual(['2']);
  });

  it('gives back what a deletion answered, with its events, or under another name', async () => {
    const orders = await window.ask('topics.create', { name: 'orders', options: [['a', '1']] });
    await append(orders, 'A', 'B');
    const { trashed } = await window.ask('topics.delete', { topic: 'orders', incarnation: orders.incarnation });
    if (!trashed) throw new Error('There should be an entry.');
    const back = await window.ask('topics.restore', trashed);
    expect(back).toMatchObject({ name: 'orders', options: [['a', '1']], latestVersion: 2, incarnation: 3 });

    const again = await window.ask('topics.delete', { topic: 'orders', incarnation: 3 });
    await window.ask('topics.create', { name: 'orders' });
    if (!again.trashed) throw new Error('There should be an entry.');
    await expect(window.call('topics.restore', again.trashed)).resolves.toEqual(refused('TOPIC_ALREADY_EXISTS'));
    await expect(window.ask('topics.restore', { ...again.trashed, name: 'older' })).resolves.toMatchObject({ latestVersion: 2 });
    await expect(window.ask('topics.trash', { offset: 0, limit: 1 })).resolves.toEqual({ entries: [], total: 0 });
  });

  it('forgets what is purged, and only that', async () => {
    const places = ['one', 'two'];
    for (const connection of places) {
      const topic = await window.ask('topics.create', { name: connection, connection });
      await window.ask('topics.delete', { topic: connection, incarnation: topic.incarnation });
    }
    await window.ask('topics.purge', { entry: '2', topic: 'one', adapter: 'memory', connection: 'one' });
    await expect(window.call('topics.purge', { entry: '2', topic: 'one', adapter: 'memory', connection: 'one' })).resolves.toEqual(
      refused('TOPIC_NOT_FOUND'),
    );
    await expect(window.call('topics.purge', { entry: '4', topic: 'two', adapter: 'memory', connection: 'one' })).resolves.toEqual(
      refused('TOPIC_NOT_FOUND'),
    );
    const { entries } = await window.ask('topics.trash', { offset: 0, limit: 10 });
    expect(entries.map(({ topic }) => topic)).toEqual(['two']);
  });
});

describe('the history of a topic', () => {
  it('is every configuration event of its name, newest first, and what each changed', async () => {
    const first = await window.ask('topics.create', { name: 'a', options: [['x', '1']] });
    await window.ask('topics.create', { name: 'other' });
    const now = await window.ask('topics.update', {
      seen: seen(first),
      adapter: 'memory',
      connection: '',
      options: [
        ['x', '2'],
        ['y', '3'],
      ],
    });
    await window.ask('topics.delete', { topic: 'a', incarnation: now.incarnation });
    await window.ask('topics.create', { name: 'a' });
    const { changes, next } = await window.ask('topics.history', { topic: 'a', before: null, limit: 100 });
    expect(next).toBeNull();
    expect(changes.map(({ version, type }) => [version, type])).toEqual([
      [5, 'TopicCreated'],
      [4, 'TopicDeleted'],
      [3, 'TopicUpdated'],
      [1, 'TopicCreated'],
    ]);
    expect(changes[2]?.changed).toEqual([
      { path: '/options/x', before: '1', after: '2' },
      { path: '/options/y', before: null, after: '3' },
    ]);
  });

  it('pages, each event once, and cuts what is long', async () => {
    let topic = await window.ask('topics.create', { name: 'a' });
    for (let index = 0; index < 6; index++) {
      const options = Array.from({ length: 50 }, (_, key): [string, string] => [`k${key}`, `${index}${'x'.repeat(1000)}`]);
      topic = await window.ask('topics.update', { seen: seen(topic), adapter: 'memory', connection: '', options });
    }
    const versions: number[] = [];
    let before: number | null = null;
    do {
      const page: { changes: readonly { version: number }[]; next: number | null } = await window.ask('topics.history', {
        topic: 'a',
        before,
        limit: 3,
      });
      versions.push(...page.changes.map(({ version }) => version));
      before = page.next;
    } while (before !== null);
    expect(versions).toEqual([7, 6, 5, 4, 3, 2, 1]);
    const { changes } = await window.ask('topics.history', { topic: 'a', before: null, limit: 1 });
    expect(changes[0]?.changed).toHaveLength(CHANGED_FIELDS);
    expect(changes[0]?.more).toBe(50 - CHANGED_FIELDS);
    expect(changes[0]?.changed[0]?.after).toHaveLength(CHANGED_CHARS);
  });
});
