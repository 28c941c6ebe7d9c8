import type { PackedState } from './engine/pass.ts';

/** States kept along a topic, to fold on from. */
export interface Snapshots {
  readonly add: (state: PackedState) => void;
  /** The nearest at or before a version; the one of the beginning is always there. */
  readonly before: (version: number) => PackedState;
  /** The first after a version, or null. */
  readonly after: (version: number) => PackedState | null;
  readonly last: () => PackedState;
  readonly all: () => readonly PackedState[];
  /** Drops those after a version. */
  readonly cut: (version: number) => void;
}

/** Keeps at most `budget` bytes: beyond that, those go first that stand closest to their neighbours. */
export function createSnapshots(initial: PackedState, budget: number): Snapshots {
  let states = [initial];
  let bytes = initial.packed.length;

  /** Index of the last state at or before a version. */
  const find = (version: number): number => {
    let low = 0;
    let high = states.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((states[middle] as PackedState).version <= version) low = middle;
      else high = middle;
    }
    return low;
  };

  const thinOut = (): void => {
    while (bytes > budget && states.length > 2) {
      let closest = 1;
      let least = Infinity;
      for (let i = 1; i < states.length - 1; i++) {
        const gap = (states[i + 1] as PackedState).version - (states[i - 1] as PackedState).version;
        if (gap < least) [least, closest] = [gap, i];
      }
      const [dropped] = states.splice(closest, 1);
      bytes -= dropped?.packed.length ?? 0;
    }
  };

  return {
    add(state) {
      const before = find(state.version);
      if (states[before]?.version === state.version) return;
      states.splice(before + 1, 0, state);
      bytes += state.packed.length;
      thinOut();
    },
    before: (version) => states[find(version)] as PackedState,
    after: (version) => states[find(version) + 1] ?? null,
    last: () => states.at(-1) ?? initial,
    all: () => states,
    cut(version) {
      states = states.slice(0, find(version) + 1);
      bytes = states.reduce((sum, { packed }) => sum + packed.length, 0);
    },
  };
}
