import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { runSteps } from '../../scripts/runtime/run-steps.ts';
import { openTempFolder } from '../support/temp-folder.ts';

// What it says of these steps is nobody's business.
beforeEach(() => void vi.spyOn(process.stderr, 'write').mockReturnValue(true));
afterEach(() => vi.restoreAllMocks());

/** A step that fails the first `failures` times, and how often it was run. */
function failing(failures: number) {
  const { path, close } = openTempFolder('steps');
  onTestFinished(close);
  const log = join(path, 'runs');
  const code = `const fs = require('node:fs'); fs.appendFileSync(${JSON.stringify(log)}, 'x');
    process.exit(fs.readFileSync(${JSON.stringify(log)}, 'utf8').length > ${failures} ? 0 : 1)`;
  const step = { name: 'it', program: process.execPath, args: ['-e', code] };
  return { step, runs: () => (existsSync(log) ? readFileSync(log, 'utf8').length : 0) };
}

test.each([
  ['goes well', 0, null, [], 1],
  ['fails without an excuse', 1, null, ['it'], 1],
  ['fails once with an excuse', 1, 'nobody’s fault', [], 2],
  ['fails again', 2, 'nobody’s fault', ['it'], 2],
])('a step that %s', async (_what, failures, excuse, failed, runs) => {
  const it = failing(failures);
  expect(await runSteps([{ ...it.step, excuse: async () => excuse }])).toEqual(failed);
  expect(it.runs()).toBe(runs);
});

test('a step that asks for no excuse is run once', async () => {
  const it = failing(1);
  expect(await runSteps([it.step])).toEqual(['it']);
  expect(it.runs()).toBe(1);
});
