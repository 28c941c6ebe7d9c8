import { typeSteps } from './runtime/check-steps.ts';
import { runSteps } from './runtime/run-steps.ts';
import { runScript } from './runtime/say.ts';

/** `npm run types`: every TypeScript project of the repository. */
runScript(async () => ((await runSteps(typeSteps())).length === 0 ? 0 : 1));
