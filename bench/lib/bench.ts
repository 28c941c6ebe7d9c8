import type { Report } from './report.ts';
import type { RoundLimits } from './rounds.ts';
import type { Size } from './seeded-stores.ts';

/** What every group of rows is given. */
export interface Bench {
  readonly report: Report;
  /** Of the largest store. */
  readonly size: Size;
  readonly rounds: RoundLimits;
  readonly quick: boolean;
  /** A new path in a folder that goes when the run ends. */
  scratch(name: string): string;
}
