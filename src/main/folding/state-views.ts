import type { FoldedState, FoldFault, FoldStep } from '../../shared/model/fold.ts';
import type { JsonDiff } from '../../shared/model/json-diff.ts';
import type { JsonText } from '../../shared/model/json-text.ts';
import { cancelled } from './bisect.ts';
import type { PackedState } from './engine/pass.ts';
import type { ShownState, Stretch } from './engine/viewer.ts';
import type { FailingVersions } from './failing-versions.ts';
import type { AskFold } from './fold-messages.ts';
import type { History } from './history.ts';
import { createNearEvents } from './near-events.ts';
import { createNearStates } from './near-states.ts';
import type { Snapshots } from './snapshots.ts';

export interface StateViewsOptions {
  readonly history: History;
  readonly snapshots: Snapshots;
  readonly failing: FailingVersions;
  readonly unreadable: FailingVersions;
}

/** The states of versions that are folded, each folded on to from the nearest one that is known. */
export interface StateViews {
  readonly stateAt: (ask: AskFold, version: number) => Promise<FoldedState>;
  readonly around: (ask: AskFold, version: number) => Promise<FoldStep>;
  /** Why the event of a version failed; null where it did not. */
  readonly reasonOf: (ask: AskFold, version: number) => Promise<FoldFault | null>;
  /** Whether folding a part of the history once more, from one state kept on the way to another, comes to the same. */
  readonly isRepeatable: (ask: AskFold, from: PackedState, to: PackedState) => Promise<boolean>;
  /** The events that lead from a state to a version. */
  readonly stretch: (from: PackedState, to: number) => Promise<Stretch>;
  /** What was shown is not what it was. */
  readonly forget: () => void;
}

export function createStateViews({ history, snapshots, failing, unreadable }: StateViewsOptions): StateViews {
  let events = createNearEvents(history);
  let near = createNearStates();

  const stretchTo = async (from: PackedState, to: number): Promise<Stretch> => ({
    from,
    events: await events.between(from.version, to),
    skip: failing.between(from.version, to),
  });

  /** The states of versions, ascending, from a state on. */
  const show = async (ask: AskFold, from: PackedState, at: readonly number[]): Promise<readonly ShownState[]> => {
    const shown = await ask('show', { stretch: await stretchTo(from, at.at(-1) ?? 0), at });
    if (shown === null) throw cancelled();
    return shown;
  };

  /** As `show`, from the nearest known state, without those that are known. */
  const statesOf = async (ask: AskFold, versions: readonly number[]): Promise<readonly ShownState[]> => {
    // What is answered after it was forgotten must not come back.
    const around = near;
    const known = versions.flatMap((version) => around.find(version) ?? []);
    const unknown = versions.filter((version) => known.every((state) => state.version !== version));
    const [first] = unknown;
    if (first === undefined) return known;
    const [kept, shown] = [snapshots.before(first), around.before(first)];
    const found = await show(ask, shown && shown.version > kept.version ? shown : kept, unknown);
    around.add(found);
    return [...known, ...found].toSorted((a, b) => a.version - b.version);
  };

  /** The reason why an event failed, had by folding it once more where it is not known any more. */
  const reasonOf = async (ask: AskFold, version: number): Promise<FoldFault | null> => {
    const known = failing.has(version) ? failing.fault(version) : unreadable.fault(version);
    if (known !== null) return known ?? null;
    const probed = await ask('probe', { stretch: await stretchTo(snapshots.before(version - 1), version) });
    return probed === 'none' ? null : probed;
  };

  return {
    stretch: stretchTo,
    reasonOf,
    async stateAt(ask, version) {
      const [shown] = await statesOf(ask, [version]);
      return { version, state: shown?.state ?? null, fault: shown?.fault ?? (await reasonOf(ask, version)) };
    },
    async around(ask, version) {
      const states = await statesOf(ask, [version - 1, version]);
      const [before = null, after = null] = states.map(({ state }) => state);
      const { changes, isCut } = await compareStates(ask, before, after);
      const [event = null] = await events.between(version - 1, version);
      const fault = (await reasonOf(ask, version)) ?? states[1]?.fault ?? null;
      return { version, event, before, after, changes, isCut, fault };
    },
    async isRepeatable(ask, from, to) {
      const [again] = await show(ask, from, [to.version]);
      const [kept] = await show(ask, to, [to.version]);
      return again?.state === kept?.state;
    },
    forget() {
      events = createNearEvents(history);
      near = createNearStates();
    },
  };
}

/** Where two states differ. Nothing for a state that cannot be shown. */
export async function compareStates(ask: AskFold, before: JsonText | null, after: JsonText | null): Promise<JsonDiff> {
  return before === null || after === null || before === after ? { changes: [], isCut: false } : ask('diff', { before, after });
}
