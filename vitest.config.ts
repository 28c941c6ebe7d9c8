import { defineConfig } from 'vitest/config';

/**
 * Two projects: `npm run check` runs the quick one, `npm test` both. Killing processes a hundred times takes minutes, and so
 * do tests whose subject is running out of time; those are called `*.slow.test.ts`.
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
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/faults/**', '**/*.slow.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: { name: 'faults', include: ['test/faults/**/*.test.ts', 'test/**/*.slow.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 },
      },
    ],
  },
});
