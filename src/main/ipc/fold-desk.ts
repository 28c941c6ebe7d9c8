import type { FoldState } from '../../shared/ipc/contract/folds.ts';
import { errorFacts, EventStoreError, isEventStoreError, type ErrorFacts } from '../../shared/model/errors.ts';
import type { FoldStep, ScratchChange } from '../../shared/model/fold.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { openFoldSession, type FoldSession } from '../folding/fold-session.ts';
import { topicHistory } from '../folding/history.ts';
import type { FoldPlaces } from '../folding/open-fold-thread.ts';
import { openWhatIf, type WhatIf } from '../folding/what-if.ts';

/** A fold that goes on by itself. */
export interface RunningFold {
  readonly session: FoldSession;
  /** `folding` until it is known whether the fold is to be relied on. */
  readonly state: () => FoldState;
  /** Folds on, to where the topic ends then. Returns at once. */
  readonly resume: () => void;
  /** Ends what is going on. */
  readonly stop: () => void;
  /** An event and what it did. The states are kept for whoever reads them in pieces. */
  readonly around: (version: number) => Promise<FoldStep>;
  /** The whole state after a version, kept while it is read in pieces; null where it cannot be shown. */
  readonly stateText: (version: number) => Promise<string | null>;
  /** What was folded is not what it was. */
  readonly forgetTexts: () => void;
}

export interface RunningWhatIf extends RunningFold {
  readonly whatIf: WhatIf;
}

export interface FoldWanted {
  readonly topic: string;
  readonly source: string;
  readonly time?: number | undefined;
}

/** The folds of one open store in one window: at most one over a topic, and one what-if beside it. */
export interface FoldDesk {
  /** Closes what was open before. @throws EventStoreError TOPIC_NOT_FOUND, FOLD_FAILED; CANCELLED where another came after. */
  open(wanted: FoldWanted, signal: AbortSignal): Promise<string>;
  /** @throws EventStoreError INVALID_INPUT, CANCELLED */
  openWhatIf(fold: string, changes: readonly ScratchChange[], signal: AbortSignal): Promise<string>;
  /** A fold or the fold of a what-if. @throws EventStoreError INVALID_INPUT with `closed` */
  fold(id: string): RunningFold;
  /** @throws EventStoreError INVALID_INPUT with `closed` */
  whatIf(id: string): RunningWhatIf;
  close(id: string): Promise<void>;
  /** Nothing can be opened after it. */
  closeAll(): Promise<void>;
}

interface OpenFold extends RunningFold {
  readonly id: string;
  readonly wanted: FoldWanted;
}

interface OpenWhatIf extends RunningWhatIf {
  readonly id: string;
}

export function createFoldDesk(store: EventStore, places: FoldPlaces): FoldDesk {
  let fold: OpenFold | null = null;
  let scratch: OpenWhatIf | null = null;
  /** What is opened counts only while nothing else was asked for since. */
  let asked = 0;
  let isClosed = false;

  async function closeWhatIf(): Promise<void> {
    const old = scratch;
    scratch = null;
    await old?.whatIf.close();
  }

  async function closeFold(): Promise<void> {
    const old = fold;
    fold = null;
    await Promise.all([closeWhatIf(), old?.session.close()]);
  }

  /** Takes what was opened, or closes it again where nobody wants it any more. @throws EventStoreError CANCELLED */
  async function taken<T extends { close(): Promise<void> }>(opening: Promise<T>, mine: number, signal: AbortSignal): Promise<T> {
    const opened = await opening;
    if (mine === asked && !isClosed && !signal.aborted) return opened;
    await opened.close();
    throw new EventStoreError('CANCELLED', 'The fold was closed while it was being opened.');
  }

  return {
    async open(wanted, signal) {
      const mine = ++asked;
      await closeFold();
      const opening = (async () => openFoldSession({ ...wanted, history: await topicHistory(store, wanted.topic), places }))();
      const session = await taken(opening, mine, signal);
      fold = { ...running(session), id: crypto.randomUUID(), wanted };
      fold.resume();
      return fold.id;
    },
    async openWhatIf(id, changes, signal) {
      if (fold?.id !== id) throw closed();
      const { session, wanted } = fold;
      const mine = ++asked;
      await closeWhatIf();
      const opening = openWhatIf(session, { places, source: wanted.source, time: wanted.time });
      const whatIf = await taken(opening, mine, signal);
      scratch = { ...running(whatIf.session), id: crypto.randomUUID(), whatIf };
      const opened = scratch;
      for (const change of changes) await whatIf.change(change);
      opened.resume();
      return opened.id;
    },
    fold(id) {
      const found = [fold, scratch].find((open) => open?.id === id);
      if (!found) throw closed();
      return found;
    },
    whatIf(id) {
      if (scratch?.id !== id) throw closed();
      return scratch;
    },
    async close(id) {
      if (fold?.id === id) {
        asked++;
        await closeFold();
      }
      if (scratch?.id === id) await closeWhatIf();
    },
    async closeAll() {
      isClosed = true;
      await closeFold();
    },
  };
}

function closed(): EventStoreError {
  return new EventStoreError('INVALID_INPUT', 'This fold is closed. Run it again.', { closed: true });
}

/** States that are read in pieces: those before and after one event. */
const MOST_TEXTS = 2;

function running(session: FoldSession): RunningFold {
  let failure: ErrorFacts | null = null;
  const texts = new Map<number, Promise<string | null>>();
  let isFolding = false;
  /** Asked for while a run was coming to its end, perhaps after it had looked where the topic ends. */
  let isAskedAgain = false;

  const fold = async (): Promise<void> => {
    isFolding = true;
    try {
      do {
        isAskedAgain = false;
        failure = null;
        await session.fold();
      } while (isAskedAgain);
    } catch (error) {
      if (!isEventStoreError(error, 'CANCELLED')) failure = errorFacts(error);
    } finally {
      isFolding = false;
    }
  };

  const keep = (version: number, text: Promise<string | null>): void => {
    texts.delete(version);
    texts.set(version, text);
    for (const oldest of texts.keys()) if (texts.size > MOST_TEXTS) texts.delete(oldest);
  };

  return {
    session,
    state: () => ({ ...session.progress(), ...(isFolding ? { status: 'folding' } : {}), failure }),
    resume() {
      isAskedAgain = true;
      if (!isFolding) void fold();
    },
    stop() {
      isAskedAgain = false;
      session.stop();
    },
    async around(version) {
      const step = await session.around(version);
      keep(version - 1, Promise.resolve(step.before));
      keep(version, Promise.resolve(step.after));
      return step;
    },
    stateText(version) {
      const known = texts.get(version);
      if (known) return known;
      const reading = session.stateAt(version).then(({ state }) => state);
      keep(version, reading);
      reading.catch(() => texts.delete(version));
      return reading;
    },
    forgetTexts: () => texts.clear(),
  };
}
