import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkSteps, VITEST_REPORT } from './runtime/check-steps.ts';
import { endToEnd } from './runtime/end-to-end.ts';
import { ensureElectron } from './runtime/ensure-electron.ts';
import { projectFolder } from './runtime/places.ts';
import { runSteps } from './runtime/run-steps.ts';
import { runScript, say } from './runtime/say.ts';
import { playwrightTotals, vitestTotals, type Totals } from './runtime/totals.ts';

const RESULTS = path.join(projectFolder, 'test-results');

/**
 * `npm test`: everything. The SQLite addon is fitted first, so that unit tests and window use the same one; the window is
 * tested even when a check failed, so that the totals are those of all tests. Leaves them in test-results/totals.txt.
 */
runScript(async () => {
  await rm(RESULTS, { recursive: true, force: true });
  await mkdir(RESULTS, { recursive: true });
  const electron = await ensureElectron();
  const failed = [...(await runSteps(checkSteps('all tests')))];
  if ((await endToEndOrMessage(electron)) !== 0) failed.push('end-to-end tests');

  const unit = await orOneFailure('unit tests', vitestTotals(path.join(projectFolder, VITEST_REPORT)));
  const window = await orOneFailure('end-to-end tests', playwrightTotals(path.join(RESULTS, 'playwright.json')));
  const totals = `${unit.passed + window.passed} passed, ${unit.failed + window.failed} failed`;
  await writeFile(path.join(RESULTS, 'totals.txt'), `${totals}\n`);
  say(`${failed.length === 0 ? 'everything passed' : `failed: ${failed.join(', ')}`} (tests: ${totals})`);
  return failed.length === 0 ? 0 : 1;
});

async function endToEndOrMessage(electron: Parameters<typeof endToEnd>[0]): Promise<number> {
  try {
    return await endToEnd(electron, []);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

/** A suite that left no report did not run, which must never look like "0 failed". */
async function orOneFailure(name: string, totals: Promise<Totals>): Promise<Totals> {
  try {
    return await totals;
  } catch {
    say(`the ${name} left no report: they did not run to their end, which is counted as one failure`);
    return { passed: 0, failed: 1 };
  }
}
