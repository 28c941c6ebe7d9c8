import type { SlowSpot } from '../../shared/ipc/contract/health.ts';

/** Which kinds of calls were slow since the program started. */
export interface SlowSpots {
  note(method: string, ms: number): void;
  /** The worst first. */
  list(): readonly SlowSpot[];
}

export function createSlowSpots(): SlowSpots {
  const spots = new Map<string, SlowSpot>();
  return {
    note: (method, ms) => {
      const { times, worstMs } = spots.get(method) ?? { times: 0, worstMs: 0 };
      spots.set(method, { method, times: times + 1, worstMs: Math.max(worstMs, ms) });
    },
    list: () => [...spots.values()].sort((a, b) => b.worstMs - a.worstMs),
  };
}
