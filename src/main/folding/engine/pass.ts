import type { StoredEvent } from '../../../shared/model/event.ts';
import type { FoldFault } from '../../../shared/model/fold.ts';
import { foldFailed } from '../fold-failed.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import type { WriteBatch } from '../sandbox/write-batch.ts';
import { withLoop, type Sandboxes } from './find-loop.ts';
import { refold } from './refold.ts';
import { eventsIn, placeOf, rangesBetween, WORK_START, workBatch, type WorkBatch, type WorkPlace } from './work-list.ts';

/** The state after this version as the sandbox packs it: where a fold can start from. */
export interface PackedState {
  readonly version: number;
  readonly packed: Uint8Array;
  /** JSON can hold it. */
  readonly isShown: boolean;
}

export interface VersionFault {
  readonly version: number;
  readonly fault: FoldFault;
}

export interface PassOptions {
  readonly sandboxes: Sandboxes;
  readonly write: WriteBatch;
  readonly from: PackedState;
}

export interface FoldOptions {
  /** Versions that are left out without trying: they could not even be stopped. */
  readonly skip?: readonly number[];
  /** End with `halted` at the first fault; with `each`, also at the first state that cannot be shown. */
  readonly stopAtFault?: boolean;
  /** Look at the state after every event, so that a snapshot of each comes back, or why there is none. */
  readonly each?: boolean;
  /** Look at the state after the last of these events. */
  readonly settle?: boolean;
}

/** What became of some events. */
export interface PassStep {
  /** Events that the fold could not take, in order of version. The state after each is the one before it. */
  readonly faults: readonly VersionFault[];
  /** From which version on the state could not be shown, where it could before; with `each`, every such version. */
  readonly unshown: readonly VersionFault[];
  /** States that were looked through on the way. */
  readonly snapshots: readonly PackedState[];
  /**
   * stopped: as asked; the pass must be opened anew. halted: at a fault, as asked; because events in a row, or looks at the
   * state, ran into a limit; or because the state has held for long what cannot be kept.
   */
  readonly end: 'done' | 'stopped' | 'halted';
}

/**
 * One state on its way through a topic. A fold may change its state in place, and may throw half way: then the state before is
 * made again from the last one that was kept, without the event that failed. What a fold returns is looked at after every
 * event; what is inside of it after the first events, and then as often as costs little. Folding never depends on that: a
 * state that cannot be shown is folded on as it is.
 */
export interface Pass {
  /** The last version folded or left out. */
  readonly version: () => number;
  readonly fold: (events: readonly StoredEvent[], options?: FoldOptions) => Promise<PassStep>;
}

/** Between two looks at least this many milliseconds are folded, and this share of what a look takes. */
const LOOK_EVERY = 8;
const LOOK_SHARE = 0.4;
/** So many first looks come out as snapshots, then one every LOOK_EVERY milliseconds. */
const FIRST_SNAPSHOTS = 10;
/** Events, and characters of them, that may have to be folded again. */
const MOST_UNKEPT = 5000;
const MOST_WAITING = 32 * 1024 * 1024;
/** Milliseconds that one call into the sandbox should take, as far as that can be known before: a look can come only between two. */
const CHUNK_TIME = 4;
const MOST_CHUNK = 1000;
/** This many events in a row that ran out of time or memory end the pass. */
const MOST_EXHAUSTED = 3;

export async function openPass({ sandboxes, write, from }: PassOptions): Promise<Pass> {
  let sandbox: Sandbox = await sandboxes.open();
  let run = sandbox.open();
  let base = from;
  let version = from.version;
  let isShown = from.isShown;
  /** What was folded since `base`, and what is to be folded. */
  let work: WorkBatch[] = [];
  let queue: StoredEvent[] = [];
  let skip: ReadonlySet<number> = new Set();
  let waiting = 0;
  /** Events until the next look is due whatever it costs: 1, 2, 4 … */
  let stride = 1;
  let untilLook = 1;
  /** Events that the next call into the sandbox may fold. */
  let chunk = 1;
  /** Milliseconds of folding since `base`, and since a snapshot came out. */
  let foldTime = 0;
  let sinceSnapshot = 0;
  let lookTime = 0;
  let cameOut = 0;
  let exhausted = 0;
  /** Looks in a row that did not come to their end. */
  let tooLong = 0;
  let faults: VersionFault[] = [];
  let unshown: VersionFault[] = [];
  let snapshots: PackedState[] = [];

  const end = (): WorkPlace => ({ batch: work.length, index: 0 });

  const load = (): void => {
    const fault = run.load(base.packed);
    // It came out, and may yet be too large to be there a second time while it is taken in.
    if (fault) throw foldFailed(fault, base.version);
  };

  const renew = async (): Promise<void> => {
    sandbox = await sandboxes.open();
    run = sandbox.open();
  };

  const versionAt = ({ batch, index }: WorkPlace): number => work[batch]?.events[index]?.version ?? version;

  const leaveOut = (place: WorkPlace, fault: FoldFault): void => {
    work[place.batch]?.left.add(place.index);
    faults.push({ version: versionAt(place), fault });
  };

  /** Makes the state of the end of the work again, from `base` on, without what is left out. False: it was stopped. */
  const makeAgain = async (isExhausted = false): Promise<boolean> => {
    // It may be full to the brim.
    if (isExhausted) await renew();
    for (;;) {
      if (sandbox.isBroken()) await renew();
      load();
      const result = refold(sandbox, run, 'run', work, rangesBetween(work, WORK_START, end()));
      if (result.end !== 'fault') return result.end === 'done';
      // It did not fail before: the fold is not repeatable, or was near a limit.
      leaveOut(result.at, result.fault);
    }
  };

  /** Puts what stands behind a place of the last batch back into the queue. */
  const putBack = ({ batch, index }: WorkPlace): void => {
    const last = work[batch] as WorkBatch;
    work = [...work.slice(0, batch), { ...last, events: last.events.slice(0, index + 1) }];
    queue = [...last.events.slice(index + 1), ...queue];
    version = last.events[index]?.version ?? version;
    faults = faults.filter((fault) => fault.version <= version);
  };

  /** Folds the next events. False: it was stopped. */
  const foldChunk = async (): Promise<boolean> => {
    const events = queue.splice(0, Math.min(untilLook, chunk));
    const began = performance.now();
    const batch = workBatch(events, write(events), skip);
    const number = work.push(batch) - 1;
    for (const [index, reason] of batch.written.unfit) {
      const at = events[index]?.version ?? version;
      faults.push({ version: at, fault: { kind: 'event', reason, line: null, column: null } });
    }
    waiting += events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
    const ranges = rangesBetween(work, { batch: number, index: 0 }, end());
    const result = refold(sandbox, run, 'run', work, ranges);
    const took = performance.now() - began;
    foldTime += took;
    sinceSnapshot += took;
    if (result.end === 'stopped') return false;
    untilLook -= events.length;
    version = events.at(-1)?.version ?? version;
    if (result.end !== 'fault') {
      if (ranges.length > 0) exhausted = 0;
      chunk = took > CHUNK_TIME ? Math.max(1, chunk >> 1) : Math.min(took < CHUNK_TIME / 2 ? chunk * 2 : chunk, MOST_CHUNK);
      return true;
    }
    chunk = result.at.index + 1;
    putBack(result.at);
    const upTo = rangesBetween(work, WORK_START, { ...result.at, index: result.at.index + 1 });
    leaveOut(result.at, await withLoop(result.fault, sandboxes, base, work, upTo));
    const isExhausting = result.fault.kind === 'time' || result.fault.kind === 'memory';
    exhausted = isExhausting ? exhausted + 1 : 0;
    return makeAgain(isExhausting);
  };

  const isLookDue = (): boolean => untilLook <= 0 || waiting > MOST_WAITING || foldTime >= Math.max(LOOK_EVERY, lookTime * LOOK_SHARE);

  /** Looks at the present state, and makes it the base if it can be kept. */
  const look = async (isWanted: boolean, isEach: boolean): Promise<PassStep['end']> => {
    const began = performance.now();
    const { bytes, fault, isStopped, isTooLong = false } = run.pack();
    if (isStopped) return 'stopped';
    tooLong = isTooLong ? tooLong + 1 : 0;
    lookTime = performance.now() - began;
    const wasShown = isShown;
    isShown = fault === null;
    // Looks that time asked for come on top: which ones there are at least must not depend on how fast the machine is.
    if (untilLook <= 0) {
      stride = Math.min(stride * 2, MOST_CHUNK);
      untilLook = stride === MOST_CHUNK && bytes ? Infinity : stride;
    }
    if (fault && isEach) unshown.push({ version, fault });
    else if (fault && wasShown && !(await noteFirst(fault))) return 'stopped';
    if (bytes === null) {
      if (sandbox.isBroken() && !(await makeAgain())) return 'stopped';
      const isOverdue = waiting > MOST_WAITING || eventsIn(rangesBetween(work, WORK_START, end())) > MOST_UNKEPT;
      return isOverdue || tooLong >= MOST_EXHAUSTED ? 'halted' : 'done';
    }
    base = { version, packed: bytes, isShown };
    work = [];
    waiting = 0;
    foldTime = 0;
    if (isWanted || cameOut < FIRST_SNAPSHOTS || sinceSnapshot >= LOOK_EVERY) {
      snapshots.push(base);
      cameOut++;
      sinceSnapshot = 0;
    }
    return 'done';
  };

  /** Finds by halves an event since `base` after which the state cannot be shown, where it could before. False: stopped. */
  const noteFirst = async (found: FoldFault): Promise<boolean> => {
    const ranges = rangesBetween(work, WORK_START, end());
    let fault = found;
    let good = 0;
    let bad = eventsIn(ranges);
    if (bad > 1) {
      while (bad - good > 1) {
        const middle = (good + bad) >> 1;
        if (sandbox.isBroken()) await renew();
        load();
        const result = refold(sandbox, run, 'run', work, rangesBetween(work, WORK_START, end(), middle));
        if (result.end === 'stopped') return false;
        const packed = result.end === 'fault' ? result : run.pack();
        if ('isStopped' in packed && packed.isStopped) return false;
        const reason = packed.fault;
        if (reason) {
          bad = middle;
          fault = reason;
        } else good = middle;
      }
      if (!(await makeAgain())) return false;
    }
    unshown.push({ version: bad === 0 ? version : versionAt(placeOf(ranges, bad - 1)), fault });
    return true;
  };

  load();
  return {
    version: () => version,
    async fold(events, { skip: left = [], stopAtFault = false, each = false, settle = false } = {}) {
      queue = [...events];
      skip = new Set(left);
      faults = [];
      unshown = [];
      snapshots = [];
      const step = (how: PassStep['end']): PassStep => ({
        faults: faults.toSorted((a, b) => a.version - b.version),
        unshown,
        snapshots,
        end: how,
      });
      let isSettled = !settle;
      while (queue.length > 0 || !isSettled) {
        if (each) untilLook = 1;
        const before = faults.length;
        const began = performance.now();
        if (queue.length > 0 && !(await foldChunk())) return step('stopped');
        const isFaulty = faults.length > before;
        if (exhausted >= MOST_EXHAUSTED || (stopAtFault && isFaulty)) return step('halted');
        // After a fault the state was made again: where a look costs no more than that, it spares the next fault some of it.
        const isCheap = isFaulty && lookTime <= performance.now() - began;
        const isLast = queue.length === 0 && settle;
        if (!isCheap && !isLast && !isLookDue()) continue;
        const looked = await look(each || isLast, each);
        if (looked !== 'done') return step(looked);
        if (stopAtFault && each && unshown.length > 0) return step('halted');
        isSettled ||= isLast;
      }
      return step('done');
    },
  };
}
