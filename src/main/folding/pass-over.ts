import type { EventPage } from '../../shared/model/event.ts';
import { MAX_PAGE } from '../../shared/model/event.ts';
import type { FoldedState, FoldFault } from '../../shared/model/fold.ts';
import type { PackedState } from './engine/pass.ts';
import type { FailingVersions } from './failing-versions.ts';
import type { FoldAnswers } from './fold-messages.ts';
import type { History } from './history.ts';
import { ThreadEnded, type FoldThread } from './open-fold-thread.ts';
import { packedStateText } from './sandbox/read-value.ts';
import type { Snapshots } from './snapshots.ts';

export interface PassOverOptions {
  readonly history: History;
  readonly thread: FoldThread;
  readonly snapshots: Snapshots;
  /** Filled with the events that the fold could not take, and with those that cannot be read. */
  readonly failing: FailingVersions;
  readonly unreadable: FailingVersions;
  /** Filled with the versions from which on the state cannot be shown, where it could before. */
  readonly unshown: FailingVersions;
  /** Called after every page. */
  readonly onPage: () => void;
}

export interface RunOptions {
  /** End with `halted` at the first event that fails. */
  readonly stopAtFault?: boolean | undefined;
  /** Called with the state after each version, in order. The next ones come when it has resolved. */
  readonly each?: ((states: readonly FoldedState[]) => Promise<void>) | undefined;
}

/** The pass of a fold over a history, fed a page at a time. */
export interface PassOver {
  readonly folded: () => number;
  readonly total: () => number;
  /** Events folded, and the milliseconds that took. */
  readonly spent: () => { readonly events: number; readonly time: number };
  /** Goes on to the end of the history. */
  readonly run: (options: RunOptions) => Promise<'done' | 'stopped' | 'halted'>;
  /** The present run ends with `stopped` at its next page, if the thread does not end it before. */
  readonly stop: () => void;
  /** Goes back to a version at most. */
  readonly rewind: (version: number) => void;
}

/** Bytes of states that one answer of the thread may hold while every state is asked for. */
const EACH_BYTES = 16 * 1024 * 1024;
/** This many events in a row that not even the thread survived end the run. */
const MOST_DEATHS = 3;

export function createPassOver({ history, thread, snapshots, failing, unreadable, unshown, onPage }: PassOverOptions): PassOver {
  let folded = snapshots.last().version;
  let total = 0;
  let isStopping = false;
  /** Where the pass in the thread is, if it is there at all. */
  let passAt = -1;
  /** Versions that ended the thread; and up to which version events are tried one by one to find such a one. */
  const deadly = new Map<number, FoldFault>();
  let suspect = 0;
  let events = 0;
  let time = 0;

  /** Goes on from the last kept state, next time. */
  const resume = (): void => {
    folded = snapshots.last().version;
    unshown.cut(folded);
    passAt = -1;
  };

  const takeOver = (reply: NonNullable<FoldAnswers['fold']>): void => {
    for (const { version, fault } of reply.faults) failing.add(version, fault);
    for (const { version, fault } of reply.unshown) unshown.add(version, fault);
    for (const state of reply.snapshots) snapshots.add(state);
    passAt = reply.version;
  };

  const note = ({ damaged }: EventPage): void => {
    for (const { version, reason } of damaged) {
      unreadable.add(version, { kind: 'event', reason: `The event cannot be read: ${reason}`, line: null, column: null });
    }
  };

  const died = (page: EventPage, error: ThreadEnded): void => {
    const [only] = page.events;
    if (only && page.events.length === 1) {
      const fault = faultOfDeath(error);
      failing.add(only.version, fault);
      deadly.set(only.version, fault);
    }
    suspect = Math.max(suspect, page.events.at(-1)?.version ?? 0);
    resume();
  };

  return {
    folded: () => folded,
    total: () => Math.max(total, folded),
    spent: () => ({ events, time }),
    stop: () => {
      isStopping = true;
    },
    rewind(version) {
      if (version >= folded) return;
      snapshots.cut(version);
      failing.cut(version);
      unreadable.cut(version);
      unshown.cut(version);
      deadly.clear();
      suspect = 0;
      resume();
    },
    async run(options) {
      isStopping = false;
      total = await history.latest();
      const pages = pageReader(history);
      const play = options.each ? playFrom(snapshots.last()) : null;
      let deaths = 0;
      for (;;) {
        if (isStopping) return 'stopped';
        const began = performance.now();
        const isSuspect = folded < suspect;
        const page = await pages.read(folded, isSuspect ? 1 : (play?.pageSize() ?? MAX_PAGE), !isSuspect && !play);
        note(page);
        const reply = await ask(page, isSuspect, options);
        if (reply instanceof ThreadEnded) {
          if (reply.why === 'stopped' || reply.why === 'closed') return 'stopped';
          if (page.events.length <= 1 && (options.stopAtFault === true || ++deaths >= MOST_DEATHS)) return 'halted';
          continue;
        }
        if (reply === null) {
          resume();
          continue;
        }
        takeOver(reply);
        if (reply.end === 'stopped') {
          resume();
          return 'stopped';
        }
        if (page.events.some(({ version }) => !deadly.has(version))) deaths = 0;
        events += page.events.length;
        time += performance.now() - began;
        if (play) await options.each?.(play.statesOf(page, reply, deadly));
        if (reply.end === 'halted') {
          folded = reply.version;
          return 'halted';
        }
        folded = page.next ?? Math.max(reply.version, total, page.damaged.at(-1)?.version ?? 0);
        onPage();
        if (page.next === null) return 'done';
      }
    },
  };

  async function ask(
    page: EventPage,
    isSuspect: boolean,
    { stopAtFault = false, each }: RunOptions,
  ): Promise<FoldAnswers['fold'] | ThreadEnded> {
    const from = passAt === -1 ? snapshots.last() : null;
    const options = { skip: [...deadly.keys()], stopAtFault, each: each !== undefined, settle: page.next === null || isSuspect };
    try {
      return await thread.ask('fold', { after: from?.version ?? passAt, from, events: page.events, options });
    } catch (error) {
      if (!(error instanceof ThreadEnded)) throw error;
      if (error.why === 'hung' || error.why === 'died') died(page, error);
      else resume();
      return error;
    }
  }
}

/** Reads pages in order, the next one while the present one is folded. */
function pageReader(history: History): { readonly read: (after: number, limit: number, isGoingOn: boolean) => Promise<EventPage> } {
  let ahead: { readonly after: number; readonly page: Promise<EventPage> } | null = null;
  return {
    async read(after, limit, isGoingOn) {
      const known = isGoingOn && ahead?.after === after ? ahead.page : null;
      const page = await (known ?? history.read(after, limit));
      ahead = isGoingOn && page.next !== null ? { after: page.next, page: history.read(page.next, limit) } : null;
      // Whoever needs it hears of its failure.
      ahead?.page.catch(() => {});
      return page;
    },
  };
}

/** The states after the events of each page, one after another. */
function playFrom(state: PackedState): {
  readonly pageSize: () => number;
  /** `skipped`: versions that were not tried, and why. */
  readonly statesOf: (page: EventPage, reply: NonNullable<FoldAnswers['fold']>, skipped: ReadonlyMap<number, FoldFault>) => FoldedState[];
} {
  let text = state.isShown ? packedStateText(state.packed) : null;
  let stateSize = Math.max(1, state.packed.length);
  return {
    pageSize: () => Math.max(1, Math.min(MAX_PAGE, Math.floor(EACH_BYTES / stateSize))),
    statesOf(page, reply, skipped) {
      const packed = new Map(reply.snapshots.map((snapshot) => [snapshot.version, snapshot]));
      const unshown = new Map(reply.unshown.map(({ version, fault }) => [version, fault]));
      const faults = new Map([...skipped, ...reply.faults.map(({ version, fault }) => [version, fault] as const)]);
      stateSize = Math.max(1, ...reply.snapshots.map((snapshot) => snapshot.packed.length));
      return page.events.flatMap(({ version }) => {
        if (version > reply.version) return [];
        const snapshot = packed.get(version);
        if (unshown.has(version)) text = null;
        else if (snapshot) text = packedStateText(snapshot.packed);
        return [{ version, state: text, fault: faults.get(version) ?? unshown.get(version) ?? null }];
      });
    },
  };
}

function faultOfDeath({ why, message }: ThreadEnded): FoldFault {
  const kind = why === 'hung' ? 'time' : 'memory';
  return { kind, reason: message, line: null, column: null };
}
