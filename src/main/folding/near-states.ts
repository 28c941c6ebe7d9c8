import type { PackedState } from './engine/pass.ts';
import type { ShownState } from './engine/viewer.ts';

/** States that were shown last: the next one that is asked for is often the next version. */
export interface NearStates {
  readonly add: (states: readonly ShownState[]) => void;
  readonly find: (version: number) => ShownState | null;
  /** The nearest at or before a version that can be folded on from. */
  readonly before: (version: number) => PackedState | null;
}

/** The states before and after the last two events. */
const MOST = 4;
/** UTF-16 units of a state that is kept. */
const MOST_CHARS = 8 * 1024 * 1024;

export function createNearStates(): NearStates {
  let kept: readonly ShownState[] = [];
  return {
    add(states) {
      const news = states.filter(({ state }) => state !== null && state.length <= MOST_CHARS);
      const versions = new Set(news.map(({ version }) => version));
      kept = [...kept.filter(({ version }) => !versions.has(version)), ...news].slice(-MOST);
    },
    find: (version) => kept.find((state) => state.version === version) ?? null,
    before(version) {
      const states = kept.filter((state) => state.version <= version && state.packed !== null);
      const nearest = states.reduce<ShownState | null>((best, state) => (best && best.version > state.version ? best : state), null);
      return nearest?.packed ? { version: nearest.version, packed: nearest.packed, isShown: true } : null;
    },
  };
}
