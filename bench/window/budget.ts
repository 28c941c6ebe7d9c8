import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';

const PROJECT = path.resolve(import.meta.dirname, '../..');

/** What a window may weigh. `budget.json` holds the limits, which CI checks; the bench prints what it is. */
export interface Weights {
  /** All scripts and styles of the built page, before compression. */
  readonly pageBytes: number;
  /** Resident memory of the processes with the demo store open. */
  readonly mainProcessMiB: number;
  readonly pageProcessMiB: number;
}

export function readBudget(): Weights {
  return JSON.parse(readFileSync(path.join(PROJECT, 'bench/budget.json'), 'utf8')) as Weights;
}

export async function weigh(app: ElectronApplication): Promise<Weights> {
  const assets = path.join(PROJECT, 'out/renderer/assets');
  const pageBytes = readdirSync(assets)
    .filter((name) => /\.(js|css)$/.test(name))
    .reduce((sum, name) => sum + statSync(path.join(assets, name)).size, 0);
  const metrics = await app.evaluate(({ app: own }) =>
    own.getAppMetrics().map(({ type, memory }) => ({ type, kib: memory.workingSetSize })),
  );
  const of = (type: string): number => Math.round(Math.max(0, ...metrics.filter((one) => one.type === type).map(({ kib }) => kib)) / 1024);
  return { pageBytes, mainProcessMiB: of('Browser'), pageProcessMiB: of('Tab') };
}
