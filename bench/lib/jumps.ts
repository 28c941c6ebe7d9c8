import type { Report } from './report.ts';

export interface Jump {
  readonly version: number;
  /** From Enter to its row; null where the row did not come. */
  readonly ms: number | null;
}

/** How long a jump is waited for, ms. */
export const PATIENCE = 5000;
const BETWEEN = 14;

/** Places all over a topic, then its last row and its first: each far from the one before. */
export const versionsToJumpTo = (last: number): number[] => [
  ...Array.from({ length: BETWEEN }, (_none, n) => Math.floor((last * (n + 1)) / (BETWEEN + 2))),
  last,
  1,
];

/** The row of target 13: the median of the jumps, the slowest beside it. One that came to nothing is what the row says, whatever the others took. */
export function addJumps({ add }: Pick<Report, 'add'>, jumps: readonly Jump[], last: number): void {
  const lost = jumps.find(({ ms }) => ms === null);
  const times = jumps.map(({ ms }) => ms ?? PATIENCE);
  const slowest = Math.max(...times);
  const { version } = lost ?? jumps[times.indexOf(slowest)]!;
  const worst = lost ? 'no row came' : `slowest ${slowest.toFixed(1)} ms,`;
  const note = `from Enter to its row, ${last.toLocaleString('en')} rows, the first and the last among them; ${worst} at ${version.toLocaleString('en')}`;
  add('13 jump to a version', lost ? [slowest] : times, { atMost: 50, unit: 'ms' }, note);
}
