import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventPage } from '../../src/shared/model/event.ts';
import type { FoldedState, FoldProgress } from '../../src/shared/model/fold.ts';
import { appendData, foldOf, numbered, storeOf } from './topic-of-events.ts';

const SUM =
  'export const initial = { sum: 0, seen: {} };\nexport function fold(state, event) {\n  state.sum += event.data.n;\n  state.seen[event.data.k] = event.version;\n  return state;\n}';

/** One fold twice: as a person writes it, and in this process to compare with. */
interface Example {
  readonly name: string;
  readonly initial: () => unknown;
  readonly fold: (
    state: never,
    event: { readonly version: number; readonly type: string; readonly data: { readonly n: number; readonly k: string } },
  ) => unknown;
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'makes a new state for every event',
    initial: () => ({ count: 0, byKey: {} }),
    fold: (state: { count: number; byKey: Record<string, number> }, event) => ({
      count: state.count + 1,
      byKey: { ...state.byKey, [event.data.k]: event.data.n },
    }),
  },
  {
    name: 'changes its state in place and throws half way',
    initial: () => ({ steps: 0, last: null }),
    fold: (state: { steps: number; last: unknown }, event) => {
      state.steps += 1;
      state.last = event.data;
      if (event.data.n % 3 === 0) throw new Error('a third');
      return state;
    },
  },
  {
    name: 'keeps one object in two places and changes it later',
    initial: () => ({ latest: null, byKey: {} }),
    fold: (state: { latest: { n: number; seen?: number } | null; byKey: Record<string, unknown> }, event) => {
      if (state.latest) state.latest.seen = event.version;
      state.latest = event.data;
      state.byKey[event.data.k] = event.data;
      return state;
    },
  },
  {
    name: 'makes states that JSON cannot hold, now and then and for good',
    initial: () => ({ ratio: 0, list: [], sum: 0 }),
    fold: (state: { ratio: number; list: number[]; sum: number }, event) => ({
      ratio: event.data.n % 5 === 0 ? NaN : event.data.n,
      list: [...state.list, event.version].slice(-4),
      sum: event.data.n === 59 ? Infinity : state.sum + 1,
    }),
  },
  {
    name: 'takes what it did back, and deletes',
    initial: () => [],
    fold: (state: string[], event) => {
      if (event.data.n % 4 === 0) state.pop();
      else state.push(event.data.k);
      return state;
    },
  },
];

const sourceOf = ({ initial, fold }: Example): string =>
  `export const initial = ${initial.toString()};\nexport const fold = ${fold.toString()};`;

/** The states after every version, and which versions fail: what fails leaves the state as it was, what cannot be shown is null. */
function expected({ initial, fold }: Example, data: readonly string[]): { states: (string | null)[]; failing: number[] } {
  const shown = (value: unknown): string | null =>
    Object.values(value as object).some((item) => item !== item || item === Infinity) ? null : JSON.stringify(value);
  let state = initial();
  const states = [shown(state)];
  const failing: number[] = [];
  for (const [index, text] of data.entries()) {
    // A copy that keeps one object one object.
    const before = structuredClone(state);
    try {
      state = fold(state as never, { version: index + 1, type: 'T', data: JSON.parse(text) });
    } catch {
      failing.push(index + 1);
      state = before;
    }
    states.push(shown(state));
  }
  return { states, failing };
}

const histories = fc.array(fc.tuple(fc.nat({ max: 60 }), fc.constantFrom('a', 'b', 'toString', 'constructor', '7')), { maxLength: 50 });

describe.each(EXAMPLES)('a fold that $name', (example) => {
  it(
    'shows the same state at every version by slider, by step, by play, folded directly and folded in pieces',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(histories, fc.nat({ max: 80 }), async (events, piece) => {
          const data = events.map(([n, k]) => JSON.stringify({ n, k }));
          const { states, failing } = expected(example, data);
          const store = await storeOf(data.slice(0, piece));
          const session = await foldOf(store, sourceOf(example));
          const play: FoldedState[] = [];
          await session.fold({
            each: async (more) => {
              play.push(...more);
            },
          });
          await appendData(store, data.slice(piece));
          const { status, folded } = await session.fold();
          expect([status, folded]).toEqual(['done', data.length]);
          expect(session.progress().failing).toBe(failing.length);
          for (const version of session.failing(0, 1000)) expect(failing.includes(version) || states[version] === null).toBe(true);
          for (const { version, state } of play) expect(state).toBe(states[version]);
          for (const version of [...states.keys()].reverse()) {
            const { state, fault } = await session.stateAt(version);
            expect(state).toBe(states[version]);
            expect(fault !== null).toBe(failing.includes(version) || states[version] === null);
          }
          // Every seventh, then each of some in turn and back again.
          const walk = Array.from({ length: Math.min(12, data.length) }, (_none, index) => index + 1);
          const sevenths = Array.from({ length: Math.ceil(data.length / 7) }, (_none, index) => index * 7 + 1);
          for (const version of [...sevenths, ...walk, ...walk.toReversed()]) {
            const step = await session.around(version);
            expect([step.before, step.after, step.event?.version]).toEqual([states[version - 1], states[version], version]);
            const isTold = step.before !== null && step.after !== null && step.before !== step.after;
            expect(step.changes.length > 0).toBe(isTold);
          }
          const direct = await foldOf(store, sourceOf(example));
          await direct.fold();
          expect((await direct.stateAt(data.length)).state).toBe(states.at(-1));
          await Promise.all([session.close(), direct.close()]);
          await store.close();
        }),
        { numRuns: 3 },
      );
    },
  );
});

describe('a session', () => {
  it('keeps few states of many and shows every one, whatever the room for them', async () => {
    const store = await storeOf(numbered(6000));
    const session = await foldOf(store, SUM, { snapshotBytes: 1000 });
    await session.fold();
    expect(session.known(6000).snapshots.length).toBeLessThan(12);
    for (const version of [0, 1, 2, 999, 1000, 1001, 3333, 5999, 6000]) {
      const { state } = await session.stateAt(version);
      expect((JSON.parse(state ?? '') as { sum: number }).sum).toBe((version * (version + 1)) / 2);
    }
  });

  it('says how far it is while it folds, and goes on where the topic has grown', async () => {
    const store = await storeOf(numbered(2500));
    const seen: FoldProgress[] = [];
    const session = await foldOf(store, SUM, { onProgress: (progress) => seen.push(progress) });
    expect(session.progress()).toMatchObject({ status: 'idle', folded: 0 });
    await session.fold();
    expect(seen.map(({ folded, total, status }) => [folded, total, status])).toEqual([
      [1000, 2500, 'folding'],
      [2000, 2500, 'folding'],
      [2500, 2500, 'folding'],
    ]);
    expect(session.progress()).toMatchObject({ status: 'done', failing: 0, isImpure: false });
    expect(session.progress().eventsPerSecond).toBeGreaterThan(0);
    await appendData(store, ['{"n":7,"k":"new"}']);
    expect(await session.fold()).toMatchObject({ folded: 2501, total: 2501 });
    expect((await session.around(2501)).changes).toEqual([
      { path: '/sum', kind: 'changed', before: '3126250', after: '3126257' },
      { path: '/seen/new', kind: 'added', before: null, after: '2501' },
    ]);
  });

  it('shows states that were reached while the pass still goes on', async () => {
    const store = await storeOf(numbered(3000));
    let shown: Promise<FoldedState> | null = null;
    const session = await foldOf(store, SUM, { onProgress: ({ folded }) => void (shown ??= session.stateAt(folded - 1)) });
    await session.fold();
    expect((await (shown as unknown as Promise<FoldedState>)).state).toContain('"sum":499500');
  });

  it('goes on past an event that throws, says where, and steps from one failing event to the next', async () => {
    const store = await storeOf(numbered(3000));
    const source =
      'export const initial = 0;\nexport function fold(state, event) {\n  if (event.version === 7 || event.version === 2500) {\n    throw new Error(`no ${event.data.k}`);\n  }\n  return state + 1;\n}';
    const session = await foldOf(store, source);
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 2 });
    expect(session.failing(0, 10)).toEqual([7, 2500]);
    expect([session.nextFailing(0), session.nextFailing(7), session.nextFailing(2500)]).toEqual([7, 2500, null]);
    expect([session.previousFailing(7), session.previousFailing(2500), session.previousFailing(9000)]).toEqual([null, 7, 2500]);
    expect(await session.around(7)).toMatchObject({
      before: '6',
      after: '6',
      changes: [],
      fault: { kind: 'throw', reason: 'no k6', line: 4 },
    });
    expect(await session.stateAt(3000)).toEqual({ version: 3000, state: '2998', fault: null });
    const strict = await foldOf(store, source);
    expect(await strict.fold({ stopAtFault: true })).toMatchObject({ status: 'halted', folded: 7, failing: 1 });
  });

  it.each([
    ['a function', '() => 1', 'a function'],
    ['nothing', 'undefined', 'nothing (undefined). It must return'],
    ['a symbol', 'Symbol("x")', 'a symbol'],
    ['no number', 'NaN', 'NaN'],
    ['a promise', '(async () => state)()', 'cannot be async'],
    ['a Map', 'new Map()', 'an object of a class (Map)'],
    ['an instance', 'new (class Account {})()', 'an object of a class (Account)'],
  ])('an event after which the fold returns %s has failed: it goes on from the state before', async (_name, code, reason) => {
    const store = await storeOf(numbered(1500));
    const session = await foldOf(
      store,
      `export const initial = { n: 0 };\nexport const fold = (state, { version }) => version === 777 ? ${code} : { n: state.n + 1 };`,
    );
    await session.fold();
    expect(session.failing(0, 10)).toEqual([777]);
    expect(await session.around(777)).toMatchObject({
      before: '{"n":776}',
      after: '{"n":776}',
      fault: { kind: 'state', reason: expect.stringContaining(reason) },
    });
    expect((await session.stateAt(1500)).state).toBe('{"n":1499}');
  });

  it.each([
    ['a Map', 'new Map()', 'of a class (Map)', '/a/b~1c~0d'],
    ['an instance', 'new (class Account { balance = 1; })()', 'of a class (Account)', '/a/b~1c~0d'],
    ['a member named by a symbol', '({ [Symbol.iterator]: 1 })', 'named by a symbol', '/a/b~1c~0d'],
    ['a list that is said to be an object', 'Object.setPrototypeOf([1], Object.prototype)', 'a list of a class', '/a/b~1c~0d'],
    ['an object that is said to be a list', 'Object.create(Array.prototype)', 'of a class (Array)', '/a/b~1c~0d'],
    ['itself', 'state', 'contains itself', '/a/b~1c~0d'],
    ['NaN', '0 / 0', 'NaN', '/a/b~1c~0d'],
    ['undefined in a list', '[1, undefined]', 'undefined', '/a/b~1c~0d/1'],
    ['a computed member', '({ get x() { return 1; } })', 'computed', '/a/b~1c~0d/x'],
    ['a function', '[[() => 1]]', 'a function', '/a/b~1c~0d/0/0'],
  ])('names the first version from which on the state holds %s, shows why, and folds on', async (_name, code, reason, path) => {
    const store = await storeOf(numbered(1500));
    const source = `export const initial = { n: 0 };\nexport function fold(state, { version }) {\n  state.n++;\n  if (version === 777) state.a = { "b/c~d": ${code} };\n  if (version === 1200) delete state.a;\n  return state;\n}`;
    const session = await foldOf(store, source);
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 0 });
    expect([session.failing(0, 10), session.unshownSince(1000)]).toEqual([[777], 777]);
    const fault = { kind: 'state', reason: expect.stringContaining(reason), path };
    expect(await session.around(777)).toMatchObject({ before: '{"n":776}', after: null, changes: [], fault });
    expect(await session.stateAt(1199)).toMatchObject({ state: null, fault });
    expect(await session.stateAt(1500)).toEqual({ version: 1500, state: '{"n":1500}', fault: null });
    const each = await foldOf(store, source);
    let shown = 0;
    await each.fold({ each: async (states) => void (shown += states.filter(({ state }) => state !== null).length) });
    expect(shown).toBe(1500 - (1200 - 777));
    expect((await each.stateAt(1500)).state).toBe('{"n":1500}');
  });

  it('does not go on for ever with a state that it cannot keep', async () => {
    const store = await storeOf(numbered(8000));
    const session = await foldOf(
      store,
      'export const initial = { n: 0 }; export const fold = (state, event) => { state.n++; if (event.version === 100) state.m = new Map(); return state; };',
    );
    expect(await session.fold()).toMatchObject({ status: 'halted' });
    expect(session.failing(0, 10)).toEqual([100]);
    expect((await session.stateAt(99)).state).toBe('{"n":99}');
  });

  it('finds what fails at every event without taking forever', async () => {
    const store = await storeOf(numbered(1200));
    for (const code of ['state.n + event.data.missing', '(state.n++, (() => { throw 1; })())']) {
      const session = await foldOf(store, `export const initial = { n: 0 }; export const fold = (state, event) => ${code};`);
      expect(await session.fold()).toMatchObject({ status: 'done', failing: 1200 });
      expect(await session.stateAt(1200)).toMatchObject({ state: '{"n":0}' });
      expect((await session.around(1150)).fault).not.toBeNull();
    }
  });

  it.each([
    ['a syntax error', 'export const initial = 0;\nexport function fold(state) {\n  return state +;\n}', { line: 3, column: 17 }],
    [
      'an import',
      'const a = 1;\nimport fs from "node:fs";\nexport const initial = 0; export const fold = (s) => s;',
      { line: 2, reason: expect.stringContaining('cannot import') },
    ],
    ['no fold', 'export const initial = 0;', { reason: expect.stringContaining('no fold') }],
    ['no initial', 'export const fold = (state) => state;', { reason: expect.stringContaining('no initial') }],
    ['a fold that is none', 'export const initial = 0; export const fold = 1;', { reason: expect.stringContaining('no function') }],
    [
      'an initial that throws',
      'export const initial = () => {\n  throw new Error("empty"); };\nexport const fold = (s) => s;',
      { line: 2, reason: expect.stringContaining('empty') },
    ],
    [
      'an initial that JSON cannot hold',
      'export const initial = new Set(); export const fold = (s) => s;',
      { reason: expect.stringContaining('(Set)') },
    ],
    ['a wait', 'export const initial = await 1; export const fold = (s) => s;', { reason: expect.stringContaining('await') }],
    [
      'an error while it loads',
      '\n\nnope();\nexport const initial = 0;',
      { line: 3, reason: expect.stringContaining("'nope' is not defined") },
    ],
    ['no text', '', { reason: expect.stringContaining('no fold') }],
  ])('is not opened for a text with %s', async (_name, source, details) => {
    const store = await storeOf([]);
    await expect(foldOf(store, source)).rejects.toMatchObject({
      code: 'FOLD_FAILED',
      details: { version: null, kind: 'load', ...details },
    });
  });

  it('goes on after a stop as if there had been none', async () => {
    const store = await storeOf(numbered(20_000));
    const session = await foldOf(store, SUM, { onProgress: ({ folded }) => folded === 4000 && session.stop() });
    expect(await session.fold()).toMatchObject({ status: 'stopped' });
    const { folded } = session.progress();
    expect((await session.stateAt(folded)).state).toContain(`"sum":${(folded * (folded + 1)) / 2},`);
    expect(await session.fold()).toMatchObject({ status: 'done', folded: 20_000 });
    expect((await session.stateAt(20_000)).state).toContain('"sum":200010000,');
  });

  it('comes to an end also with a fold that does not do the same twice', async () => {
    const store = await storeOf(numbered(200));
    const source = `const seen = new Set(); export const initial = 0;
      export const fold = (state, { version }) => {
        if (version === 100 || seen.has(version)) throw new Error("again");
        seen.add(version);
        return state + 1;
      };`;
    const session = await foldOf(store, source);
    expect(await session.fold()).toMatchObject({ status: 'done', folded: 200 });
    expect(session.progress().failing).toBeGreaterThan(0);
    expect((await session.stateAt(0)).state).toBe('0');
  });

  it('tells a fold that keeps something outside of its state', async () => {
    const store = await storeOf(numbered(1500));
    const session = await foldOf(store, 'let count = 0; export const initial = { n: 0 }; export const fold = () => ({ n: count++ });');
    expect(await session.fold()).toMatchObject({ isImpure: true });
    const cached = await foldOf(
      store,
      'const cache = new Map(); export const initial = { n: 0 }; export const fold = (s, e) => { cache.set(e.data.k, 1); return { n: s.n + cache.get(e.data.k) }; };',
    );
    expect(await cached.fold()).toMatchObject({ isImpure: false });
  });

  it('shows only what was folded', async () => {
    const session = await foldOf(await storeOf(numbered(5)), SUM);
    for (const version of [1, 6, -1, 0.5, NaN]) await expect(session.stateAt(version)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await session.fold();
    for (const version of [6, -1, 0.5]) await expect(session.stateAt(version)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    for (const version of [0, 6]) await expect(session.around(version)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await session.close();
    await expect(session.stateAt(1)).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is of one incarnation of its topic', async () => {
    const store = await storeOf(numbered(5));
    const session = await foldOf(store, SUM);
    await session.fold();
    await store.deleteTopic('t');
    await expect(session.fold()).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
    await store.createTopic({ name: 't' });
    await expect(session.fold()).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
  });

  it('passes versions that cannot be read on as failing ones, and folds the others', async () => {
    const store = await storeOf(numbered(30));
    const damage = (page: EventPage): EventPage => ({
      ...page,
      events: page.events.filter(({ version }) => version !== 9 && version !== 30),
      damaged: [9, 30].flatMap((version) =>
        page.events.some((event) => event.version === version) ? [{ version, code: 'not-json', reason: 'It is no JSON.', place: 'x' }] : [],
      ),
    });
    const history = {
      topic: 't',
      latest: async () => 30,
      read: async (after: number, limit: number) => damage(await store.readEvents('t', { after, limit })),
    };
    const session = await foldOf(store, 'export const initial = 0; export const fold = (state) => state + 1;', { history });
    expect(await session.fold()).toMatchObject({ status: 'done', folded: 30, failing: 2 });
    expect(session.failing(0, 10)).toEqual([9, 30]);
    expect(await session.around(9)).toMatchObject({ event: null, before: '8', after: '8', fault: { kind: 'event' } });
    expect(await session.stateAt(30)).toMatchObject({ state: '28', fault: { kind: 'event' } });
  });

  it('folds the configuration topic like any other, and leaves the store as it was', async () => {
    const store = await storeOf(numbered(3));
    const before = [await store.getLatestVersion('t'), await store.getLatestVersion('configuration')];
    const { openFold } = await import('../../src/main/compose.ts');
    const session = await openFold(store, 'configuration', {
      source: 'export const initial = []; export const fold = (s, e) => [...s, `${e.type} ${e.data.name}`];',
    });
    await session.fold();
    expect((await session.stateAt(1)).state).toBe('["TopicCreated t"]');
    await session.close();
    expect([await store.getLatestVersion('t'), await store.getLatestVersion('configuration')]).toEqual(before);
    await expect(openFold(store, 'nope', { source: SUM })).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
  });
});
