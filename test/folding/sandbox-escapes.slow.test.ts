import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { foldPlaces } from '../../src/main/fold-places.ts';
import { openFoldThread } from '../../src/main/folding/open-fold-thread.ts';
import { eventOf, foldHere } from './fold-here.ts';

interface Attempt {
  readonly name: string;
  /** What the fold returns, an expression over `state` and `event`. */
  readonly code: string;
  /** Runs while the module loads. */
  readonly before?: string;
  /** The state after the last event: proof that nothing was reached. Or the reason that was given. */
  readonly outcome: unknown;
}

const thrown = (reason: RegExp | string): unknown => expect.objectContaining({ kind: 'throw', reason: expect.stringMatching(reason) });
const shapeless = (reason: RegExp): unknown => expect.objectContaining({ kind: 'state', reason: expect.stringMatching(reason) });
const refusedText = thrown('A fold cannot make code from text.');
const locked = thrown(/not extensible|read-only|cannot be changed|not configurable|no setter|invalid property/);

const ATTEMPTS: readonly Attempt[] = [
  // Names that a program outside of a browser or inside of one knows.
  ...['process', 'require', 'module', 'exports', 'Buffer', 'global', 'window', 'self', 'fetch', 'XMLHttpRequest', 'WebSocket', 'Worker']
    .concat([
      'setTimeout',
      'setInterval',
      'queueMicrotask',
      'console',
      'print',
      'std',
      'os',
      'scriptArgs',
      'bjson',
      'navigator',
      'performance',
    ])
    .concat([
      'WebAssembly',
      'SharedArrayBuffer',
      'Atomics',
      'WeakRef',
      'FinalizationRegistry',
      'Proxy',
      'Promise',
      'eval',
      'Deno',
      'Bun',
      'crypto',
      'gc',
    ])
    .map((name) => ({ name: `the name ${name}`, code: `typeof ${name}`, outcome: 'undefined' })),
  {
    name: 'the global object holds the language and nothing else',
    code: 'Object.getOwnPropertyNames(globalThis).filter((name) => /process|require|host|tidemark|prelude|print|std|os$/i.test(name))',
    outcome: [],
  },

  // Code from text.
  { name: 'the constructor of a function', code: '(() => 1).constructor("return this")()', outcome: refusedText },
  { name: 'the constructor of the constructor', code: 'state.constructor.constructor("return globalThis")()', outcome: refusedText },
  { name: 'the constructor of an async function', code: '(async () => 1).constructor("return 1")', outcome: refusedText },
  { name: 'the constructor of a generator', code: '(function* () {}).constructor("return 1")', outcome: refusedText },
  { name: 'the constructor of an async generator', code: '(async function* () {}).constructor("return 1")', outcome: refusedText },
  {
    name: 'the prototype of the prototype of a function',
    code: 'Object.getPrototypeOf(Object.getPrototypeOf(async () => 1)).constructor("return 1")',
    outcome: refusedText,
  },
  { name: 'Function itself', code: 'Function("return 1")()', outcome: refusedText },
  { name: 'new Function', code: 'new Function("a", "return a")(1)', outcome: refusedText },
  { name: 'Reflect.construct of Function', code: 'Reflect.construct(Function, ["return 1"])', outcome: refusedText },
  { name: 'a class that extends Function', code: 'new (class extends Function {})("return 1")()', outcome: refusedText },
  { name: 'eval by another name', code: '(0, globalThis.eval)("1")', outcome: thrown('not a function') },
  { name: 'the caller of the fold', before: 'function f() { return f.caller; }', code: 'f()', outcome: thrown(/.+/) },
  { name: 'the arguments of the caller', before: 'function g() { return arguments.callee.caller; }', code: 'g()', outcome: thrown(/.+/) },
  { name: 'this in a plain function', before: 'function h() { return this; }', code: 'typeof h()', outcome: 'undefined' },

  // Modules.
  { name: 'import()', code: '[import("node:fs"), 1][1]', outcome: 1 },
  { name: 'import() of a file', code: '(import("file:///etc/passwd").then((m) => { state.leaked = m; }), state)', outcome: { n: 0 } },
  { name: 'import.meta', code: 'Object.keys(import.meta)', outcome: [] },

  // Clock and randomness.
  { name: 'Date.now', code: 'Date.now()', outcome: thrown('no clock') },
  { name: 'new Date()', code: 'new Date()', outcome: thrown('no clock') },
  { name: 'Date()', code: 'Date()', outcome: thrown('no clock') },
  { name: 'Reflect.construct of Date', code: 'Reflect.construct(Date, [])', outcome: thrown('no clock') },
  { name: 'the constructor of a date', code: 'new (new Date(0).constructor)()', outcome: thrown('no clock') },
  { name: 'a class that extends Date', code: 'new (class extends Date {})().getTime()', outcome: thrown('no clock') },
  { name: 'Date.prototype.constructor.now', code: 'Date.prototype.constructor.now()', outcome: thrown('no clock') },
  { name: 'Math.random', code: 'Math.random()', outcome: thrown('no randomness') },

  // Changing what later events, or the host's own functions in here, work with.
  { name: 'a member of Object.prototype', code: '(Object.prototype.polluted = 1, state)', outcome: locked },
  {
    name: '__proto__ of the state',
    code: '(state["__proto__"] = { polluted: 1 }, [state.polluted ?? "clean", Object.keys(state)])',
    outcome: ['clean', ['n', '__proto__']],
  },
  { name: '__proto__ of an event', code: '[event.data.polluted ?? "clean", Object.keys(event.data)]', outcome: ['clean', ['__proto__']] },
  { name: 'constructor.prototype', code: '(state.constructor.prototype.polluted = 1, state)', outcome: locked },
  {
    name: 'Object.setPrototypeOf of a prototype',
    code: '(Object.setPrototypeOf(Array.prototype, { polluted: 1 }), state)',
    outcome: locked,
  },
  { name: 'an override of JSON.stringify', code: '(JSON.stringify = () => "evil", state)', outcome: locked },
  { name: 'an override of the JSON object', code: '(globalThis.JSON = { stringify: () => "evil" }, state)', outcome: locked },
  { name: 'an override of Array.prototype.push', code: '(Array.prototype.push = () => 0, state)', outcome: locked },
  {
    name: 'a setter for the first element of every list',
    code: '(Object.defineProperty(Array.prototype, "0", { set() {} }), state)',
    outcome: locked,
  },
  {
    name: 'an override of the iterator of lists',
    code: '([][Symbol.iterator]().__proto__ ?? Object.getPrototypeOf([][Symbol.iterator]())).next = () => ({ done: true })',
    outcome: locked,
  },
  { name: 'an override of Map.prototype.get', code: '(Map.prototype.get = () => -1, state)', outcome: locked },
  { name: 'an override of Object.keys', code: '(Object.keys = () => [], state)', outcome: locked },
  { name: 'an override of RegExp.prototype.exec', code: '(RegExp.prototype.exec = () => null, state)', outcome: locked },
  {
    name: 'a toJSON for every object',
    code: '(Object.defineProperty(Object.prototype, "toJSON", { value: () => "evil" }), state)',
    outcome: locked,
  },
  { name: 'a toJSON for bigints', code: '(BigInt.prototype.toJSON = () => "evil", state)', outcome: locked },
  { name: 'a getter on the global object', code: '(Object.defineProperty(globalThis, "fold", { get: () => 1 }), state)', outcome: locked },
  { name: 'a new global', code: '(globalThis.kept = state, state)', outcome: locked },
  { name: 'Error.prepareStackTrace', code: '(Error.prepareStackTrace = (_, frames) => frames, state)', outcome: locked },
  { name: 'Error.captureStackTrace', code: 'typeof Error.captureStackTrace', outcome: 'undefined' },
  { name: '__defineGetter__', code: 'typeof state.__defineGetter__', outcome: 'undefined' },
  { name: '__lookupGetter__', code: 'typeof state.__lookupGetter__', outcome: 'undefined' },
  { name: 'Symbol.species of lists', code: '(Object.defineProperty(Array, Symbol.species, { value: Object }), state)', outcome: locked },
  {
    name: 'Symbol.hasInstance of Date',
    code: '(Object.defineProperty(Date, Symbol.hasInstance, { value: () => true }), state)',
    outcome: locked,
  },

  // States that are more than data.
  { name: 'a state that computes a member', code: '({ get secret() { return 1; } })', outcome: shapeless(/computed when it is read/) },
  {
    name: 'a computed member that throws',
    code: '({ get secret() { throw new Error("read"); } })',
    outcome: shapeless(/looked through. read/),
  },
  {
    name: 'a computed member that is another thing each time',
    before: 'let n = 0;',
    code: '({ get secret() { return n++ % 2 ? {} : () => 1; } })',
    outcome: shapeless(/function|computed/),
  },
  { name: 'a member with a toJSON', code: '({ a: { toJSON: () => "evil" } })', outcome: shapeless(/a function/) },
  { name: 'a function', code: '() => 1', outcome: shapeless(/a function/) },
  { name: 'a symbol', code: 'Symbol("s")', outcome: shapeless(/a symbol/) },
  { name: 'a member named by a symbol', code: '({ [Symbol.toPrimitive]: 1 })', outcome: shapeless(/symbol/) },
  { name: 'a hidden member', code: 'Object.defineProperty({}, "hidden", { value: 1 })', outcome: shapeless(/hidden/) },
  { name: 'an instance of a class', code: 'new (class Account { balance = 1; })()', outcome: shapeless(/of a class \(Account\)/) },
  {
    name: 'a class that names itself by a getter',
    code: 'new (class { static get name() { throw 1; } })()',
    outcome: shapeless(/of a class/),
  },
  { name: 'a list of a class', code: 'new (class List extends Array {})()', outcome: shapeless(/list of a class/) },
  { name: 'a list with a member of another name', code: 'Object.assign([1], { extra: 1 })', outcome: shapeless(/other names/) },
  { name: 'a list with holes', code: '[1, , 2]', outcome: shapeless(/undefined/) },
  { name: 'a typed array', code: 'new Uint8Array(4)', outcome: shapeless(/Uint8Array/) },
  { name: 'an ArrayBuffer', code: '({ a: new ArrayBuffer(8) })', outcome: shapeless(/ArrayBuffer/) },
  { name: 'a boxed string', code: 'new String("x")', outcome: shapeless(/String/) },
  { name: 'a regular expression', code: '/a/', outcome: shapeless(/RegExp/) },
  { name: 'an error', code: 'new Error("x")', outcome: shapeless(/Error/) },
  { name: 'a generator', code: '(function* () { yield 1; })()', outcome: shapeless(/class/) },
  { name: 'a promise', code: '(async () => state)()', outcome: shapeless(/cannot be async/) },
  {
    name: 'the arguments of a function',
    before: 'function args() { return arguments; }',
    code: 'args(1)',
    outcome: shapeless(/class|hidden/),
  },
  { name: 'the global object as state', code: 'globalThis', outcome: shapeless(/.+/) },
  { name: 'its own module', before: 'export const self = { state: 1 };', code: '({ self, fold })', outcome: shapeless(/a function/) },

  // What is thrown.
  {
    name: 'an error whose message throws',
    code: '(() => { throw { get message() { throw 1; } }; })()',
    outcome: thrown('cannot be looked at'),
  },
  {
    name: 'an error whose stack names another place',
    code: '(() => { throw Object.assign(new Error("x"), { stack: "at y (fold.js:999:1)" }); })()',
    outcome: expect.objectContaining({ line: 999 }),
  },
  {
    name: 'an error that says it is an interruption',
    code: '(() => { const e = new Error("interrupted"); e.name = "InternalError"; throw e; })()',
    outcome: thrown('interrupted'),
  },
  {
    name: 'null',
    code: '(() => { throw null; })()',
    outcome: expect.objectContaining({ kind: 'memory', reason: expect.stringMatching('threw null') }),
  },
  { name: 'a message of a million characters', code: '(() => { throw new Error("x".repeat(1e6)); })()', outcome: thrown(/^x{2000}…$/) },
  { name: 'half a surrogate pair', code: '(() => { throw new Error("\\ud800"); })()', outcome: thrown(/.+/) },
];

describe('a fold that tries to get at more than its state and its events', () => {
  it.each(ATTEMPTS)('$name', async ({ code, before = '', outcome }) => {
    const source = `${before}\nexport const initial = { n: 0 };\nexport function fold(state, event) { return ${code}; }`;
    const answer = await foldHere(source, [eventOf(1, '{"__proto__":{"polluted":1}}')]);
    expect(typeof answer === 'string' ? JSON.parse(answer) : answer).toEqual(outcome);
  });

  it('makes no difference to a fold beside it, nor to the next one', async () => {
    const evil =
      'export const initial = 0; try { Object.prototype.x = 1; } catch {} export const fold = (s) => { try { Array.prototype.map = 0; } catch {} return s; };';
    await foldHere(evil, [eventOf(1, '1')]);
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(await foldHere('export const initial = []; export const fold = (s) => [...s, 1].map((n) => n + 1);', [eventOf(1, '1')])).toBe(
      '[2]',
    );
  });

  it('has what the language has: classes, generators, maps, dates of a time, regular expressions', async () => {
    const source = `
      class Account { #cents = 0; deposit(cents) { this.#cents += cents; return this; } get cents() { return this.#cents; } }
      class Refused extends Error { constructor(message) { super(message); this.name = 'Refused'; } }
      export const initial = () => ({ seen: [] });
      export function fold(state, event) {
        const map = new Map([['a', 1]]);
        for (const [key, value] of map) state.seen.push(key, value);
        state.cents = new Account().deposit(5).cents;
        state.at = new Date(Number(event.timestamp / 1000000n)).toISOString();
        state.local = [new Date(0).getHours(), new Date(2020, 0, 1).toISOString(), Date.parse('2020-01-01T00:00')];
        state.words = 'a-b c'.split(/\\W/);
        state.big = 2n ** 64n;
        state.constructor = 'own'; state.toString = 'own'; state.__proto__ = 'own'; state.hasOwnProperty = 1;
        state.grouped = Object.groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')).odd;
        state.sorted = [3, 1, 2].toSorted();
        try { throw new Refused('no'); } catch (error) { state.error = [error.name, error instanceof Refused, String(error)]; }
        function* three() { yield* [1, 2, 3]; }
        return { ...state, sum: [...three()].reduce((a, b) => a + b) };
      }`;
    expect(JSON.parse((await foldHere(source, [eventOf(1, '1')])) as string)).toMatchObject({
      seen: ['a', 1],
      cents: 5,
      at: '2026-03-02T08:00:00.000Z',
      local: [0, '2020-01-01T00:00:00.000Z', 1577836800000],
      words: ['a', 'b', 'c'],
      constructor: 'own',
      sorted: [1, 2, 3],
      error: ['Refused', true, 'Refused: no'],
      sum: 6,
    });
  });
});

/** Each ends at a limit. Those that spend their time inside one operation of the engine are ended with their thread. */
const EXHAUSTING = [
  ['an endless loop', 'for (;;);', 'time'],
  ['an endless loop that catches everything', 'for (;;) { try { for (;;); } catch {} finally { continue; } }', 'time'],
  [
    'endless promises',
    'const again = () => Promise_(again); const Promise_ = async (f) => { await 1; f(); }; again(); for (;;) again();',
    'time|memory|throw',
  ],
  ['a generator that never ends', 'for (const _ of (function* () { for (;;) yield 1; })()) ;', 'time'],
  ['a regular expression that goes back and forth', '/^(a+)+$/.test("a".repeat(40) + "b")', 'time'],
  ['a comparison that never settles', '[3, 2, 1].sort(() => { for (;;); })', 'time'],
  ['a getter that never answers', 'return { get a() { for (;;); } }', 'state'],
  ['a toString that never answers', '`${{ toString() { for (;;); } }}`', 'time'],
  ['an endless string', 'let s = "x"; for (;;) s += s;', 'memory|throw|time'],
  ['an endless list', 'const a = []; for (;;) a.push(new Array(1000).fill(a.length));', 'memory|time'],
  ['endless buffers', 'const a = []; for (;;) a.push(new ArrayBuffer(1 << 20));', 'memory|throw|time'],
  ['a huge list', 'new Array(2 ** 32 - 1).fill(0)', 'memory|throw|time'],
  ['a huge power', '2n ** (2n ** 40n)', 'throw'],
  ['a text of a huge number', 'String(7n ** 300000n * 7n ** 30000n); for (;;) String(7n ** 300000n);', 'time'],
  ['recursion without an end', 'const f = () => f() + 1; f();', 'stack'],
  ['recursion through a getter', 'const o = { get a() { return this.a; } }; o.a;', 'stack'],
  ['recursion through a comparison', 'const f = () => [2, 1].sort(f); f();', 'stack'],
  ['recursion through a constructor', 'class A { constructor() { new A(); } } new A();', 'stack'],
  ['lists in lists beyond any stack', 'let o = []; for (let i = 0; i < 100000; i++) o = [o]; return String(o);', 'stack|time'],
  ['a chain of bound functions', 'let f = () => 1; for (let i = 0; i < 20000; i++) f = f.bind(null); f();', 'stack|memory|time'],
  ['a search through 2^53 places', 'Array.prototype.indexOf.call({ length: 1e15 }, 1)', 'time'],
  ['a join of 2^32 places', 'new Array(2 ** 32 - 1).join("")', 'memory|throw|time'],
] as const;

describe('a fold that never ends or takes all there is', () => {
  const time = 300;
  let beats = 0;
  const pulse = setInterval(() => beats++, 20);
  beforeAll(() => {
    beats = 0;
  });
  afterAll(() => clearInterval(pulse));

  it.each(EXHAUSTING)('%s', { timeout: 60_000 }, async (_name, code, kinds) => {
    const source = `export const initial = 0;\nexport function fold(state, event) {\n  ${code}\n  return state;\n}`;
    const thread = openFoldThread({ places: foldPlaces(), source, time, memory: 32 * 1024 * 1024 });
    onTestFinished(() => thread.close());
    const loaded = await thread.load();
    if ('fault' in loaded) throw new Error(loaded.fault.reason);
    const from = { version: 0, packed: loaded.initial, isShown: true };
    const before = beats;
    const kind = await thread.ask('fold', { after: 0, from, events: [eventOf(1, '1')], options: { settle: true } }).then(
      (step) => (step?.faults[0] ?? step?.unshown[0])?.fault.kind,
      (error: { why?: string }) => (error.why === 'hung' ? 'time' : error.why),
    );
    expect(kind).toMatch(new RegExp(`^(?:${kinds})$`));
    expect(beats).toBeGreaterThan(before);
    // The thread, or the next life of it, still answers.
    const shown = await thread.ask('show', { stretch: { from: { ...from, isShown: false }, events: [], skip: [] }, at: [0] });
    expect(shown).toMatchObject([{ version: 0, state: '0', fault: null }]);
  });
});
