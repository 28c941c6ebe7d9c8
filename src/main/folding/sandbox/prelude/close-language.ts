/**
 * Takes away what a fold must not have and makes what is left unchangeable. Answers the prototype of numbers of events that no
 * JavaScript value holds.
 *
 * Runs in the sandbox: its text is handed to QuickJS, so it may use nothing from outside of itself but its parameters.
 */
export function closeLanguage(): object {
  const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf } = Object;
  const { ownKeys } = Reflect;
  const plain = Object.prototype;
  const RealDate = Date;

  /** What a fold may have. Everything else that the engine brings is removed, also what a later engine may bring. */
  const allowed = new Set<PropertyKey>(
    (
      'Object Function Array String Number Boolean Symbol BigInt Math JSON Map Set WeakMap WeakSet Date RegExp Reflect Iterator ' +
      'Error EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError InternalError ' +
      'ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array ' +
      'Float32Array Float64Array BigInt64Array BigUint64Array parseInt parseFloat isNaN isFinite encodeURI encodeURIComponent ' +
      'decodeURI decodeURIComponent undefined NaN Infinity globalThis'
    ).split(' '),
  );

  const refuse = (what: string): never => {
    throw new TypeError(what);
  };

  const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';

  const noCode = function (): never {
    return refuse('A fold cannot make code from text.');
  };

  /** Functions made from text: `Function` and the three that have no name of their own. */
  const closeFunctionConstructors = (): void => {
    const samples = [function () {}, async function () {}, function* () {}, async function* () {}];
    for (const sample of samples) {
      const prototype = getPrototypeOf(sample) as object;
      defineProperty(prototype, 'constructor', { value: noCode, writable: false, enumerable: false, configurable: false });
    }
    defineProperty(noCode, 'prototype', { value: getPrototypeOf(noCode), writable: false });
    defineProperty(globalThis, 'Function', { value: noCode, writable: false, enumerable: false, configurable: false });
  };

  const noClock = 'A fold has no clock: what it answers must depend on the events alone. Use event.timestamp.';

  /** Local time is UTC in here, on every machine. */
  const utcOf = (text: string): number => {
    const asUtc = RealDate.parse(`${text}Z`);
    return Number.isNaN(asUtc) ? RealDate.parse(text) : asUtc;
  };

  const closeClock = (): void => {
    const real = RealDate.prototype;
    const partsOf = (values: readonly unknown[]): number => Reflect.apply(RealDate.UTC, RealDate, values) as number;
    const timeOf = (values: readonly unknown[]): number => {
      const [first] = values;
      if (values.length > 1) return partsOf(values);
      if (first instanceof RealDate) return first.getTime();
      return typeof first === 'string' ? utcOf(first) : Number(first);
    };
    const FoldDate = function (...values: readonly unknown[]): unknown {
      if (new.target === undefined || values.length === 0) return refuse(noClock);
      return Reflect.construct(RealDate, [timeOf(values)], new.target);
    };
    const fixed = (target: object, name: string, value: unknown): void => {
      defineProperty(target, name, { value, writable: true, enumerable: false, configurable: true });
    };
    fixed(FoldDate, 'name', 'Date');
    defineProperty(FoldDate, 'prototype', { value: real, writable: false });
    fixed(FoldDate, 'UTC', RealDate.UTC);
    fixed(FoldDate, 'parse', (text: unknown) => utcOf(String(text)));
    fixed(FoldDate, 'now', () => refuse(noClock));
    fixed(real, 'constructor', FoldDate);
    for (const name of ownKeys(real)) {
      if (typeof name !== 'string') continue;
      const utc = `${name.slice(0, 3)}UTC${name.slice(3)}`;
      if (ownKeys(real).includes(utc)) fixed(real, name, Reflect.get(real, utc));
    }
    fixed(real, 'getTimezoneOffset', () => 0);
    fixed(real, 'getYear', undefined);
    fixed(real, 'setYear', undefined);
    for (const name of ['toString', 'toDateString', 'toTimeString', 'toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']) {
      fixed(real, name, real.toISOString);
    }
    defineProperty(globalThis, 'Date', { value: FoldDate, writable: false, enumerable: false, configurable: false });
  };

  const removeGlobals = (): void => {
    for (const name of ownKeys(globalThis)) if (!allowed.has(name)) Reflect.deleteProperty(globalThis, name);
    defineProperty(Math, 'random', { value: () => refuse('A fold has no randomness: what it answers must depend on the events alone.') });
    for (const name of ['__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__']) {
      Reflect.deleteProperty(plain, name);
    }
    for (const name of ['prepareStackTrace', 'stackTraceLimit', 'captureStackTrace']) Reflect.deleteProperty(Error, name);
  };

  /**
   * A member that an object inherits can be set on the object, also when the prototype is frozen: `state[key] = …` works for
   * every key, "constructor" and "toString" too, and so does `this.name = …` of an error.
   */
  const letInherit = (prototype: object): void => {
    for (const name of ownKeys(prototype)) {
      const descriptor = getOwnPropertyDescriptor(prototype, name);
      if (descriptor === undefined || !('value' in descriptor)) continue;
      const value: unknown = descriptor.value;
      defineProperty(prototype, name, {
        get: () => value,
        set(this: unknown, item: unknown) {
          if (this === prototype || !isObject(this)) refuse('What belongs to the language cannot be changed.');
          defineProperty(this as object, name, { value: item, writable: true, enumerable: true, configurable: true });
        },
        enumerable: false,
        configurable: false,
      });
    }
  };

  /** Freezes every object that can be reached from the global object, and those that only syntax reaches. */
  const freezeAll = (): void => {
    const seen = new Set<unknown>();
    const visit = (value: unknown): void => {
      if (!isObject(value) || seen.has(value)) return;
      seen.add(value);
      visit(getPrototypeOf(value));
      for (const name of ownKeys(value)) {
        const descriptor = getOwnPropertyDescriptor(value, name);
        visit(descriptor?.value);
        visit(descriptor?.get);
        visit(descriptor?.set);
      }
    };
    const iterators = [
      [][Symbol.iterator](),
      new Map()[Symbol.iterator](),
      new Set()[Symbol.iterator](),
      ''[Symbol.iterator](),
      'a'.matchAll(/a/g),
    ];
    const generators = [function* () {}, async function* () {}];
    visit(globalThis);
    for (const value of [...iterators, ...generators, ...generators.map((make) => make()), async () => {}]) visit(value);
    visit([].values().map((item) => item));
    visit(Iterator.from({ next: () => ({ done: true, value: undefined }) }));
    for (const value of seen) freeze(value);
  };

  /** A number of an event that no JavaScript value holds, with its text. Counting with it throws instead of being wrong. */
  const exactNumber: object = create(plain) as object;
  for (const [name, value] of [
    ['toString', (that: unknown) => that],
    [
      'valueOf',
      (that: unknown) =>
        refuse(`${String(that)} fits no JavaScript number exactly. Use its text, or Number(x.text) if about is near enough.`),
    ],
  ] as const) {
    defineProperty(exactNumber, name, {
      value(this: { readonly text: unknown }) {
        return value(this.text);
      },
      writable: false,
    });
  }

  /** Made from text, numbers would be about right in silence: `parseInt` of 1e400 is 1. */
  const closeParsing = (): void => {
    for (const name of ['parseInt', 'parseFloat'] as const) {
      const real = globalThis[name] as (text: unknown, radix?: unknown) => number;
      const parse = (text: unknown, radix?: unknown): number => {
        if (isObject(text) && getPrototypeOf(text) === exactNumber) text.valueOf();
        const number = real(text, radix);
        // In another base, or beyond every number, it is no integer that a number holds either.
        const isDecimal = name === 'parseFloat' || [0, 10].includes(Number(radix ?? 0) | 0);
        const isExact = typeof text !== 'bigint' || (Number.isSafeInteger(number) && (!isDecimal || BigInt(number) === text));
        return !isExact ? refuse(`${String(text)} fits no JavaScript number exactly. Use Number(x) if about is near enough.`) : number;
      };
      defineProperty(parse, 'name', { value: name });
      for (const holder of [globalThis, Number]) defineProperty(holder, name, { value: parse, writable: false, configurable: false });
    }
  };

  closeFunctionConstructors();
  closeParsing();
  closeClock();
  removeGlobals();
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
  for (const prototype of [plain, ...errors.map((error) => error.prototype as object)]) letInherit(prototype);
  freeze(exactNumber);
  freezeAll();
  return exactNumber;
}
