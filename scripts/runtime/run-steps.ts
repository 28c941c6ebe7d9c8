import { inherit } from './command.ts';
import type { Step } from './check-steps.ts';
import { projectFolder } from './places.ts';
import { say } from './say.ts';

/** Runs all steps, also after one has failed, and resolves to the names of those that failed. */
export async function runSteps(steps: readonly Step[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const step of steps) {
    const start = Date.now();
    const run = (): Promise<number> => inherit(step.program, step.args, { cwd: projectFolder });
    let code = await run();
    const excuse = code === 0 ? null : ((await step.excuse?.()) ?? null);
    if (excuse !== null) {
      say(excuse);
      code = await run();
    }
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${step.name} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push(step.name);
  }
  return failed;
}
