import { defineConfig } from 'vitest/config';

/**
 * Two projects: `npm run check` runs the quick one, `npm test` both. Killing processes a hundred times takes minutes.
 * Processes, not threads: tests kill children, change directories and load the native SQLite addon.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    // Much of the time is waiting for disks and children: one worker a core, also where there are two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/faults/**'], testTimeout: 30_000, hookTimeout: 30_000 },
      },
      { extends: true, test: { name: 'faults', include: ['test/faults/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
    ],
  },
});
