/** Numbers that look random and are the same in every run (mulberry32). */
export interface SeededRandom {
  /** A whole number from 0, less than `below` (at most 2^32). */
  below(below: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True `percent` times of a hundred. */
  chance(percent: number): boolean;
}

export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    pick: (items) => items[below(items.length)] ?? items[0],
    chance: (percent) => below(100) < percent,
  };
}
