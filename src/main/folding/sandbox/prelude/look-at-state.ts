import type { TellThrown } from './tell-thrown.ts';
import type { TieState } from './tie-state.ts';

/** What JSON cannot hold, and states ready to be written. */
export interface LookAtState {
  /** What a value is that JSON cannot hold, whatever is in it; null where it can. */
  readonly faultOf: (value: unknown) => string | null;
  /** The first member that is computed when it is read, as JSON `[what, path]`, or an empty text. */
  readonly findComputed: (root: unknown) => string;
  /** Whether the last state that was looked through was as most are: plain objects and lists, each in one place. */
  readonly mayBePlain: () => boolean;
  /**
   * Whether a state is plain, of which its bytes tell that it is a tree of so many members, all of them what JSON can hold: whether
   * none of its objects is of a class and none has hidden members or such as are named by symbols. Less work than `pack`. Hidden members
   * that are computed run, as those that are seen do in `pack`: whoever hides one that changes the state fools their own fold.
   */
  readonly isMadeOf: (root: unknown, members: number) => boolean;
  /**
   * What JSON cannot hold first in a state and where, as JSON `[what, path]`, or an empty text; and the state as it is written:
   * places of exact numbers and of objects without a prototype, links, the state itself. Null where its bytes would not make it again.
   */
  readonly pack: (state: unknown) => readonly [string, readonly unknown[] | null];
}

/**
 * Looks through states.
 *
 * Runs in the sandbox: its text is handed to QuickJS, so it may use nothing from outside of itself but its parameters.
 */
export function lookAtState(exactNumber: object, { cut }: TellThrown, { untie }: TieState): LookAtState {
  type Path = (string | number)[];
  const { getOwnPropertyDescriptor, getPrototypeOf, hasOwn, keys } = Object;
  const { ownKeys } = Reflect;
  const { isArray } = Array;
  const { stringify } = JSON;
  const plain = Object.prototype;
  const list = Array.prototype;
  const mostLevels = 500;
  const mostValues = 10_000_000;
  const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

  const nameOf = (value: object): string => {
    try {
      const made: unknown = Reflect.get(value, 'constructor');
      return typeof made === 'function' && typeof made.name === 'string' && made.name !== '' ? ` (${cut(made.name)})` : '';
    } catch {
      return '';
    }
  };

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

  const isMadeOf = (root: unknown, members: number): boolean => {
    let left = members;
    const visit = (value: object): boolean => {
      const prototype: unknown = getPrototypeOf(value);
      if (prototype !== (isArray(value) ? list : plain)) return false;
      const names = ownKeys(value);
      const { length } = names;
      left -= length;
      for (let i = 0; i < length; i++) {
        const item = (value as Record<PropertyKey, unknown>)[names[i] as PropertyKey];
        if (typeof item === 'object' && item !== null && (left < 0 || !visit(item))) return false;
      }
      return true;
    };
    return (typeof root !== 'object' || root === null || visit(root)) && left === 0;
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

  const pack: LookAtState['pack'] = (state) => {
    const exact: Path[] = [];
    const bare: Path[] = [];
    const found = look(state, exact, bare);
    wasPlain = found === '' && !isTied && exact.length === 0 && bare.length === 0;
    if (!isKept) return [found, null];
    const [tree, links] = isTied ? untie(state) : [state, []];
    return [found, [exact, bare, links, tree]];
  };

  return { faultOf, findComputed, mayBePlain: () => wasPlain, isMadeOf, pack };
}
