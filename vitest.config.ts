import { defineConfig } from 'vitest/config';

/** Processes, not threads: tests kill children, change directories and load the native SQLite addon. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
