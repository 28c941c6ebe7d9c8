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
  const deadly = new Set<number>();
  let suspect = 0;
  let events = 0;
  let time = 0;

  const resume = (): void => {
    folded = snapshots.last().version;
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
      failing.add(only.version, faultOfDeath(error));
      deadly.add(only.version);
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
    async run({ stopAtFault = false, each }) {
      isStopping = false;
      total = await history.latest();
      let ahead: { readonly after: number; readonly page: Promise<EventPage> } | null = null;
      let deaths = 0;
      let stateSize = 1;
      const last = snapshots.last();
      let lastText = each && last.isShown ? packedStateText(last.packed) : null;
      for (;;) {
        if (isStopping) return 'stopped';
        const began = performance.now();
        const isSuspect = folded < suspect;
        const limit = isSuspect ? 1 : each ? Math.max(1, Math.min(MAX_PAGE, Math.floor(EACH_BYTES / stateSize))) : MAX_PAGE;
        const page: EventPage = await (ahead?.after === folded && !isSuspect && !each ? ahead.page : history.read(folded, limit));
        const { next } = page;
        // The next page is read while this one is folded.
        ahead = next === null || isSuspect || each ? null : { after: next, page: history.read(next, limit) };
        ahead?.page.catch(() => {});
        note(page);
        const from: PackedState | null = passAt === -1 ? snapshots.last() : null;
        const options = { skip: [...deadly], stopAtFault, each: each !== undefined, settle: next === null || isSuspect };
        let reply: FoldAnswers['fold'];
        try {
          reply = await thread.ask('fold', { after: from?.version ?? passAt, from, events: page.events, options });
        } catch (error) {
          if (!(error instanceof ThreadEnded)) throw error;
          if (error.why === 'stopped' || error.why === 'closed') {
            resume();
            return 'stopped';
          }
          const isOne = page.events.length === 1;
          died(page, error);
          if (isOne && (stopAtFault || ++deaths >= MOST_DEATHS)) return 'halted';
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
        if (page.events.length > 0) deaths = 0;
        events += page.events.length;
        time += performance.now() - began;
        if (each) {
          const states = statesOf(page, reply, lastText);
          lastText = states.at(-1)?.state ?? lastText;
          stateSize = Math.max(1, ...reply.snapshots.map(({ packed }) => packed.length));
          await each(states);
        }
        if (reply.end === 'halted') {
          folded = reply.version;
          return 'halted';
        }
        folded = next ?? Math.max(reply.version, total, page.damaged.at(-1)?.version ?? 0);
        onPage();
        if (next === null) return 'done';
      }
    },
  };
}

function faultOfDeath({ why, message }: ThreadEnded): FoldFault {
  const kind = why === 'hung' ? 'time' : 'memory';
  return { kind, reason: message, line: null, column: null };
}

/** The states after the events of a page, one after another. */
function statesOf(page: EventPage, reply: NonNullable<FoldAnswers['fold']>, before: FoldedState['state']): FoldedState[] {
  const packed = new Map(reply.snapshots.map((state) => [state.version, state]));
  const faults = new Map([...reply.unshown, ...reply.faults].map(({ version, fault }) => [version, fault]));
  let text = before;
  return page.events.flatMap(({ version }) => {
    if (version > reply.version) return [];
    const fault = faults.get(version) ?? null;
    const state = packed.get(version);
    if (state) text = state.isShown ? packedStateText(state.packed) : null;
    else if (fault?.kind === 'state' && reply.unshown.some((item) => item.version === version)) text = null;
    return [{ version, state: text, fault }];
  });
}
