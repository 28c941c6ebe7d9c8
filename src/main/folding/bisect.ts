import { EventStoreError } from '../../shared/model/errors.ts';
import type { StoredEvent } from '../../shared/model/event.ts';
import type { BisectAnswer, FoldFault } from '../../shared/model/fold.ts';
import type { PackedState } from './engine/pass.ts';
import type { Stretch } from './engine/viewer.ts';
import { conditionRefused } from './fold-failed.ts';
import type { AskFold } from './fold-messages.ts';
import type { Snapshots } from './snapshots.ts';

export interface BisectOptions {
  readonly ask: AskFold;
  readonly snapshots: Snapshots;
  /** Up to which version. */
  readonly upTo: number;
  /** The events that lead from a state to a version. */
  readonly stretch: (from: PackedState, to: number) => Promise<Stretch>;
  readonly condition: string;
  readonly monotone: boolean;
}

/** The condition is asked after this many events at a time. */
const STRETCH = 2000;

/**
 * The first version after which a condition holds.
 * @throws EventStoreError INVALID_INPUT, CANCELLED
 */
export async function bisect(options: BisectOptions): Promise<BisectAnswer> {
  const { ask, condition, monotone, snapshots } = options;
  const refused = await ask('condition', { text: condition });
  if (refused) throw conditionRefused(refused);
  const count = { asked: 0, threw: 0, firstThrown: null as FoldFault | null };
  const answer = (version: number | null): BisectAnswer => {
    if (count.firstThrown && count.threw === count.asked) throw conditionRefused(count.firstThrown);
    return { version, method: monotone ? 'search' : 'scan', ...count };
  };

  const holds = async (state: PackedState): Promise<boolean> => {
    const held = await ask('holds', { from: state, event: await eventOf(options, state.version) });
    if (held === null) throw cancelled();
    if ('kind' in held) throw unasked(held);
    if (held.isChanging) throw changing();
    // Before the first event there is none, and it may look at one.
    if (state.version === 0 && held.thrown) return false;
    count.asked++;
    if (held.thrown) count.threw++;
    count.firstThrown ??= held.thrown;
    return held.holds;
  };

  /** The first version behind `from`, up to `to`, after which it holds. */
  const scan = async (from: PackedState, to: number): Promise<number | null> => {
    let state = from;
    while (state.version < to) {
      const known = snapshots.after(state.version);
      const end = Math.min(to, state.version + STRETCH, known?.version ?? Infinity);
      const stretch = await options.stretch(state, end);
      const sought = await ask('seek', { stretch, expected: known?.version === end ? known.packed : null });
      if (sought === null) throw cancelled();
      if ('kind' in sought) throw unasked(sought);
      const left = new Set(stretch.skip);
      count.asked += stretch.events.filter(({ version }) => !left.has(version) && version <= (sought.version ?? Infinity)).length;
      count.threw += sought.threw;
      count.firstThrown ??= sought.firstThrown;
      if (sought.isChanging) throw changing();
      if (sought.version !== null) return sought.version;
      state = { version: end, packed: sought.reached, isShown: true };
    }
    return null;
  };

  const first = snapshots.before(0);
  if (await holds(first)) return answer(0);
  if (!monotone) return answer(await scan(first, options.upTo));

  const states = snapshots.all().filter(({ version }) => version <= options.upTo);
  let low = 0;
  let high = states.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (await holds(states[middle] as PackedState)) high = middle;
    else low = middle;
  }
  return answer(await scan(states[low] as PackedState, states[high]?.version ?? options.upTo));
}

async function eventOf({ stretch }: BisectOptions, version: number): Promise<StoredEvent | null> {
  if (version === 0) return null;
  const { events } = await stretch({ version: version - 1, packed: new Uint8Array(), isShown: true }, version);
  return events[0] ?? null;
}

/** The fold itself came through here before. */
export function unasked({ reason }: { readonly reason: string }): EventStoreError {
  return conditionRefused({ reason: `The condition cannot be asked at every version. ${reason}`, line: null, column: null });
}

function changing(): EventStoreError {
  return conditionRefused({
    reason: 'The condition changes the state that it looks at: is an "=" meant to be "==="?',
    line: null,
    column: null,
  });
}

export function cancelled(): EventStoreError {
  return new EventStoreError('CANCELLED', 'The fold was stopped.');
}
