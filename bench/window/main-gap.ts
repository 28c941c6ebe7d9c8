import type { ElectronApplication } from '@playwright/test';
import type { monitorEventLoopDelay } from 'node:perf_hooks';

type Gauged = typeof globalThis & { gap?: ReturnType<typeof monitorEventLoopDelay> };

export interface MainGap {
  readonly p99: number;
  readonly max: number;
}

/** How long Electron's main process did not come round to anything else while `work` was done, in milliseconds. */
export async function mainGap(app: ElectronApplication, work: () => Promise<void>): Promise<MainGap> {
  await app.evaluate(() => {
    const gauged = globalThis as Gauged;
    gauged.gap ??= process.getBuiltinModule('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 });
    gauged.gap.enable();
    gauged.gap.reset();
  });
  await work();
  return app.evaluate(() => {
    const { gap } = globalThis as Gauged;
    const found = { p99: (gap?.percentile(99) ?? Number.NaN) / 1e6, max: (gap?.max ?? Number.NaN) / 1e6 };
    gap?.disable();
    return found;
  });
}
