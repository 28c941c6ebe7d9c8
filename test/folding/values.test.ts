import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION, TAG } from '../../src/main/folding/sandbox/binary-value.ts';
import { packedStateText, StateTooLong } from '../../src/main/folding/sandbox/read-value.ts';
import { MOST_LEVELS } from '../../src/main/folding/sandbox/copy-json.ts';
import { createBatchWriter } from '../../src/main/folding/sandbox/write-batch.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { eventOf, foldHere, sandboxHere } from './fold-here.ts';

const KEEP = 'export const initial = null; export const fold = (state, event) => event.data;';
const KEEP_ALL = 'export const initial = []; export const fold = (state, event) => [...state, event];';

const kept = (data: string) => foldHere(KEEP, [eventOf(1, data)]);

/** What JSON.parse and JSON.stringify leave of a JSON value: the fold keeps at least that. */
const text = fc.string({
  unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('é', '€', '🍵', '\u0000', '"', '\\', '\u2028', 'ÿ', 'Ā')),
});
const number = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0) && !Number.isInteger(value)),
);
const key = fc.oneof(
  text,
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', '0', '7', '4294967294', '4294967295', '-1', '01', ''),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    text,
    number,
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 5 }),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(key, tie('value')), { maxLength: 6 })
    .map((members) => Object.fromEntries(members.filter(([name]) => name !== '__proto__')) as Record<string, unknown>),
})).value;

describe('a value on its way into a fold and out of it', () => {
  it('is the same JSON text, whatever it holds', async () => {
    const sandbox = await sandboxHere(KEEP);
    const write = createBatchWriter();
    fc.assert(
      fc.property(json, (value) => {
        const data = JSON.stringify(value);
        const batch = sandbox.take(write([eventOf(1, data)]));
        if ('kind' in batch) throw new Error(batch.reason);
        const run = sandbox.open();
        run.load(sandbox.initial);
        expect(run.run(batch, 0, 1)).toEqual({ at: 1, end: 'done' });
        batch.release();
        const { bytes, fault } = run.pack();
        run.drop();
        expect([fault, packedStateText(bytes ?? new Uint8Array())]).toEqual([null, data]);
      }),
      { numRuns: 500 },
    );
  });

  it('packed, taken in and packed again it has the same bytes', async () => {
    const sandbox = await sandboxHere(`
      export const initial = () => { const one = { a: [1, 2n ** 70n, -0] }; const bare = Object.create(null); bare.x = one;
        return { one, again: one, bare, u: undefined, list: [one, [one]], '__proto__x': 1, text: 'zoë €' }; };
      export const fold = (state) => { state.one.seen = (state.one.seen ?? 0) + 1; state.plain = state.bare.toString === undefined; return state; };`);
    const run = sandbox.open();
    expect(run.load(sandbox.initial)).toBeNull();
    expect(run.pack()).toEqual({ bytes: sandbox.initial, fault: null, isStopped: false });
    const batch = sandbox.take(createBatchWriter()([eventOf(1, '1')]));
    if ('kind' in batch) throw new Error(batch.reason);
    run.run(batch, 0, 1);
    const packed = run.pack().bytes ?? new Uint8Array();
    // One object stays one object, wherever it stands; a member that is undefined is left out; no prototype stays none.
    const one = `{"a":[1,${2n ** 70n},-0],"seen":1}`;
    expect(packedStateText(packed)).toBe(
      `{"one":${one},"again":${one},"bare":{"x":${one}},"list":[${one},[${one}]],"__proto__x":1,"text":"zoë €","plain":true}`,
    );
  });

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['-9223372036854775808', '-9223372036854775808'],
    ['18446744073709551615', '18446744073709551615'],
    ['1.10', '1.1'],
    ['1e400', '1e400'],
    ['12345678901234567890.10', '12345678901234567890.10'],
    ['-0', '-0'],
    ['1e21', '1e+21'],
    ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
    ['{"a":1e400,"a":"1e400"}', '{"a":"1e400"}'],
    ['{"a":"1e400","a":1e400}', '{"a":1e400}'],
    ['{"__proto__":{"x":9007199254740993},"constructor":1}', '{"__proto__":{"x":9007199254740993},"constructor":1}'],
    ['"\\ud800"', '"\\ud800"'],
    ['{"b":1,"10":2,"9":3,"a":4}', '{"9":3,"10":2,"b":1,"a":4}'],
    ['[[[]],{},""]', '[[[]],{},""]'],
  ])('%s is shown as %s', async (data, shown) => {
    expect(await kept(data)).toBe(shown);
  });

  it('an event has its members and nothing else, with the timestamp as exact nanoseconds', async () => {
    const event = eventOf(7, '{"n":1}', { id: 'ÿ"\u0000', topic: 'ордер', type: '<b>&', metadata: parseJsonText('{"m":[]}') });
    expect(await foldHere(KEEP_ALL, [event])).toBe(
      '[{"id":"ÿ\\"\\u0000","topic":"ордер","type":"<b>&","version":7,"timestamp":1772438400000000007,"data":{"n":1},"metadata":{"m":[]}}]',
    );
    for (const timestamp of [0n, 1n, -1n, 127n, 128n, -128n, -129n, 255n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      const shown = await foldHere('export const initial = 0; export const fold = (state, event) => event.timestamp;', [
        eventOf(1, '1', { timestamp }),
      ]);
      expect(shown).toBe(String(timestamp));
    }
  });

  it('a number that no JavaScript value holds gives its text, and throws where it is counted with', async () => {
    const fold = (expression: string): string => `export const initial = 0; export const fold = (state, { data }) => ${expression};`;
    const events = [eventOf(1, '{"x":1e400,"y":[0.12345678901234567890]}')];
    expect(await foldHere(fold('[data.x.text, `${data.x}`, String(data.y[0]), data.x, typeof data.x]'), events)).toBe(
      '["1e400","1e400","0.12345678901234567890",1e400,"object"]',
    );
    for (const wrong of [
      '1 + data.x',
      'data.x * 2',
      'data.x < 3',
      'Number(data.x)',
      '+data.y[0]',
      'data.x + ""',
      'Math.max(data.x)',
      'parseInt(data.x)',
      'Number.parseFloat(data.x)',
      'parseInt(9007199254740993n)',
      'parseInt(9007199254740993n, 0)',
      '[1n, 9007199254740993n].map(parseFloat)',
      'parseInt(9007199254740993n, 16)',
      'parseInt(10n ** 400n)',
    ]) {
      expect(await foldHere(fold(wrong), events), wrong).toMatchObject({
        kind: 'throw',
        reason: expect.stringContaining('fits no JavaScript number exactly'),
      });
    }
    expect(
      await foldHere(
        fold('[parseInt("12px"), parseInt("ff", 16), parseInt(7n), parseInt(11n, 2), parseFloat(" 1.5 "), Number.parseInt === parseInt]'),
        events,
      ),
    ).toBe('[12,255,7,3,1.5,true]');
    expect(await foldHere(fold('(data.x.text = "5", data)'), events)).toMatchObject({ kind: 'throw' });
    expect(
      await foldHere(
        'export const initial = 0; export const fold = (s, { data }) => Object.assign(Object.create(Object.getPrototypeOf(data.x)), { text: "}evil{" });',
        events,
      ),
    ).toMatchObject({ kind: 'state' });
  });

  it('nesting is taken up to its limit, and named beyond it', async () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    expect(await kept(deep(MOST_LEVELS))).toBe(deep(MOST_LEVELS));
    expect(await kept(deep(MOST_LEVELS + 1))).toMatchObject({ kind: 'event', reason: expect.stringContaining(`${MOST_LEVELS} levels`) });
    expect(await kept(deep(100_000))).toMatchObject({ kind: 'event' });
    const grown = 'export const initial = []; export const fold = (state) => [state];';
    expect(
      await foldHere(
        grown,
        Array.from({ length: 1000 }, (_none, index) => eventOf(index + 1, '1')),
      ),
    ).toMatchObject({ kind: 'state' });
  });

  it('may be nested 500 levels deep and no deeper', async () => {
    for (const empty of ['[]', '{}']) {
      const nest = `export const fold = (state) => { let deep = ${empty}; for (let i = 1; i < state; i++) deep = [deep]; return deep; };`;
      const of = (levels: number): Promise<unknown> => foldHere(`export const initial = ${levels}; ${nest}`, [eventOf(1, '1')]);
      expect(await of(500)).toBe(`${'['.repeat(499)}${empty}${']'.repeat(499)}`);
      expect(await of(501)).toMatchObject({ kind: 'state', reason: expect.stringContaining('nested more than 500 levels deep') });
    }
  });

  it('one object in exponentially many places is refused, not written out', async () => {
    const doubling = 'export const initial = {}; export const fold = (state) => ({ a: state, b: state });';
    const events = Array.from({ length: 60 }, (_none, index) => eventOf(index + 1, '1'));
    expect(await foldHere(doubling, events)).toMatchObject({
      kind: 'state',
      reason: expect.stringContaining('one object in too many places'),
    });
    const wide =
      'export const initial = { t: "x".repeat(100_000) }; export const fold = (state) => [state, state, state, state, state, state, state, state];';
    await expect(foldHere(wide, events.slice(0, 7))).rejects.toThrow(StateTooLong);
  });
});

it('the bytes are those that QuickJS itself writes', async () => {
  const sandbox = await sandboxHere(
    'export const initial = [1, -5, 1.5, "abc", "€", 123n, null, true, false, { a: 1 }]; export const fold = (state) => state;',
  );
  const value = [
    [TAG.array, 10, TAG.int32, 2, TAG.int32, 9, TAG.float64, 0, 0, 0, 0, 0, 0, 0xf8, 0x3f, TAG.text, 6, 0x61, 0x62, 0x63],
    [TAG.text, 3, 0xac, 0x20, TAG.bigint, 1, 123, TAG.null, TAG.true, TAG.false, TAG.object, 1, 2, TAG.int32, 2],
  ].flat();
  expect([...sandbox.initial]).toEqual([FORMAT_VERSION, 1, 2, 0x61, TAG.array, 4, TAG.array, 0, TAG.array, 0, TAG.array, 0, ...value]);
});

it('the same events make the same bytes in every sandbox', async () => {
  const source =
    'export const initial = {}; export const fold = (state, event) => { state[event.data.k] = [state, event.data][1]; return state; };';
  const events = Array.from({ length: 50 }, (_none, index) => eventOf(index + 1, `{"k":"k${index % 7}","n":${index}}`));
  const packs = await Promise.all(
    [1, 2].map(async () => {
      const sandbox = await sandboxHere(source);
      const run = sandbox.open();
      run.load(sandbox.initial);
      const batch = sandbox.take(createBatchWriter()(events));
      if ('kind' in batch) throw new Error(batch.reason);
      run.run(batch, 0, events.length);
      return run.pack();
    }),
  );
  expect(packs[0]).toEqual(packs[1]);
});
