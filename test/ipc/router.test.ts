import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { METHODS } from '../../src/shared/ipc/channels.ts';
import { inputs } from '../../src/shared/ipc/contract.ts';
import { ERROR_CODES } from '../../src/shared/model/errors.ts';
import { openMemoryStore, openTestDesk, ownEvent, type TestDesk, type TestWindow } from './test-desk.ts';

const ORDERS = { name: 'orders', adapter: 'memory', connection: '', incarnation: 1 };

let desk: TestDesk;
let window: TestWindow;

beforeEach(async () => {
  desk = openTestDesk();
  window = desk.openWindow();
  await window.ask('stores.openDemo', {});
  await window.ask('topics.create', { name: 'orders' });
});
afterEach(() => desk.close());

describe('a call', () => {
  it('comes back as ok and value', async () => {
    const reply = await window.call('app.info', {});
    expect(reply).toEqual({ ok: true, value: { version: '1.2.3', versions: { node: '24' }, platform: 'test', logFile: '/log' } });
  });

  it('carries the code and the facts of what a handler throws, and no stack', async () => {
    const reply = await window.call('topics.count', { topic: 'nowhere' });
    expect(reply).toMatchObject({ ok: false, error: { code: 'TOPIC_NOT_FOUND' } });
    expect(JSON.stringify(reply)).not.toMatch(/\.ts|at .*:\d+/);
  });

  it('of an unknown method is INVALID_INPUT, also of a name every object has', async () => {
    for (const method of ['nope', '', 'events.delete', '__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      await expect(window.call(method as never, {} as never)).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    }
  });

  it.each([
    ['topics.list', { after: null, limit: 0 }, 'limit'],
    ['topics.list', { after: null, limit: 501 }, 'limit'],
    ['topics.list', { after: 5, limit: 5 }, 'after'],
    ['events.page', { topic: 'orders', direction: 'sideways', cursor: null, limit: 1 }, 'direction'],
    ['events.page', { topic: 'orders', direction: 'forward', cursor: -1, limit: 1 }, 'cursor'],
    ['events.page', { topic: 'orders', direction: 'forward', cursor: 1.5, limit: 1 }, 'cursor'],
    ['events.page', { topic: 'orders', direction: 'forward', cursor: null, limit: 201 }, 'limit'],
    ['events.page', { topic: 'orders', direction: 'forward', cursor: null, limit: 1, types: [1] }, 'types.0'],
    ['events.get', { topic: 'orders', version: 0 }, 'version'],
    ['events.append', { topic: 'orders', incarnation: 1, expectedVersion: null, events: [{ type: 't', data: {} }] }, 'events.0.data'],
    [
      'events.append',
      { topic: 'orders', incarnation: 1, expectedVersion: null, events: [{ type: 't', timestamp: 5 }] },
      'events.0.timestamp',
    ],
    ['topics.create', { name: 'x', options: [['a', 1]] }, 'options.0.1'],
    ['topics.create', {}, 'name'],
    ['topics.summaries', { topics: [] }, 'topics'],
    ['topics.summaries', { topics: Array.from({ length: 51 }, () => 'orders') }, 'topics'],
    ['topics.create', { name: 'x', leftover: 'burn' }, 'leftover'],
    ['topics.update', { seen: { ...ORDERS }, adapter: 'memory', connection: '', options: [] }, 'seen.options'],
    ['topics.delete', { topic: 'orders' }, 'incarnation'],
    ['topics.trash', { offset: 0, limit: 201 }, 'limit'],
    ['topics.history', { topic: 'orders', before: 0, limit: 1 }, 'before'],
  ])('of %s with %j names the field %s', async (method, input, field) => {
    await expect(window.call(method as never, input as never)).resolves.toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', details: { field } },
    });
  });

  it('with an unknown member, with two arguments or with none is INVALID_INPUT', async () => {
    const good = { method: 'app.info', request: 'x', input: {} };
    for (const args of [
      [],
      [good, 1],
      [{ ...good, extra: 1 }],
      [{ ...good, input: { extra: 1 } }],
      [{ ...good, request: '' }],
      [null],
      ['app.info'],
    ]) {
      await expect(desk.send(ownEvent(window.id), ...args)).resolves.toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
    }
  });

  it('keeps an option whose name is __proto__', async () => {
    const options: [string, string][] = [
      ['__proto__', 'x'],
      ['a', 'b'],
    ];
    const row = await window.ask('topics.create', { name: 'odd', options });
    expect(row.options).toEqual(options);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });
});

describe('malformed payloads', () => {
  const hostile = fc.oneof(
    fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withNullPrototype: true,
    }),
    fc.constantFrom(
      JSON.parse('{"__proto__":{"polluted":1}}') as unknown,
      new Error('boom'),
      /x/,
      -0,
      NaN,
      '\ud800',
      'x'.repeat(100_000),
      Array.from({ length: 20_000 }, () => null),
    ),
  );
  const good: Readonly<Record<(typeof METHODS)[number], Record<string, unknown>>> = {
    'app.info': {},
    'app.copyText': { text: 'x' },
    'app.settings': {},
    'app.change': { theme: 'dark' },
    'app.remember': { key: 'k', value: 'v' },
    'app.recall': { prefix: 'k' },
    'app.showCommands': { enabled: ['store.close'], checked: [] },
    'app.showTitle': { topic: 'orders' },
    'app.showProgress': { progress: 0.5 },
    'app.newWindow': {},
    'app.openLog': {},
    'app.notify': { title: 't', body: 'b' },
    'stores.current': {},
    'stores.failure': {},
    'stores.dismissFailure': {},
    'stores.open': { path: '/nowhere' },
    'stores.openInNewWindow': { path: '/nowhere' },
    'stores.openDropped': { path: '/nowhere', newWindow: false },
    'stores.openDialog': { kind: 'file' },
    'stores.createDialog': { adapter: 'fs' },
    'stores.openDemo': {},
    'stores.close': {},
    'stores.unlock': {},
    'stores.lock': {},
    'stores.status': {},
    'stores.retry': {},
    'stores.recent': {},
    'stores.pin': { path: '/nowhere', pinned: true },
    'stores.forget': { path: '/nowhere' },
    'stores.find': { path: '/nowhere' },
    'topics.list': { after: null, limit: 10 },
    'topics.get': { topic: 'orders' },
    'topics.count': { topic: 'orders' },
    'topics.summaries': { topics: ['orders'] },
    'topics.check': { name: 'new', options: [], of: null },
    'topics.create': { name: 'orders' },
    'topics.update': { seen: { ...ORDERS, options: [] }, adapter: 'memory', connection: '', options: [] },
    'topics.delete': { topic: 'orders', incarnation: 1 },
    'topics.startEmpty': { topic: 'orders', incarnation: 1 },
    'topics.trash': { offset: 0, limit: 10 },
    'topics.restore': { entry: '9', topic: 'orders', adapter: 'memory', connection: '', name: 'other' },
    'topics.purge': { entry: '9', topic: 'orders', adapter: 'memory', connection: '' },
    'topics.history': { topic: 'orders', before: null, limit: 10 },
    'events.page': { topic: 'orders', direction: 'forward', cursor: null, limit: 10 },
    'events.get': { topic: 'orders', version: 1 },
    'events.text': { topic: 'orders', version: 1, member: 'data', offset: 0 },
    'events.copy': { job: 'j', topic: 'orders', incarnation: 1, ranges: [{ first: 1, last: 2 }], filter: null, format: 'ndjson' },
    'events.stage': { batch: 'b', first: 0, events: [{ type: 't' }] },
    'events.append': { topic: 'orders', incarnation: 1, expectedVersion: 99, events: [{ type: 't' }] },
    'events.pickBatch': {},
    'drafts.list': { store: '/s' },
    'drafts.load': { store: '/s', topic: 'orders', incarnation: 1 },
    'drafts.save': { store: '/s', topic: 'orders', incarnation: 1, text: '{}' },
    'drafts.remove': { store: '/s', topic: 'orders', incarnation: 1 },
    'health.get': {},
    'survey.overview': { topic: 'orders', filter: { types: null, from: null, to: null }, buckets: 10, range: null },
    'survey.rows': { topic: 'orders', filter: { types: ['t'], from: 1n, to: null }, order: 'newest', offset: 0, limit: 10 },
    'survey.placeOf': { topic: 'orders', filter: { types: null, from: null, to: 9n }, order: 'oldest', version: 1 },
    'survey.atTime': { topic: 'orders', time: 1n },
    'survey.related': { topic: 'orders', version: 1 },
    'survey.find': { id: 'some-id', topic: 'orders' },
    'health.report': {},
    'fold.open': { topic: 'orders', source: 'no fold' },
    'fold.progress': { id: 'f' },
    'fold.stop': { id: 'f' },
    'fold.resume': { id: 'f' },
    'fold.close': { id: 'f' },
    'fold.around': { id: 'f', version: 1 },
    'fold.stateText': { id: 'f', version: 1, offset: 0 },
    'fold.failing': { id: 'f', parts: 80 },
    'fold.nextFailing': { id: 'f', after: 0 },
    'fold.previousFailing': { id: 'f', before: 1 },
    'fold.bisect': { id: 'f', condition: 'true', monotone: false },
    'whatIf.open': { fold: 'f', changes: [{ kind: 'skip', position: 1 }] },
    'whatIf.change': { id: 'w', change: { kind: 'move', position: 1, to: 2 } },
    'whatIf.rows': { id: 'w', after: 0, limit: 10 },
    'whatIf.compare': { id: 'w', position: null },
    'whatIf.added': { id: 'w', offset: 0 },
    'savedFolds.list': { store: '/s' },
    'savedFolds.load': { store: '/s', name: 'n' },
    'savedFolds.save': { store: '/s', name: 'n', source: 's', was: null },
    'savedFolds.remove': { store: '/s', name: 'n' },
    'savedFolds.draft': { store: '/s' },
    'savedFolds.keepDraft': { store: '/s', name: null, source: 's' },
    'savedFolds.import': {},
    'savedFolds.export': { name: 'n', source: 's' },
    'replay.changes': { after: 0, limit: 10 },
    'replay.catalogue': { version: 1, topic: '', offset: 0 },
    'replay.compare': { a: 0, b: 1, topic: 'orders', offset: 0 },
    'replay.patch': { a: 0, b: 1, topic: '', offset: 0 },
    'replay.plan': { version: 1, offset: 0 },
    'replay.restore': { version: 0, expectedVersion: 99 },
    'texts.send': { of: 'c', offset: 0, part: 'x' },
    'texts.more': { of: 'c', offset: 0 },
  };
  const state = async (): Promise<string> => {
    const { topics } = await window.ask('topics.list', { after: null, limit: 500 });
    return JSON.stringify([window.workspace.info(), topics]);
  };

  it.each(METHODS)('of %s are typed errors that change nothing', async (method) => {
    const before = await state();
    const wrongInput = fc.oneof(
      hostile,
      // A good input with one member dropped, added or of another kind.
      fc.tuple(fc.constantFrom(...Object.keys(good[method]), 'extra'), hostile).map(([key, value]) => ({ ...good[method], [key]: value })),
      fc
        .constantFrom(...Object.keys(good[method]), 'extra')
        .map((key) => ({ ...Object.fromEntries(Object.entries(good[method]).filter(([name]) => name !== key)), extra: 1 })),
    );
    // What happens to be a good call of these would change something by right.
    const changes = new Set<string>([
      'stores.open',
      'stores.openDialog',
      'stores.createDialog',
      'stores.openDemo',
      'stores.close',
      'stores.openInNewWindow',
      'stores.openDropped',
      'topics.create',
      'topics.update',
      'topics.delete',
      'topics.startEmpty',
      'topics.restore',
      'topics.purge',
      'events.append',
      'replay.restore',
    ]);
    await fc.assert(
      fc.asyncProperty(wrongInput, async (input) => {
        if (changes.has(method)) fc.pre(!inputs[method].safeParse(input).success);
        const reply = await window.call(method, input as never);
        if (reply.ok) return !changes.has(method);
        expect(ERROR_CODES).toContain(reply.error.code);
        expect(reply.error.code).not.toBe('REPOSITORY_FAILED');
        expect(reply.error.message.length).toBeLessThan(1000);
        return true;
      }),
      { numRuns: 300 },
    );
    expect(await state()).toBe(before);
    expect(desk.router.counts.inFlight).toBe(0);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('as whole messages are typed errors too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 3 }), async (args) => {
        const reply = await desk.send(ownEvent(window.id), ...args);
        expect(reply).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
      }),
      { numRuns: 500 },
    );
  });
});

describe('many calls at once', () => {
  it('10,000 are all answered, as done or as busy, and the next one works', async () => {
    const replies = await Promise.all(Array.from({ length: 10_000 }, () => window.call('topics.list', { after: null, limit: 10 })));
    const done = replies.filter(({ ok }) => ok).length;
    expect(done).toBeGreaterThanOrEqual(1000);
    for (const reply of replies) {
      if (!reply.ok) expect(reply.error).toMatchObject({ code: 'INVALID_INPUT', details: { busy: true } });
    }
    expect(desk.router.counts.inFlight).toBe(0);
    await expect(window.call('app.info', {})).resolves.toMatchObject({ ok: true });
  });

  it('two under one id are one call and one refusal', async () => {
    const [first, second] = await Promise.all([window.call('health.get', {}, 'same'), window.call('health.get', {}, 'same')]);
    expect(first).toMatchObject({ ok: true });
    expect(second).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', details: { field: 'request' } } });
    await expect(window.call('health.get', {}, 'same')).resolves.toMatchObject({ ok: true });
  });
});

describe('cancelling', () => {
  /** A window on a store whose counting and appending wait until they are let go. */
  async function openSlow(): Promise<{ slow: TestWindow; release: () => void; signals: AbortSignal[] }> {
    const gate = Promise.withResolvers<void>();
    const signals: AbortSignal[] = [];
    const wrap = (store: EventStore): EventStore => ({
      ...store,
      countEvents: async (topic, signal) => {
        if (signal) signals.push(signal);
        await gate.promise;
        return store.countEvents(topic, signal);
      },
      appendEvents: async (...args) => {
        await gate.promise;
        return store.appendEvents(...args);
      },
    });
    desk.stores.set('/slow', () => openMemoryStore('/slow', wrap));
    const slow = desk.openWindow();
    slow.answers.path = '/slow';
    await slow.ask('stores.openDialog', { kind: 'file' });
    await slow.ask('topics.create', { name: 'orders' });
    return { slow, release: gate.resolve, signals };
  }

  it('a read answers CANCELLED at once and tells the engine', async () => {
    const { slow, release, signals } = await openSlow();
    const counting = slow.call('topics.count', { topic: 'orders' }, 'count');
    await expect.poll(() => signals.length).toBe(1);
    slow.cancel('count');
    await expect(counting).resolves.toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(signals[0]?.aborted).toBe(true);
    expect(desk.router.counts.inFlight).toBe(1);
    release();
    await expect.poll(() => desk.router.counts.inFlight).toBe(0);
  });

  it('is a matter of the own window: another one cannot cancel', async () => {
    const { slow, release, signals } = await openSlow();
    const counting = slow.call('topics.count', { topic: 'orders' }, 'count');
    await expect.poll(() => signals.length).toBe(1);
    window.cancel('count');
    expect(signals[0]?.aborted).toBe(false);
    release();
    await expect(counting).resolves.toMatchObject({ ok: true });
  });

  it('never calls an append cancelled that may have happened', async () => {
    const { slow, release } = await openSlow();
    const { incarnation } = (await slow.ask('topics.list', { after: null, limit: 10 })).topics.find(({ name }) => name === 'orders') ?? {
      incarnation: -1,
    };
    const appending = slow.call('events.append', { topic: 'orders', incarnation, expectedVersion: 0, events: [{ type: 't' }] }, 'append');
    slow.cancel('append');
    release();
    await expect(appending).resolves.toMatchObject({ ok: true, value: { first: 1, last: 1 } });
  });
});

describe('busy', () => {
  it('refuses the call above the limit and takes the next one when a slot is free', async () => {
    const small = openTestDesk({ maxInFlight: 2 });
    const one = small.openWindow();
    const replies = await Promise.all([one.call('app.info', {}), one.call('app.info', {}), one.call('app.info', {})]);
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, false]);
    await expect(one.call('app.info', {})).resolves.toMatchObject({ ok: true });
  });
});
