import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { filesThatDied, playwrightTotals, vitestTotals } from '../../scripts/runtime/totals.ts';
import { openTempFolder } from '../support/temp-folder.ts';

const folder = openTempFolder('totals');
afterAll(() => folder.close());

function report(content: unknown): string {
  const file = path.join(folder.path, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('the totals of a test run', () => {
  it('count a test file that did not load as a failure', async () => {
    const file = report({
      numPassedTests: 3,
      numFailedTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}, {}, {}] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    });
    await expect(vitestTotals(file)).resolves.toEqual({ passed: 3, failed: 2 });
  });

  it('tell a file whose process died from one that failed, did not load, or could not be set up', async () => {
    const file = report({
      testResults: [
        { name: '/t/died.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'passed' }, { status: 'pending' }] },
        { name: '/t/failed.test.ts', status: 'failed', message: '', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
        { name: '/t/unloaded.test.ts', status: 'failed', message: 'no such file', assertionResults: [] },
        { name: '/t/not-set-up.test.ts', status: 'failed', message: 'beforeAll', assertionResults: [{ status: 'skipped' }] },
        { name: '/t/passed.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed' }] },
      ],
    });
    await expect(filesThatDied(file)).resolves.toEqual(['died.test.ts']);
  });

  it('count a flaky end-to-end test as passed and an unexpected one as failed', async () => {
    const file = report({ stats: { expected: 5, flaky: 1, unexpected: 2 }, errors: [] });
    await expect(playwrightTotals(file)).resolves.toEqual({ passed: 6, failed: 2 });
  });

  it('count an error outside of any end-to-end test as a failure', async () => {
    const file = report({ stats: { expected: 0, flaky: 0, unexpected: 0 }, errors: [{ message: 'no tests found' }] });
    await expect(playwrightTotals(file)).resolves.toEqual({ passed: 0, failed: 1 });
  });

  it('are not invented where there is no report', async () => {
    await expect(vitestTotals(path.join(folder.path, 'none.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
