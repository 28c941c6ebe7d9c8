import { z } from 'zod';
import type { StoreHealth } from '../../model/health.ts';
import type { Problem } from '../../model/problem.ts';

export const healthInputs = {
  'health.get': z.strictObject({}),
  /** A text for a bug report: versions, states, codes and places. No payload, no event, the home folder as `~`. */
  'health.report': z.strictObject({}),
} as const;

export interface HealthOutputs {
  'health.get': { readonly health: StoreHealth; readonly problems: readonly Problem[]; readonly slow: readonly SlowSpot[] };
  'health.report': { readonly text: string };
}

/** A kind of call that took longer than 40 ms since the program started. */
export interface SlowSpot {
  readonly method: string;
  readonly times: number;
  readonly worstMs: number;
}
