import { rm } from 'node:fs/promises';
import path from 'node:path';
import { checkSteps, VITEST_REPORT } from './runtime/check-steps.ts';
import { projectFolder } from './runtime/places.ts';
import { runSteps } from './runtime/run-steps.ts';
import { runScript, say } from './runtime/say.ts';

/** `npm run check`: everything that needs no window and not minutes. */
runScript(async () => {
  await rm(path.join(projectFolder, VITEST_REPORT), { force: true });
  const failed = await runSteps(checkSteps('quick tests'));
  say(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});
