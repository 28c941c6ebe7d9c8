import { z } from 'zod';
import type { StoreHealth } from '../../model/health.ts';
import type { Problem } from '../../model/problem.ts';

export const healthInputs = {
  'health.get': z.strictObject({}),
} as const;

export interface HealthOutputs {
  'health.get': { readonly health: StoreHealth; readonly problems: readonly Problem[] };
}
