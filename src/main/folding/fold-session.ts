import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import type { BisectAnswer, FailingPart, FoldedState, FoldFault, FoldProgress, FoldStep } from '../../shared/model/fold.ts';
import type { JsonDiff } from '../../shared/model/json-diff.ts';
import type { JsonText } from '../../shared/model/json-text.ts';
import { bisect, cancelled, unasked } from './bisect.ts';
import type { PackedState } from './engine/pass.ts';
import { createFailingVersions, type FailingVersions } from './failing-versions.ts';
import { foldFailed } from './fold-failed.ts';
import type { AskFold } from './fold-messages.ts';
import type { History } from './history.ts';
import { openFoldThread, ThreadEnded, type FoldLimits, type FoldPlaces, type FoldThread } from './open-fold-thread.ts';
import { createPassOver, type RunOptions } from './pass-over.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';
import { compareStates, createStateViews } from './state-views.ts';

export interface FoldSessionOptions extends FoldLimits {
  readonly history: History;
  readonly places: FoldPlaces;
  /** The text of an ES module that exports `initial` (a value, or a function that returns it) and `fold(state, event)`. */
  readonly source: string;
  /** Bytes that states kept along the way may take; 192 MiB. */
  readonly snapshotBytes?: number | undefined;
  /** Called after every page while it folds. */
  readonly onProgress?: ((progress: FoldProgress) => void) | undefined;
  /** What another session of the same fold knows of what its history and this one have in common. */
  readonly known?: KnownStates | undefined;
}

/** A fold over one history. Answers are plain data. Whoever opened it closes it. */
export interface FoldSession {
  readonly history: History;
  readonly progress: () => FoldProgress;
  /**
   * Folds on to the end of the history, past events that fail; again when the history has grown. Resolves when it is there,
   * stopped or halted; a second call joins the first.
   */
  readonly fold: (options?: RunOptions) => Promise<FoldProgress>;
  /** Ends what is going on, within less than half a second, whatever the fold is at. */
  readonly stop: () => void;
  /** The state after a version from 0 to the one folded to. @throws EventStoreError INVALID_INPUT, CANCELLED, FOLD_FAILED where it cannot be looked at */
  readonly stateAt: (version: number) => Promise<FoldedState>;
  /** The event of a version with the states before and after it. @throws as `stateAt` */
  readonly around: (version: number) => Promise<FoldStep>;
  /** Where two states differ, found out off this thread. Nothing for a state that cannot be shown. */
  readonly diff: (before: JsonText | null, after: JsonText | null) => Promise<JsonDiff>;
  /** Versions that fail, cannot be read, or from which on the state cannot be shown: greater than `after`, at most `limit`. */
  readonly failing: (after: number, limit: number) => readonly number[];
  /** As `failing`, without those of which only the state cannot be shown. */
  readonly failingEvents: (after: number, limit: number) => readonly number[];
  /** Those of the whole topic, which is cut into so many parts: each part that has any. */
  readonly failingParts: (parts: number) => readonly FailingPart[];
  readonly nextFailing: (after: number) => number | null;
  readonly previousFailing: (before: number) => number | null;
  /** Where the state of a version cannot be shown: the last version up to it from which on that was found. */
  readonly unshownSince: (version: number) => number | null;
  /** Why the event of a version could not be taken or read; null where it could. @throws as `stateAt` */
  readonly whyFailed: (version: number) => Promise<{ readonly fault: FoldFault; readonly isRead: boolean } | null>;
  /** Why from this version on the state cannot be shown; null where that was found at another version. */
  readonly whyUnshown: (version: number) => FoldFault | null;
  /**
   * The first version after which a condition over `state` (and `event`) holds. With `monotone` it looks by halves among the
   * states kept along the way, which is right only for a condition that stays true once it is.
   * @throws EventStoreError INVALID_INPUT for what is no condition or changes the state, CANCELLED
   */
  readonly bisect: (condition: string, options?: { readonly monotone?: boolean }) => Promise<BisectAnswer>;
  readonly known: (upTo: number) => KnownStates;
  /** Forgets what was folded after a version, for a history that was changed there. */
  readonly rewind: (version: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What is known of a history up to a version, for another one that is the same up to there. */
export interface KnownStates {
  readonly snapshots: readonly PackedState[];
  readonly failing: readonly { readonly version: number; readonly fault: FoldFault | null }[];
}

const SNAPSHOT_BYTES = 192 * 1024 * 1024;
/** Up to which version a fold is tried for whether it comes to the same state twice. */
const PROOF = 1000;

/** @throws EventStoreError FOLD_FAILED where the text is no fold. */
export async function openFoldSession(options: FoldSessionOptions): Promise<FoldSession> {
  const { history, snapshotBytes = SNAPSHOT_BYTES, onProgress, known } = options;
  const thread = openFoldThread(options);
  try {
    const snapshots = createSnapshots({ version: 0, packed: await initialState(thread), isShown: true }, snapshotBytes);
    const failing = createFailingVersions();
    for (const state of known?.snapshots ?? []) snapshots.add(state);
    for (const { version, fault } of known?.failing ?? []) failing.add(version, fault);
    return startSession({ history, thread, snapshots, failing, onProgress });
  } catch (error) {
    await thread.close();
    throw error;
  }
}

async function initialState(thread: FoldThread): Promise<Uint8Array> {
  const loaded = await thread.load().catch((error: unknown) => {
    if (error instanceof ThreadEnded) throw foldFailed({ kind: 'load', reason: error.message, line: null, column: null }, null);
    throw error;
  });
  if ('fault' in loaded) throw foldFailed(loaded.fault, null);
  return loaded.initial;
}

interface SessionParts {
  readonly history: History;
  readonly thread: FoldThread;
  readonly snapshots: Snapshots;
  readonly failing: FailingVersions;
  readonly onProgress: ((progress: FoldProgress) => void) | undefined;
}

function startSession({ history, thread, snapshots, failing, onProgress }: SessionParts): FoldSession {
  const unreadable = createFailingVersions();
  const unshown = createFailingVersions();
  let status: FoldProgress['status'] = 'idle';
  let isImpure = false;
  let isProved = snapshots.last().version > 0;
  let folding: Promise<FoldProgress> | null = null;

  const pass = createPassOver({ history, thread, snapshots, failing, unreadable, unshown, onPage: () => onProgress?.(progress()) });

  const views = createStateViews({ history, snapshots, failing, unreadable });

  const progress = (): FoldProgress => {
    const { events, time } = pass.spent();
    return {
      status,
      folded: pass.folded(),
      total: pass.total(),
      eventsPerSecond: time === 0 ? 0 : Math.round((events * 1000) / time),
      failing: failing.count() + unreadable.count(),
      unshown: unshown.count(),
      isImpure,
    };
  };

  let stops = 0;

  /** Asks the thread until the next stop. Where the thread does not live to answer, `died` says what that means. */
  const untilStopped = (died: (ended: ThreadEnded) => EventStoreError): AskFold => {
    const begun = stops;
    return async (kind, request) => {
      if (stops !== begun) throw cancelled();
      try {
        return await thread.ask(kind, request);
      } catch (error) {
        if (!(error instanceof ThreadEnded)) throw error;
        throw error.why === 'stopped' || error.why === 'closed' ? cancelled() : died(error);
      }
    };
  };

  const mustBeFolded = (version: number, least: number): void => {
    const folded = pass.folded();
    if (Number.isInteger(version) && version >= least && version <= folded) return;
    throw new EventStoreError(
      'INVALID_INPUT',
      `The fold has come to version ${folded}; a version from ${least} to there can be shown, not ${version}.`,
      {
        version,
        folded,
      },
    );
  };

  /** Folds a part of the beginning once more, by a fold that was loaded anew: the same must come out. */
  const prove = async (): Promise<void> => {
    const end = snapshots.before(PROOF);
    const start = snapshots.before(end.version - 1);
    if (isProved || start.version === 0) return;
    isImpure = !(await views.isRepeatable(untilStopped(diedAt(end.version)), start, end));
    isProved = true;
  };

  return {
    history,
    diff: (before, after) => compareStates(untilStopped(diedAt(pass.folded())), before, after),
    progress,
    fold(options = {}) {
      folding ??= (async () => {
        status = 'folding';
        try {
          status = await pass.run(options);
          if (status === 'done') await prove().catch(unlessCancelled);
          return progress();
        } catch (error) {
          status = 'stopped';
          throw error;
        } finally {
          folding = null;
        }
      })();
      return folding;
    },
    stop() {
      stops++;
      pass.stop();
      thread.stop();
    },
    async stateAt(version) {
      mustBeFolded(version, 0);
      return views.stateAt(untilStopped(diedAt(version)), version);
    },
    async around(version) {
      mustBeFolded(version, 1);
      return views.around(untilStopped(diedAt(version)), version);
    },
    failing: (after, limit) => leastVersions([failing, unreadable, unshown], after, limit),
    failingEvents: (after, limit) => leastVersions([failing, unreadable], after, limit),
    failingParts: (parts) => {
      const marks: FailingPart[] = [];
      const total = pass.total();
      for (let part = 0; part < parts; part++) {
        const [after, upTo] = [Math.floor((part * total) / parts), Math.floor(((part + 1) * total) / parts)];
        const version = leastOf([failing, unreadable, unshown].map((versions) => versions.next(after)));
        if (version === null) break;
        const count = [failing, unreadable, unshown].reduce((sum, versions) => sum + versions.countBetween(after, upTo), 0);
        if (version <= upTo) marks.push({ version, count });
      }
      return marks;
    },
    nextFailing: (after) => leastOf([failing, unreadable, unshown].map((versions) => versions.next(after))),
    previousFailing: (before) => greatestOf([failing, unreadable, unshown].map((versions) => versions.previous(before))),
    unshownSince: (version) => unshown.previous(version + 1),
    async whyFailed(version) {
      const fault = await views.reasonOf(untilStopped(diedAt(version)), version);
      return fault && { fault, isRead: !unreadable.has(version) };
    },
    whyUnshown: (version) => unshown.fault(version) ?? null,
    bisect: (condition, { monotone = false } = {}) =>
      bisect({
        ask: untilStopped(({ message }) => unasked({ reason: message })),
        snapshots,
        upTo: pass.folded(),
        stretch: views.stretch,
        condition,
        monotone,
      }),
    known: (upTo) => ({
      snapshots: snapshots.all().filter(({ version }) => version <= upTo),
      failing: failing.between(0, upTo).map((version) => ({ version, fault: failing.fault(version) ?? null })),
    }),
    async rewind(version) {
      if (folding) {
        pass.stop();
        thread.stop();
        await folding.catch(() => {});
      }
      views.forget();
      pass.rewind(version);
      if (pass.folded() < pass.total()) status = 'stopped';
    },
    close: () => thread.close(),
  };
}

/** A stop after the last event stops nothing that was asked for. */
function unlessCancelled(error: unknown): void {
  if (!isEventStoreError(error, 'CANCELLED')) throw error;
}

/** Of a question about the states around a version. */
const diedAt =
  (version: number) =>
  ({ message }: ThreadEnded): EventStoreError =>
    foldFailed({ kind: 'time', reason: message, line: null, column: null }, version);

/** Those greater than `after` of any of these, in order. */
function leastVersions(sets: readonly FailingVersions[], after: number, limit: number): readonly number[] {
  const all = sets.flatMap((versions) => versions.between(after, Infinity, limit));
  return [...new Set(all)].sort((a, b) => a - b).slice(0, limit);
}

function leastOf(versions: readonly (number | null)[]): number | null {
  const least = Math.min(...versions.map((version) => version ?? Infinity));
  return least === Infinity ? null : least;
}

function greatestOf(versions: readonly (number | null)[]): number | null {
  const greatest = Math.max(...versions.map((version) => version ?? -Infinity));
  return greatest === -Infinity ? null : greatest;
}
