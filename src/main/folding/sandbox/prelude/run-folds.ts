import type { LookAtState } from './look-at-state.ts';
import type { TellThrown } from './tell-thrown.ts';
import type { TieState } from './tie-state.ts';

/**
 * The functions through which the host folds, looks at states and asks conditions.
 *
 * Runs in the sandbox: its text is handed to QuickJS, so it may use nothing from outside of itself but its parameters.
 */
export function runFolds(exactNumber: object, { describe }: TellThrown, { tie, at }: TieState, looking: LookAtState): unknown {
  type Path = (string | number)[];
  type Fold = (state: unknown, event: unknown) => unknown;

  const { freeze, getPrototypeOf, setPrototypeOf } = Object;
  const { stringify } = JSON;
  const { InternalError } = globalThis as unknown as { readonly InternalError: ErrorConstructor };
  const { faultOf, findComputed, mayBePlain, isMadeOf, pack } = looking;

  /** Where a run is, for the host to read while it runs. */
  const place = new Float64Array(1);

  let fold: Fold = () => undefined;
  let condition: Fold = () => undefined;
  let thrown: unknown;

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
      /** The state, ready to be written as one that is plain; null where it hardly is. */
      plain: (): unknown => (mayBePlain() ? [[], [], [], state] : null),
      isMadeOf: (members: number): boolean => isMadeOf(state, members),
      /** What is wrong with the state, as `look` says it. Afterwards `packed` is it, ready to be written, or null. */
      pack: (): string => {
        const [found, ready] = pack(state);
        packed = ready;
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

  const promise = getPrototypeOf(async function () {}.call(undefined)) as object;
  const isPromise = (value: unknown): boolean => typeof value === 'object' && value !== null && getPrototypeOf(value) === promise;

  let conditionFaults = 0;
  let conditionFault = '';

  const holds = (state: unknown, event: unknown): boolean => {
    try {
      const given = condition(state, event);
      const answer = typeof given === 'function' ? (given as Fold)(state, event) : given;
      if (isPromise(answer)) throw new TypeError('It answers with a promise, and a condition cannot wait.');
      return Boolean(answer);
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
