import { checkSteps } from './runtime/check-steps.ts';
import { runSteps } from './runtime/run-steps.ts';
import { runScript, say } from './runtime/say.ts';

/** `npm run check`: everything that needs no window and not minutes. */
runScript(async () => {
  const failed = await runSteps(checkSteps('quick tests'));
  say(failed.length === 0 ? 'check passed' : `check failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});
