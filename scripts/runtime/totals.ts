import { readFile } from 'node:fs/promises';
import path from 'node:path';

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

/** Test files whose process ended before they did, by vitest's JSON report: none of their tests failed, and nothing is told of them. */
export async function filesThatDied(report: string): Promise<readonly string[]> {
  const { testResults } = (await readJson(report)) as {
    testResults: readonly { name: string; status: string; message: string; assertionResults: readonly { status: string }[] }[];
  };
  const died = testResults.filter(
    ({ status, message, assertionResults: tests }) =>
      status === 'failed' && message === '' && tests.length > 0 && tests.every((test) => test.status !== 'failed'),
  );
  return died.map(({ name }) => path.basename(name));
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
