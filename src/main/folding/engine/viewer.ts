import type { StoredEvent } from '../../../shared/model/event.ts';
import type { FoldFault } from '../../../shared/model/fold.ts';
import type { JsonText } from '../../../shared/model/json-text.ts';
import { foldFailed } from '../fold-failed.ts';
import { packedStateText, StateTooLong } from '../sandbox/read-value.ts';
import type { Packed, Sandbox, SandboxRun } from '../sandbox/sandbox.ts';
import type { WriteBatch } from '../sandbox/write-batch.ts';
import type { PackedState } from './pass.ts';
import { refold, type RefoldEnd } from './refold.ts';
import { rangesBetween, workBatch, type WorkBatch } from './work-list.ts';

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

export function createViewer(open: () => Promise<Sandbox>, write: WriteBatch): Viewer {
  let opened: Opened | null = null;
  let condition = '';

  const ready = async (): Promise<Opened> => {
    if (opened && !opened.sandbox.isBroken()) return opened;
    const sandbox = await open();
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

  /** At the state of `from`, with a way to go on through the events. */
  const begin = async ({ from, events, skip }: Stretch): Promise<Way> => {
    const { sandbox, run } = await ready();
    const batch = workBatch(events, write(events), new Set(skip));
    const loaded = run.load(from.packed);
    if (loaded) {
      opened = null;
      throw foldFailed(loaded, from.version);
    }
    let done = 0;
    const go = (to: number, how: 'run' | 'seek' = 'run'): RefoldEnd => {
      const ranges = rangesBetween([batch], { batch: 0, index: done }, { batch: 0, index: to });
      done = to;
      return refold(sandbox, run, how, [batch], ranges);
    };
    return { sandbox, run, batch, go };
  };

  /** As `show`, or the event that failed on the way. */
  const tryToShow = async (
    stretch: Stretch,
    at: readonly number[],
  ): Promise<readonly ShownState[] | Exclude<RefoldEnd, { end: 'done' }>> => {
    const { from } = stretch;
    const isKnown = from.isShown && at[0] === from.version;
    const states: ShownState[] = isKnown ? [shownState(from.version, { bytes: from.packed, fault: null })] : [];
    if (isKnown && at.length === 1) return states;
    const { run, go } = await begin(stretch);
    for (const version of isKnown ? at.slice(1) : at) {
      const end = go(stretch.events.filter((event) => event.version <= version).length);
      if (end.end !== 'done') return end;
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
        failed.set(stretch.events[shown.at.index]?.version ?? 0, finish(shown.fault));
      }
    },
    async probe(stretch) {
      const last = stretch.events.length - 1;
      const { go, batch } = await begin({ ...stretch, skip: stretch.skip.filter((version) => version !== stretch.events[last]?.version) });
      const unfit = batch.written.unfit.get(last);
      if (unfit !== undefined) return finish({ kind: 'event', reason: unfit, line: null, column: null });
      const end = go(last + 1);
      if (end.end === 'stopped') return finish(null);
      if (end.end === 'fault') return finish(end.fault);
      return finish('none');
    },
    async takeCondition(text) {
      condition = '';
      const fault = (await ready()).sandbox.takeCondition(text);
      if (fault === null) condition = text;
      return fault;
    },
    async holds(from, event) {
      const { sandbox, run, batch } = await begin({ from, events: event ? [event] : [], skip: [] });
      const taken = event && batch.left.size === 0 ? sandbox.take(batch.written) : null;
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
      const { sandbox, run, go } = await begin(stretch);
      const before = sandbox.conditionFaults();
      const end = go(stretch.events.length, 'seek');
      if (end.end === 'stopped') return finish(null);
      if (end.end === 'fault') return finish(end.fault);
      const after = sandbox.conditionFaults();
      const reached = end.end === 'found' ? end.at.index + 1 : stretch.events.length;
      const { bytes: seen, fault, isStopped } = run.pack();
      if (isStopped) return finish(null);
      if (seen === null) return finish(fault);
      const isAsExpected = end.end === 'done' && expected !== null && sameBytes(seen, expected);
      // Once more without the condition, which must not have changed what it looked at.
      const unseen = isAsExpected ? seen : await endOf(stretch, reached);
      return finish({
        version: end.end === 'found' ? (stretch.events[end.at.index]?.version ?? null) : null,
        threw: after.count - before.count,
        firstThrown: before.count === 0 ? after.first : null,
        reached: seen,
        isChanging: unseen === null || !sameBytes(seen, unseen),
      });
    },
  };

  async function endOf(stretch: Stretch, to: number): Promise<Uint8Array | null> {
    const { run, go } = await begin(stretch);
    return go(to).end === 'done' ? run.pack().bytes : null;
  }
}

interface Opened {
  readonly sandbox: Sandbox;
  readonly run: SandboxRun;
}

interface Way extends Opened {
  readonly batch: WorkBatch;
  /** Folds up to the event of this index. */
  readonly go: (to: number, how?: 'run' | 'seek') => RefoldEnd;
}

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
