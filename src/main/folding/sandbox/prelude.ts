/**
 * What runs inside the sandbox before the person's module: it takes away what a fold must not have, makes what is left
 * unchangeable, and returns the functions through which the host folds. Its text is handed to QuickJS (`prelude.toString()`),
 * so it may use nothing from outside of itself. The host gives and takes values as bytes (binary-value.ts) and short texts
 * only; nothing of the host is reachable from in here.
 */
export function prelude(): unknown {
  'use strict';
  type Path = (string | number)[];
  type Fold = (state: unknown, event: unknown) => unknown;

  const { create, defineProperty, freeze, getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys, setPrototypeOf, values } = Object;
  const { ownKeys } = Reflect;
  const { isArray } = Array;
  const { stringify } = JSON;
  const plain = Object.prototype;
  const list = Array.prototype;
  const RealDate = Date;
  const { InternalError } = globalThis as unknown as { readonly InternalError: ErrorConstructor };
  const mostLevels = 500;
  const mostValues = 10_000_000;
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
  const mostReason = 2000;

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

  closeFunctionConstructors();
  closeClock();
  removeGlobals();
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, AggregateError];
  for (const prototype of [plain, ...errors.map((error) => error.prototype as object)]) letInherit(prototype);
  freeze(exactNumber);
  freezeAll();

  /** Where a run is, for the host to read while it runs. */
  const place = new Float64Array(1);

  let fold: Fold = () => undefined;
  let condition: Fold = () => undefined;
  let thrown: unknown;

  const cut = (text: string): string => (text.length > mostReason ? `${text.slice(0, mostReason)}…` : text);

  const textMember = (value: object, name: string): string => {
    const member: unknown = Reflect.get(value, name);
    return typeof member === 'string' ? member : '';
  };

  const leafText = (value: unknown): string => {
    switch (typeof value) {
      case 'string':
        return value;
      case 'number':
      case 'boolean':
      case 'bigint':
      case 'undefined':
        return String(value);
      default:
        return `a ${typeof value}`;
    }
  };

  /** What was thrown, as JSON: whatever it is, and whatever happens when it is looked at. */
  const describe = (error: unknown): string => {
    if (error === null) return stringify({ name: 'null', message: '', stack: '' });
    try {
      if (typeof error !== 'object') return stringify({ name: '', message: cut(leafText(error)), stack: '' });
      return stringify({
        name: cut(textMember(error, 'name')),
        message: cut(textMember(error, 'message')),
        stack: textMember(error, 'stack').slice(0, 20_000),
      });
    } catch {
      return stringify({ name: '', message: 'something that cannot be looked at', stack: '' });
    }
  };

  const nameOf = (value: object): string => {
    try {
      const made: unknown = Reflect.get(value, 'constructor');
      return typeof made === 'function' && typeof made.name === 'string' && made.name !== '' ? ` (${cut(made.name)})` : '';
    } catch {
      return '';
    }
  };

  /** What a value is that JSON cannot hold, whatever is in it; null where it can. */
  const faultOf = (value: unknown): string | null => {
    switch (typeof value) {
      case 'object': {
        if (value === null) return null;
        const prototype: unknown = getPrototypeOf(value);
        if (isArray(value)) return prototype === list ? null : `a list of a class${nameOf(value)}`;
        return prototype === plain || prototype === null || prototype === exactNumber ? null : `an object of a class${nameOf(value)}`;
      }
      case 'number':
        return value - value === 0 ? null : String(value);
      case 'function':
        return 'a function';
      case 'symbol':
        return 'a symbol';
      case 'undefined':
        return 'nothing (undefined)';
      default:
        return null;
    }
  };

  /** Set by `look`: one object stands in several places of the state. */
  let isTied = false;
  /** Set by `look`: the bytes of the state make it again as it is. */
  let isKept = false;

  /**
   * Whether a state is as most are: plain objects and lists, each in one place, all of it what JSON can hold. Half the work of
   * `look`, which it spares; what it does not call plain may be as good.
   */
  const isPlain = (root: unknown): boolean => {
    const seen = new Set<object>();
    const isLeaf = (value: unknown): boolean => {
      const type = typeof value;
      return (
        type === 'string' || type === 'boolean' || type === 'bigint' || (type === 'number' && (value as number) - (value as number) === 0)
      );
    };
    const visit = (value: object, level: number): boolean => {
      if (level === mostLevels || seen.has(value)) return false;
      seen.add(value);
      const prototype: unknown = getPrototypeOf(value);
      if (prototype !== plain && prototype !== list) return false;
      const items: readonly unknown[] = values(value);
      const { length } = items;
      if (prototype === list ? length !== (value as readonly unknown[]).length : ownKeys(value).length !== length) return false;
      for (let i = 0; i < length; i++) {
        const item = items[i];
        if (typeof item === 'object' ? item !== null && !visit(item, level + 1) : !isLeaf(item)) return false;
      }
      return true;
    };
    return typeof root === 'object' ? root === null || visit(root, 0) : isLeaf(root);
  };

  /** The last state was not plain, so the next one is hardly. */
  let wasPlain = true;

  /**
   * Looks through a whole state: what JSON cannot hold first and where, as JSON `[what, path]`, or an empty text. Notes the places
   * of exact numbers and of objects without a prototype, which the bytes of a state do not tell.
   */
  const look = (root: unknown, exact: Path[], bare: Path[]): string => {
    /** How many values an object stands for, with all that is in it; negative while it is being looked at. */
    const sizes = new Map<object, number>();
    const path: Path = [];
    let values = 0;
    let levels = 0;
    let found = '';
    isTied = false;
    isKept = true;

    const note = (what: string, keeps: boolean): void => {
      if (found === '') found = stringify([what, path]);
      if (!keeps) isKept = false;
    };

    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) {
        const fault = faultOf(value);
        if (fault !== null) note(fault, typeof value === 'number');
        return;
      }
      const known = sizes.get(value);
      if (known !== undefined) {
        isTied = true;
        if (known < 0) note('a value that contains itself', true);
        else if ((values += known) > mostValues) note('one object in too many places', true);
        return;
      }
      sizes.set(value, -1);
      const before = values++;
      const fault = faultOf(value);
      if (fault !== null) note(fault, false);
      else if (levels === mostLevels) note(`values nested more than ${mostLevels} levels deep`, false);
      else {
        levels++;
        if (isArray(value)) visitList(value);
        else visitObject(value);
        levels--;
      }
      sizes.set(value, values - before);
    };

    const visitList = (value: readonly unknown[]): void => {
      for (let i = 0; isKept && i < value.length; i++) {
        path.push(i);
        // An empty place reads as undefined, and is not made again.
        if (value[i] === undefined) note('nothing (undefined)', hasOwn(value, i));
        else visit(value[i]);
        path.pop();
      }
      if (isKept && ownKeys(value).length !== value.length + 1) note('a list with members of other names', false);
    };

    const visitObject = (value: object): void => {
      const prototype: unknown = getPrototypeOf(value);
      if (prototype === null) bare.push([...path]);
      if (prototype === exactNumber) noteExact(value);
      const names = keys(value);
      if (ownKeys(value).length !== names.length) note('a hidden member or one named by a symbol', false);
      for (let i = 0; isKept && i < names.length; i++) {
        const name = names[i] as string;
        const item: unknown = (value as Record<string, unknown>)[name];
        // A member that is undefined is as good as left out; anywhere else undefined is a mistake.
        if (item === undefined) continue;
        path.push(name);
        visit(item);
        path.pop();
      }
    };

    const noteExact = (value: object): void => {
      const text = getOwnPropertyDescriptor(value, 'text')?.value as unknown;
      if (typeof text === 'string' && number.test(text)) exact.push([...path]);
      else note('what looks like a number of an event and is none', false);
    };

    visit(root);
    return found;
  };

  /** The first member that is computed when it is read, which `look` cannot tell from one that is stored. */
  const findComputed = (root: unknown): string => {
    const seen = new Set<unknown>();
    const visit = (value: unknown, path: Path): string => {
      if (typeof value !== 'object' || value === null || seen.has(value)) return '';
      seen.add(value);
      for (const name of ownKeys(value)) {
        const descriptor = getOwnPropertyDescriptor(value, name);
        const here = [...path, String(name)];
        const found =
          descriptor?.get || descriptor?.set
            ? stringify(['a member that is computed when it is read', here])
            : visit(descriptor?.value, here);
        if (found !== '') return found;
      }
      return '';
    };
    return visit(root, []);
  };

  /**
   * A copy in which every object stands in one place only, and where else it stands: the number of the holder, the member, the
   * number of what stands there. Numbers count the objects in the order of `numbered`. QuickJS does not read what it writes of
   * an object in several places.
   */
  const untie = (root: unknown): readonly [unknown, readonly unknown[]] => {
    const numbers = new Map<object, number>();
    const links: unknown[] = [];
    const copy = (value: unknown): unknown => {
      if (typeof value !== 'object' || value === null) return value;
      const number = numbers.size;
      numbers.set(value, number);
      const made: Record<PropertyKey, unknown> = isArray(value) ? ([] as unknown as Record<PropertyKey, unknown>) : {};
      for (const name of isArray(value) ? value.keys() : keys(value)) {
        const item = (value as Record<PropertyKey, unknown>)[name];
        const known = typeof item === 'object' && item !== null ? numbers.get(item) : undefined;
        if (known !== undefined) links.push(number, name, known);
        made[name] = known === undefined ? copy(item) : null;
      }
      return made;
    };
    return [copy(root), links];
  };

  /** Every object of a tree: each before those in it. */
  const numbered = (root: unknown): object[] => {
    const found: object[] = [];
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      found.push(value);
      for (const name of isArray(value) ? value.keys() : keys(value)) visit((value as Record<PropertyKey, unknown>)[name]);
    };
    visit(root);
    return found;
  };

  const tie = (root: unknown, links: readonly unknown[]): void => {
    const objects = links.length > 0 ? (numbered(root) as Record<PropertyKey, unknown>[]) : [];
    for (let i = 0; i < links.length; i += 3) {
      const holder = objects[links[i] as number] as Record<PropertyKey, unknown>;
      holder[links[i + 1] as PropertyKey] = objects[links[i + 2] as number];
    }
  };

  const at = (root: unknown, path: readonly unknown[]): object => {
    let value = root;
    for (const step of path) value = (value as Record<PropertyKey, unknown>)[step as PropertyKey];
    return value as object;
  };

  /** What a fold returned that can be no state: it counts as thrown. */
  let refused = '';
  const refuseState = (next: unknown, at: number): number => {
    refused = stringify([faultOf(next), []]);
    return at;
  };

  /**
   * What the host needs to call in here, and to hear what went wrong when all memory is taken: given up then, and taken again
   * before the next run if there is room.
   */
  const reserveBytes = 1 << 20;
  const roomBytes = 1 << 16;
  let reserve: ArrayBuffer | null = new ArrayBuffer(reserveBytes);
  let isFull = false;

  const hasRoom = (bytes: number): boolean => {
    try {
      return new ArrayBuffer(bytes).byteLength === bytes;
    } catch {
      reserve = null;
      isFull = true;
      return false;
    }
  };

  const reserveAgain = (): boolean => {
    if (reserve) return true;
    if (hasRoom(reserveBytes)) reserve = new ArrayBuffer(reserveBytes);
    return reserve !== null;
  };

  /** Where memory is full an InternalError is thrown, or null where not even that could be made. */
  const keepThrown = (error: unknown): void => {
    if (error === null || error instanceof InternalError || !hasRoom(roomBytes)) reserve = null;
    thrown = error;
  };

  /** One state on its way through events. */
  const open = (): unknown => {
    let state: unknown;
    let packed: readonly unknown[] | null = null;

    return freeze({
      /** Takes the state of a packed one, which nobody else has. */
      load: (given: readonly unknown[]): void => {
        const [exact, bare, links] = given as readonly [readonly Path[], readonly Path[], readonly unknown[]];
        state = given[3];
        tie(state, links);
        for (const path of bare) setPrototypeOf(at(state, path), null);
        for (const path of exact) freeze(setPrototypeOf(at(state, path), exactNumber));
      },
      drop: (): void => {
        state = undefined;
        packed = null;
      },
      /** What is wrong with the state, as `look` says it. Afterwards `packed` is it, ready to be written, or null. */
      pack: (): string => {
        const exact: Path[] = [];
        const bare: Path[] = [];
        if (wasPlain && isPlain(state)) {
          packed = [exact, bare, [], state];
          return '';
        }
        const found = look(state, exact, bare);
        wasPlain = found === '' && !isTied && exact.length === 0 && bare.length === 0;
        packed = null;
        if (isKept) {
          const [tree, links] = isTied ? untie(state) : [state, []];
          packed = [exact, bare, links, tree];
        }
        return found;
      },
      packed: (): unknown => {
        const ready = packed;
        packed = null;
        return ready;
      },
      findComputed: (): string => findComputed(state),
      /** Folds the events from index `from` up to `to`. Answers `to`, or the index of the event at which it threw. */
      run: (batch: readonly unknown[], from: number, to: number): number => {
        if (!reserveAgain()) return from;
        for (let i = from; i < to; i++) {
          place[0] = i;
          try {
            const next = fold(state, batch[i]);
            if (faultOf(next) !== null) return refuseState(next, i);
            state = next;
          } catch (error) {
            keepThrown(error);
            return i;
          }
        }
        return hasRoom(roomBytes) ? to : to - 1;
      },
      /** As `run`, and stops behind the event after which the condition holds: answers -1 - its index. */
      seek: (batch: readonly unknown[], from: number, to: number): number => {
        if (!reserveAgain()) return from;
        for (let i = from; i < to; i++) {
          place[0] = i;
          const event = batch[i];
          try {
            const next = fold(state, event);
            if (faultOf(next) !== null) return refuseState(next, i);
            state = next;
          } catch (error) {
            keepThrown(error);
            return i;
          }
          if (holds(state, event)) return -1 - i;
        }
        return hasRoom(roomBytes) ? to : to - 1;
      },
      holds: (event: unknown): boolean => holds(state, event),
    });
  };

  let conditionFaults = 0;
  let conditionFault = '';

  const holds = (state: unknown, event: unknown): boolean => {
    try {
      const answer = condition(state, event);
      return Boolean(typeof answer === 'function' ? (answer as Fold)(state, event) : answer);
    } catch (error) {
      if (conditionFaults++ === 0) conditionFault = describe(error);
      return false;
    }
  };

  return freeze({
    place,
    open,
    /** Takes over the module's exports. Answers what is missing, or an empty text. */
    take: (module: { readonly fold?: unknown; readonly initial?: unknown }): string => {
      const given = module.fold;
      if (given === undefined) return 'It exports no fold. Write: export function fold(state, event) { … return state; }';
      if (typeof given !== 'function') return 'What it exports as fold is no function.';
      if (module.initial === undefined) return 'It exports no initial state. Write: export const initial = …;';
      fold = given as Fold;
      return '';
    },
    /** The state before the first event, as a state that can be packed. Answers an empty text, or `thrown`. */
    begin: (module: { readonly initial: unknown }): readonly unknown[] | null => {
      try {
        const { initial } = module;
        return [[], [], [], typeof initial === 'function' ? (initial as () => unknown)() : initial];
      } catch (error) {
        thrown = error;
        return null;
      }
    },
    /** The events of a batch, with their exact numbers made. */
    events: (given: readonly [readonly unknown[], readonly Path[]]): readonly unknown[] => {
      const [events, exact] = given;
      for (const path of exact) freeze(setPrototypeOf(at(events, path), exactNumber));
      return events;
    },
    takeCondition: (given: Fold): void => {
      condition = given;
      conditionFaults = 0;
      conditionFault = '';
    },
    /** How often the condition threw, and what it threw first. */
    conditionFaults: (): string => stringify([conditionFaults, conditionFault]),
    thrown: (): string => {
      const text = describe(thrown);
      thrown = undefined;
      return text;
    },
    /** What the fold returned that can be no state, as `look` says it; an empty text where it threw instead. */
    refused: (): string => {
      const text = refused;
      refused = '';
      return text;
    },
    describe,
    /** Whether so many bytes can be had at all. */
    hasRoom: (bytes: number): boolean => hasRoom(bytes + roomBytes),
    /** Whether memory ran out since this was asked last. */
    isFull: (): boolean => {
      const was = isFull;
      isFull = false;
      return was;
    },
  });
}
