import type { StoredEvent } from '../../../shared/model/event.ts';
import type { FoldFault } from '../../../shared/model/fold.ts';
import type { JsonText } from '../../../shared/model/json-text.ts';
import { foldFailed } from '../fold-failed.ts';
import { packedStateText, StateTooLong } from '../sandbox/read-value.ts';
import type { Packed, Sandbox, SandboxRun } from '../sandbox/sandbox.ts';
import type { WriteBatch } from '../sandbox/write-batch.ts';
import { withLoop, type Sandboxes } from './find-loop.ts';
import type { PackedState } from './pass.ts';
import { refold } from './refold.ts';
import { rangesBetween, WORK_START, workBatch } from './work-list.ts';

/** Events that lead on from a state. */
export interface Stretch {
  readonly from: PackedState;
  readonly events: readonly StoredEvent[];
  /** Versions that are known to fail: they are left out. */
  readonly skip: readonly number[];
}

export interface ShownState {
  readonly version: number;
  /** Null where the state cannot be shown; then `fault` says why. */
  readonly state: JsonText | null;
  /** The bytes that make it again; null where it cannot be shown. */
  readonly packed: Uint8Array | null;
  readonly fault: FoldFault | null;
}

export interface Sought {
  /** The first version after which the condition holds; null: none of these. */
  readonly version: number | null;
  /** Events at which the condition threw, which counts as not holding. */
  readonly threw: number;
  readonly firstThrown: FoldFault | null;
  /** The state behind the last event looked at. */
  readonly reached: Uint8Array;
  /** The condition changed the state it looked at, so what it found is not to be trusted. */
  readonly isChanging: boolean;
}

export interface Held {
  readonly holds: boolean;
  /** What the condition threw, which counts as not holding. */
  readonly thrown: FoldFault | null;
  readonly isChanging: boolean;
}

/** States off the way of a pass: in a sandbox of their own, thrown away after each question. Null: it was stopped. */
export interface Viewer {
  /** The states after these versions, ascending, none before `from`. */
  readonly show: (stretch: Stretch, at: readonly number[]) => Promise<readonly ShownState[] | null>;
  /** Why the last event of the stretch fails; `none` where it does not. */
  readonly probe: (stretch: Stretch) => Promise<FoldFault | 'none' | null>;
  /** Null, or why the text is no condition. */
  readonly takeCondition: (text: string) => Promise<FoldFault | null>;
  /** Whether the condition taken last holds for a state and the event that led to it. */
  readonly holds: (from: PackedState, event: StoredEvent | null) => Promise<Held | FoldFault | null>;
  /** The first event of the stretch after which the condition holds. `expected`: the state after the stretch, where it is known. */
  readonly seek: (stretch: Stretch, expected: Uint8Array | null) => Promise<Sought | FoldFault | null>;
}

export function createViewer(sandboxes: Sandboxes, write: WriteBatch): Viewer {
  let opened: Opened | null = null;
  let condition = '';

  const ready = async (): Promise<Opened> => {
    if (opened && !opened.sandbox.isBroken()) return opened;
    const sandbox = await sandboxes.open();
    if (condition !== '') sandbox.takeCondition(condition);
    opened = { sandbox, run: sandbox.open() };
    return opened;
  };

  /** Gives the state's memory back; a sandbox that ran into a limit is given up. */
  const finish = <T>(answer: T): T => {
    const isExhausted =
      typeof answer === 'object' && answer !== null && 'kind' in answer && (answer.kind === 'memory' || answer.kind === 'time');
    if (isExhausted) opened = null;
    else if (opened && !opened.sandbox.isBroken()) opened.run.drop();
    return answer;
  };

  /** At the state of a stretch's beginning, with a way to go on. */
  const begin = async (from: PackedState, left: readonly number[]): Promise<Way> => {
    const { sandbox, run } = await ready();
    const loaded = run.load(from.packed);
    if (loaded) {
      opened = null;
      throw foldFailed(loaded, from.version);
    }
    const skip = new Set(left);
    const go = (events: readonly StoredEvent[], how: 'run' | 'seek' = 'run'): WayEnd => {
      const batch = workBatch(events, write(events), skip);
      const end = refold(sandbox, run, how, [batch], rangesBetween([batch], WORK_START, { batch: 0, index: events.length }));
      return 'at' in end ? { ...end, version: events[end.at.index]?.version ?? 0 } : end;
    };
    return { sandbox, run, go };
  };

  /** As `show`, or how it ended on the way. */
  const tryToShow = async (
    { from, events, skip }: Stretch,
    at: readonly number[],
  ): Promise<readonly ShownState[] | Exclude<WayEnd, { end: 'done' }>> => {
    const isKnown = from.isShown && at[0] === from.version;
    const states: ShownState[] = isKnown ? [shownState(from.version, { bytes: from.packed, fault: null })] : [];
    if (isKnown && at.length === 1) return states;
    const { run, go } = await begin(from, skip);
    let after = from.version;
    for (const version of isKnown ? at.slice(1) : at) {
      const end = go(upTo(version, events, after));
      if (end.end !== 'done') return end;
      after = version;
      const packed = run.pack();
      if (packed.isStopped) return { end: 'stopped' };
      states.push(shownState(version, packed));
    }
    return states;
  };

  return {
    async show(stretch, at) {
      const failed = new Map<number, FoldFault>();
      for (;;) {
        const shown = finish(await tryToShow({ ...stretch, skip: [...stretch.skip, ...failed.keys()] }, at));
        if (!('end' in shown)) return shown.map((state) => ({ ...state, fault: failed.get(state.version) ?? state.fault }));
        if (shown.end !== 'fault') return null;
        // It does not fail in the pass: the fold is not repeatable, or a limit was near.
        failed.set(shown.version, finish(shown.fault));
      }
    },
    async probe({ from, events, skip }) {
      const last = events.at(-1);
      const unfit = write(last ? [last] : []).unfit.get(0);
      if (unfit !== undefined) return { kind: 'event', reason: unfit, line: null, column: null };
      const others = skip.filter((version) => version !== last?.version);
      const { go } = await begin(from, others);
      const end = go(events);
      if (end.end === 'stopped') return finish(null);
      if (end.end !== 'fault') return finish('none');
      const batch = workBatch(events, write(events), new Set(others));
      const ranges = rangesBetween([batch], WORK_START, { batch: 0, index: events.length });
      return withLoop(finish(end.fault), sandboxes, from, [batch], ranges);
    },
    async takeCondition(text) {
      condition = '';
      const fault = (await ready()).sandbox.takeCondition(text);
      if (fault === null) condition = text;
      return fault;
    },
    async holds(from, event) {
      const { sandbox, run } = await begin(from, []);
      const written = write(event ? [event] : []);
      const taken = event && written.unfit.size === 0 ? sandbox.take(written) : null;
      if (taken && 'kind' in taken) return finish(taken);
      sandbox.takeCondition(condition);
      const answer = run.holds(taken, 0);
      if (!sandbox.isBroken()) taken?.release();
      if (answer === 'stopped') return finish(null);
      if (typeof answer !== 'boolean') return finish(answer);
      const { bytes, isStopped } = run.pack();
      if (isStopped) return finish(null);
      const { first } = sandbox.conditionFaults();
      return finish({ holds: answer, thrown: first, isChanging: bytes === null || !sameBytes(bytes, from.packed) });
    },
    async seek(stretch, expected) {
      const { from, events, skip } = stretch;
      const { sandbox, run, go } = await begin(from, skip);
      // Taken anew, it has thrown nothing yet.
      sandbox.takeCondition(condition);
      const end = go(events, 'seek');
      if (end.end === 'stopped') return finish(null);
      if (end.end === 'fault') return finish(end.fault);
      const thrown = sandbox.conditionFaults();
      const { bytes: seen, fault, isStopped } = run.pack();
      if (isStopped) return finish(null);
      if (seen === null) return finish(fault);
      const isAsExpected = end.end === 'done' && expected !== null && sameBytes(seen, expected);
      // Once more without the condition, which must not have changed what it looked at.
      const unseen = isAsExpected ? seen : await endOf(stretch, end.end === 'found' ? end.version : Infinity);
      return finish({
        version: end.end === 'found' ? end.version : null,
        threw: thrown.count,
        firstThrown: thrown.first,
        reached: seen,
        isChanging: unseen === null || !sameBytes(seen, unseen),
      });
    },
  };

  async function endOf({ from, events, skip }: Stretch, version: number): Promise<Uint8Array | null> {
    const { run, go } = await begin(from, skip);
    return go(upTo(version, events)).end === 'done' ? run.pack().bytes : null;
  }
}

interface Opened {
  readonly sandbox: Sandbox;
  readonly run: SandboxRun;
}

interface Way extends Opened {
  /** Folds the next events. */
  readonly go: (events: readonly StoredEvent[], how?: 'run' | 'seek') => WayEnd;
}

/** As `RefoldEnd`, with the version of the event at which it ended. */
type WayEnd =
  | { readonly end: 'done' }
  | { readonly end: 'stopped' }
  | { readonly end: 'found'; readonly version: number }
  | { readonly end: 'fault'; readonly version: number; readonly fault: FoldFault };

const upTo = (version: number, events: readonly StoredEvent[], after = 0): readonly StoredEvent[] =>
  events.filter((event) => event.version > after && event.version <= version);

function shownState(version: number, { bytes, fault }: Omit<Packed, 'isStopped'>): ShownState {
  if (fault || !bytes) return { version, state: null, packed: null, fault };
  try {
    return { version, state: packedStateText(bytes), packed: bytes, fault: null };
  } catch (error) {
    if (!(error instanceof StateTooLong)) throw error;
    const reason = 'The state is too long to be written as text: one object stands in it in very many places.';
    return { version, state: null, packed: null, fault: { kind: 'state', reason, line: null, column: null } };
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
