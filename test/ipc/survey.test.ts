import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStore, openDemoStore, openStore } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { OpenedStore } from '../../src/main/ipc/engine.ts';
import type { Input, Method, Output } from '../../src/shared/ipc/contract.ts';
import { EventStoreError } from '../../src/shared/model/errors.ts';
import type { NewEvent, StoredEvent } from '../../src/shared/model/event.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

const LIMIT_BYTES = 256 * 1024;
const ALL = { types: null, from: null, to: null } as const;

let desk: TestDesk;
let window: TestWindow;
let folder: TempFolder;

beforeEach(() => {
  desk = openTestDesk();
  window = desk.openWindow();
  folder = openTempFolder('survey');
});
afterEach(async () => {
  await desk.close();
  folder.close();
});

/** Shows a store in the window. */
async function show(open: () => Promise<OpenedStore>): Promise<EventStore> {
  const path = `/store-${desk.stores.size}`;
  desk.stores.set(path, open);
  window.answers.path = path;
  await window.ask('stores.openDialog', { kind: 'folder' });
  return window.workspace.store();
}

/** Asks until the answer is whole, as the page does. */
async function whole<M extends Extract<Method, `survey.${string}`>>(method: M, input: Input<M>): Promise<Output<M>> {
  for (;;) {
    const answer = await window.ask(method, input);
    expect(serialize(answer).length).toBeLessThan(LIMIT_BYTES);
    if (answer.progress.done) return answer;
  }
}

function event(type: string, more: Partial<Record<'id' | 'metadata', string>> & { readonly timestamp?: bigint } = {}): NewEvent {
  return { type, id: more.id, timestamp: more.timestamp, metadata: more.metadata === undefined ? undefined : parseJsonText(more.metadata) };
}

const openOnDisk = async (path: string): Promise<OpenedStore> => ({ ...(await openStore(path)), anyTopic: null });

const STORES: readonly (readonly [string, () => Promise<OpenedStore>])[] = [
  ['in memory', () => openMemoryStore('/memory')],
  ...(['sqlite', 'fs'] as const).map((adapter) => {
    const open = async (): Promise<OpenedStore> => {
      const path = join(folder.path, adapter === 'sqlite' ? 'store.db' : 'store');
      await createStore(path, { adapter });
      return openOnDisk(path);
    };
    return [`on the storage thread, ${adapter}`, open] as const;
  }),
];

describe.each(STORES)('a survey of a store %s', (_where, open) => {
  it('agrees with the events themselves: counts, filtered lists, places, times', async () => {
    const store = await show(open);
    let topics = 0;
    const step = fc.record({ type: fc.constantFrom('a', 'b', 'c'), timestamp: fc.bigInt({ min: 1n, max: 12n }) });
    const wanted = fc.record({
      types: fc.option(fc.subarray(['a', 'b', 'none']), { nil: null }),
      from: fc.option(fc.bigInt({ min: 0n, max: 13n }), { nil: null }),
      to: fc.option(fc.bigInt({ min: 0n, max: 13n }), { nil: null }),
    });
    const property = fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 25 }),
      wanted,
      fc.nat(24),
      fc.nat(30),
      async (steps, filter, cut, offset) => {
        const topic = `topic-${++topics}`;
        await store.createTopic({ name: topic });
        // In two parts, so that the second is a survey that goes on.
        for (const part of [steps.slice(0, cut), steps.slice(cut)]) {
          await store.appendEvents(topic, part);
          await whole('survey.overview', { topic, filter, buckets: 10, range: null });
        }
        const { events } = await store.getEvents(topic);
        const matching = events.filter(
          ({ type, timestamp }) =>
            (filter.types === null || filter.types.includes(type)) &&
            (filter.from === null || timestamp >= filter.from) &&
            (filter.to === null || timestamp < filter.to),
        );
        const counted = (of: readonly StoredEvent[]): object => ({
          types: [...new Set(of.map(({ type }) => type))]
            .map((type) => ({ type, count: of.filter((one) => one.type === type).length }))
            .sort((a, b) => b.count - a.count || (a.type < b.type ? -1 : 1)),
          otherTypes: { types: 0, count: 0 },
        });
        const overview = await whole('survey.overview', { topic, filter, buckets: 10, range: null });
        expect(overview).toMatchObject({
          progress: { scanned: events.length, total: events.length, done: true },
          ...counted(events),
          events: events.length,
          matching: matching.length,
          matchingTypes: counted(matching),
          damaged: 0,
        });
        expect(overview.histogram?.counts.reduce((a, b) => a + b)).toBe(events.length);
        expect(overview.histogram?.matchingCounts.reduce((a, b) => a + b)).toBe(matching.length);

        for (const order of ['oldest', 'newest'] as const) {
          const list = (order === 'oldest' ? matching : matching.toReversed()).map(({ version }) => version);
          const page = await whole('survey.rows', { topic, filter, order, offset, limit: 7 });
          expect(page.matching).toBe(list.length);
          expect(page.versions).toEqual(list.slice(offset, offset + 7));
          expect(page.rows.map(({ version }) => version)).toEqual(page.versions);
          for (const row of page.rows) expect(row).toMatchObject({ type: events[row.version - 1]!.type, id: events[row.version - 1]!.id });
          for (const version of [0, 1, offset, events.length, events.length + 1]) {
            const at = list.findIndex((one) => (order === 'oldest' ? one >= version : one <= version));
            const { index } = await whole('survey.placeOf', { topic, filter, order, version });
            expect(index).toBe(at === -1 ? list.length : at);
          }
        }
        for (const time of [0n, 6n, 12n, 13n]) {
          const { version } = await whole('survey.atTime', { topic, time });
          expect(version).toBe(events.find(({ timestamp }) => timestamp >= time)?.version ?? null);
        }
      },
    );
    await fc.assert(property, { numRuns: 8 });
  });

  it('finds what belongs to an event across topics: by correlation, and without one by causation', async () => {
    const store = await show(open);
    for (const name of ['one', 'two']) await store.createTopic({ name });
    await store.appendEvents('one', [
      event('root', { id: 'r', metadata: '{"correlationId":"r"}', timestamp: 5n }),
      event('stranger', { id: 's', metadata: '{"note":"r","correlationId":"other"}' }),
      event('cause', { id: 'c1', metadata: '{"causation_id":null}', timestamp: 1n }),
    ]);
    await store.appendEvents('two', [
      event('late', { id: 'l', metadata: '{"$correlationId":"r","$causationId":"r"}', timestamp: 9n }),
      event('effect', { id: 'c2', metadata: '{"causation_id":"c1"}', timestamp: 2n }),
      event('effect of the effect', { id: 'c3', metadata: '{"causationId":"c2"}', timestamp: 3n }),
    ]);
    const correlated = await whole('survey.related', { topic: 'two', version: 1 });
    expect(correlated).toMatchObject({ correlationId: 'r', truncated: false, unreachable: [] });
    expect(correlated.events).toEqual([
      { topic: 'one', version: 1, id: 'r', type: 'root', timestamp: 5n, causationId: null, correlationId: 'r' },
      { topic: 'two', version: 1, id: 'l', type: 'late', timestamp: 9n, causationId: 'r', correlationId: 'r' },
    ]);
    for (const [topic, version] of [
      ['one', 3],
      ['two', 2],
      ['two', 3],
    ] as const) {
      const caused = await whole('survey.related', { topic, version });
      expect(caused.correlationId).toBeNull();
      expect(caused.events.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3']);
    }
    // What comes later belongs to it, too.
    await store.appendEvents('one', [event('more', { id: 'm', metadata: '{"correlation":"r"}', timestamp: 10n })]);
    const now = await whole('survey.related', { topic: 'two', version: 1 });
    expect(now.events.map(({ id }) => id)).toEqual(['r', 'l', 'm']);
  });

  it('finds an event by its id, in any topic or in one, and knows when it is gone', async () => {
    const store = await show(open);
    for (const name of ['one', 'two']) await store.createTopic({ name });
    await store.appendEvents('one', [event('a', { id: 'other', metadata: '{"note":"wanted"}' })]);
    await expect(whole('survey.find', { id: 'wanted' })).resolves.toMatchObject({ found: null, unreachable: [] });
    await store.appendEvents('two', [event('a', { id: 'x' }), event('a', { id: 'wanted' })]);
    await expect(whole('survey.find', { id: 'wanted' })).resolves.toMatchObject({ found: { topic: 'two', version: 2 } });
    await expect(whole('survey.find', { id: 'wanted', topic: 'one' })).resolves.toMatchObject({ found: null });
    await expect(window.call('survey.find', { id: 'wanted', topic: 'none' })).resolves.toMatchObject({
      error: { code: 'TOPIC_NOT_FOUND' },
    });
    await store.deleteTopic('two');
    await expect(whole('survey.find', { id: 'wanted' })).resolves.toMatchObject({ found: null });
  });

  it('begins anew for a topic that was deleted and made again', async () => {
    const store = await show(open);
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('old', { id: 'i' }), event('old')]);
    const ask = () => whole('survey.overview', { topic: 'orders', filter: ALL, buckets: 5, range: null });
    const askRelated = () => whole('survey.related', { topic: 'orders', version: 1 });
    expect(await ask()).toMatchObject({ matching: 2, types: [{ type: 'old', count: 2 }] });
    expect((await askRelated()).events).toHaveLength(1);
    await store.deleteTopic('orders');
    await expect(window.call('survey.overview', { topic: 'orders', filter: ALL, buckets: 5, range: null })).resolves.toMatchObject({
      error: { code: 'TOPIC_NOT_FOUND' },
    });
    await store.createTopic({ name: 'orders' });
    expect(await ask()).toMatchObject({ matching: 0, types: [], histogram: null, times: null, progress: { done: true } });
    await store.appendEvents('orders', [event('new'), event('new'), event('new')]);
    expect(await ask()).toMatchObject({ matching: 3, types: [{ type: 'new', count: 3 }] });
    expect((await askRelated()).events).toMatchObject([{ type: 'new' }]);
    // As long as the last one, and never asked about while it was shorter.
    await store.deleteTopic('orders');
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('newest'), event('newest'), event('newest'), event('newest')]);
    expect(await ask()).toMatchObject({ matching: 4, types: [{ type: 'newest', count: 4 }] });
  });

  it('gives every row asked for where the store reads them in smaller pages', async () => {
    const store = await show(open);
    await store.createTopic({ name: 'orders' });
    const data = parseJsonText(`"${'x'.repeat(1024 * 1024)}"`);
    for (let batch = 0; batch < 2; batch++)
      await store.appendEvents(
        'orders',
        [1, 2, 3].map(() => ({ type: 'large', data })),
      );
    for (const order of ['oldest', 'newest'] as const) {
      const page = await whole('survey.rows', { topic: 'orders', filter: ALL, order, offset: 1, limit: 5 });
      const versions = [1, 2, 3, 4, 5, 6];
      expect(page.rows.map(({ version }) => version)).toEqual((order === 'oldest' ? versions : versions.toReversed()).slice(1));
    }
  });
});

describe('damage', () => {
  it('of a file is counted and named, and is in no filtered list', async () => {
    const path = join(folder.path, 'store');
    await createStore(path, { adapter: 'fs' });
    const store = await show(() => openOnDisk(path));
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('a'), event('b'), event('a')]);
    writeFileSync(join(path, 'events/orders/v0000000002.json'), '{"cut');
    await expect(whole('survey.overview', { topic: 'orders', filter: ALL, buckets: 2, range: null })).resolves.toMatchObject({
      damaged: 1,
      events: 2,
      matching: 2,
      types: [{ type: 'a', count: 2 }],
    });
    const page = await whole('survey.rows', { topic: 'orders', filter: ALL, order: 'oldest', offset: 0, limit: 10 });
    expect([page.versions, page.damaged]).toEqual([[1, 3], []]);
  });

  it('of a row whose type can still be told is at its place in the list', async () => {
    const path = join(folder.path, 'store.db');
    await createStore(path, { adapter: 'sqlite' });
    const store = await show(() => openOnDisk(path));
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('a'), event('b'), event('a')]);
    const db = new Database(path);
    db.exec("UPDATE events SET data = '{]' WHERE version = 3 AND topic_id = (SELECT topic_id FROM topics WHERE name = 'orders')");
    db.close();
    const page = await whole('survey.rows', { topic: 'orders', filter: { ...ALL, types: ['a'] }, order: 'newest', offset: 0, limit: 10 });
    expect([page.versions, page.rows.map(({ version }) => version)]).toEqual([[3, 1], [1]]);
    expect(page.damaged).toMatchObject([{ version: 3, code: 'damaged-row' }]);
  });
});

describe('the demo store', () => {
  it('shows for every sampled order its whole correlation, across topics', async () => {
    const store = await show(async () => ({ ...(await openDemoStore()), anyTopic: null }));
    const topics = (await store.listTopics()).map(({ name }) => name);
    const all = (await Promise.all(topics.map((topic) => store.getEvents(topic)))).flatMap(({ events }) => events);
    const correlationOf = ({ metadata }: StoredEvent): unknown => (JSON.parse(metadata) as { correlationId: unknown }).correlationId;
    const orders = all.filter(({ topic, type }) => topic === 'orders' && type === 'OrderPlaced');
    for (const order of [orders[0]!, orders[100]!, orders.at(-1)!]) {
      const expected = all.filter((one) => correlationOf(one) === correlationOf(order));
      const { events, truncated } = await whole('survey.related', { topic: 'orders', version: order.version });
      expect(new Set(events.map(({ topic, version }) => `${topic} ${version}`))).toEqual(
        new Set(expected.map(({ topic, version }) => `${topic} ${version}`)),
      );
      expect(new Set(events.map(({ topic }) => topic)).size).toBeGreaterThan(1);
      expect(events.map(({ timestamp }) => timestamp)).toEqual(events.map(({ timestamp }) => timestamp).sort((a, b) => Number(a - b)));
      expect(truncated).toBe(false);
    }
  });
});

describe('a survey', () => {
  it('that is cancelled answers at once, and its scan goes on no further', async () => {
    const gate = Promise.withResolvers<void>();
    let scans = 0;
    const store = await show(() =>
      openMemoryStore('/slow', (right) => ({
        ...right,
        getLatestVersion: async (topic) => (topic === 'orders' ? 1000 : right.getLatestVersion(topic)),
        scanEvents: async (topic, after) => {
          scans++;
          await gate.promise;
          return { ...(await right.scanEvents(topic, after)), next: after + 1 };
        },
      })),
    );
    await store.createTopic({ name: 'orders' });
    const asked = window.call('survey.overview', { topic: 'orders', filter: ALL, buckets: 2, range: null }, 'mine');
    while (scans === 0) await new Promise((resolve) => setImmediate(resolve));
    window.cancel('mine');
    await expect(asked).resolves.toMatchObject({ error: { code: 'CANCELLED' } });
    gate.resolve();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(scans).toBe(1);
  });

  it('answers in parts where a topic is long, and what it knows meanwhile', async () => {
    const store = await show(() =>
      openMemoryStore('/slow', (right) => ({
        ...right,
        scanEvents: async (topic, after) => {
          const slice = await right.scanEvents(topic, after);
          const until = performance.now() + 220;
          while (performance.now() < until);
          return { ...slice, ...first(slice), next: after < 3 ? after + 1 : null };
        },
      })),
    );
    const first = ({ versions, timestamps, types }: Awaited<ReturnType<EventStore['scanEvents']>>) => ({
      versions: versions.slice(0, 1),
      timestamps: timestamps.slice(0, 1),
      types: types.slice(0, 1),
    });
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('a'), event('b'), event('c'), event('d')]);
    const ask = () => window.ask('survey.overview', { topic: 'orders', filter: ALL, buckets: 2, range: null });
    for (const scanned of [1, 2, 3, 4]) {
      expect(await ask()).toMatchObject({ progress: { scanned, total: 4, done: scanned === 4 }, matching: scanned });
    }
  });

  it('of the last three topics is kept, and goes on instead of beginning anew', async () => {
    const scans: string[] = [];
    const store = await show(() =>
      openMemoryStore('/four', (right) => ({
        ...right,
        scanEvents: async (topic, after) => {
          scans.push(`${topic} ${after}`);
          return right.scanEvents(topic, after);
        },
      })),
    );
    for (const name of ['a', 'b', 'c', 'd']) {
      await store.createTopic({ name });
      await store.appendEvents(name, [event('e'), event('e')]);
    }
    const ask = (topic: string) => whole('survey.overview', { topic, filter: ALL, buckets: 2, range: null });
    for (const topic of ['a', 'b', 'c', 'a', 'b', 'd']) await ask(topic);
    await store.appendEvents('a', [event('e')]);
    await store.appendEvents('c', [event('e')]);
    expect((await ask('a')).matching).toBe(3);
    expect((await ask('c')).matching).toBe(3);
    expect(scans).toEqual(['a 0', 'b 0', 'c 0', 'd 0', 'a 2', 'c 0']);
  });

  it('begins anew where a topic has lost versions', async () => {
    let latest = 3;
    const store = await show(() =>
      openMemoryStore('/cut', (right) => ({
        ...right,
        getLatestVersion: async (topic) => (topic === 'orders' ? latest : right.getLatestVersion(topic)),
        scanEvents: async (topic, after) => {
          const slice = await right.scanEvents(topic, after);
          const kept = Math.max(0, latest - after);
          return {
            ...slice,
            versions: slice.versions.slice(0, kept),
            timestamps: slice.timestamps.slice(0, kept),
            types: slice.types.slice(0, kept),
          };
        },
      })),
    );
    await store.createTopic({ name: 'orders' });
    await store.appendEvents('orders', [event('a'), event('a'), event('a')]);
    const ask = () => whole('survey.overview', { topic: 'orders', filter: ALL, buckets: 2, range: null });
    expect((await ask()).matching).toBe(3);
    latest = 1;
    expect((await ask()).matching).toBe(1);
  });

  it('names the topics it could not look through and answers for the others', async () => {
    const store = await show(() =>
      openMemoryStore('/parts', (right) => ({
        ...right,
        getLatestVersion: async (topic) => {
          if (topic === 'far') throw new EventStoreError('STORAGE_UNAVAILABLE', 'It is far away.');
          return right.getLatestVersion(topic);
        },
      })),
    );
    for (const name of ['far', 'near']) await store.createTopic({ name });
    await store.appendEvents('near', [event('a', { id: 'i', metadata: '{"correlationId":"c"}' })]);
    await expect(whole('survey.related', { topic: 'near', version: 1 })).resolves.toMatchObject({
      events: [{ topic: 'near' }],
      unreachable: ['far'],
    });
    await expect(whole('survey.find', { id: 'none' })).resolves.toMatchObject({ found: null, unreachable: ['far'] });
  });

  it('of hostile names and of many types and events stays within one message', async () => {
    const store = await show(() => openMemoryStore('/hostile'));
    await store.createTopic({ name: 'orders' });
    const long = '\u4e00'.repeat(3000);
    const metadata = JSON.stringify({ correlationId: long, causationId: long });
    await store.appendEvents(
      'orders',
      Array.from({ length: 700 }, (_none, index) => event(`${index}${index % 2 ? long : ''}`, { id: `${index}${long}`, metadata })),
    );
    const overview = await whole('survey.overview', { topic: 'orders', filter: ALL, buckets: 400, range: null });
    const shown = overview.types.reduce((sum, { count }) => sum + count, 0);
    expect(shown + overview.otherTypes.count).toBe(700);
    expect(overview.types.length + overview.otherTypes.types).toBe(700);
    const picture = await whole('survey.related', { topic: 'orders', version: 700 });
    expect(picture.truncated).toBe(true);
    expect(picture.events.some(({ version }) => version === 700)).toBe(true);
    await whole('survey.rows', { topic: 'orders', filter: ALL, order: 'newest', offset: 0, limit: 200 });
  });

  it('of an event that is not there or damaged is refused', async () => {
    const store = await show(() => openMemoryStore('/some'));
    await store.createTopic({ name: 'orders' });
    await expect(window.call('survey.related', { topic: 'orders', version: 1 })).resolves.toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });

  it.each([
    ['survey.overview', { topic: 'orders', filter: ALL, buckets: 0, range: null }],
    ['survey.overview', { topic: 'orders', filter: ALL, buckets: 401, range: null }],
    ['survey.overview', { topic: 'orders', filter: ALL, buckets: 1.5, range: null }],
    ['survey.overview', { topic: 'orders', filter: ALL, buckets: 10, range: { from: 5n, to: 5n } }],
    ['survey.overview', { topic: 'orders', filter: ALL, buckets: 10, range: { from: 0n, to: 2n ** 63n + 1n } }],
    ['survey.overview', { topic: 'orders', filter: { types: null, from: 5, to: null }, buckets: 10, range: null }],
    ['survey.overview', { topic: 'orders', filter: { ...ALL, types: Array.from({ length: 501 }, String) }, buckets: 10, range: null }],
    ['survey.rows', { topic: 'orders', filter: ALL, order: 'newest', offset: 0, limit: 201 }],
    ['survey.rows', { topic: 'orders', filter: ALL, order: 'newest', offset: -1, limit: 1 }],
    ['survey.rows', { topic: 'orders', filter: ALL, order: 'sideways', offset: 0, limit: 1 }],
    ['survey.placeOf', { topic: 'orders', filter: ALL, order: 'newest', version: 0.5 }],
    ['survey.atTime', { topic: 'orders', time: '5' }],
    ['survey.related', { topic: 'orders', version: 0 }],
    ['survey.find', { id: '' }],
  ] as const)('refuses %s with %o', async (method, input) => {
    const store = await show(() => openMemoryStore('/some'));
    await store.createTopic({ name: 'orders' });
    await expect(window.call(method, input as never)).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });
});
