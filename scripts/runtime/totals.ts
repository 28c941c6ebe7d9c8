import { readFile } from 'node:fs/promises';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

/** Counts of vitest's JSON report. A test file that did not even load counts as one failure. Rejects when there is no report. */
export async function vitestTotals(report: string): Promise<Totals> {
  const { numPassedTests, numFailedTests, testResults } = (await readJson(report)) as {
    numPassedTests: number;
    numFailedTests: number;
    testResults: readonly { status: string; assertionResults: readonly unknown[] }[];
  };
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded };
}

/** Counts of Playwright's JSON report; a flaky test passed, an error outside of any test is a failure. Rejects when there is no report. */
export async function playwrightTotals(report: string): Promise<Totals> {
  const { stats, errors } = (await readJson(report)) as {
    stats: { expected: number; flaky: number; unexpected: number };
    errors: readonly unknown[];
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + (stats.unexpected === 0 ? errors.length : 0) };
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}
