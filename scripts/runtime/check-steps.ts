import { globSync } from 'node:fs';
import path from 'node:path';
import { packageFolder, projectFolder } from './places.ts';
import { filesThatDied, vitestTotals } from './totals.ts';

/** Where the counts of the last run of vitest are, relative to the project. */
export const VITEST_REPORT = 'test-results/vitest.json';

export interface Step {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Asked after a failure: why it may be nobody's fault, so that the step is run once more; null where it is not. */
  readonly excuse?: () => Promise<string | null>;
}

/** Every tsconfig.json of the project: one a process, and one each for tests, end-to-end tests and scripts. */
export function typeSteps(): readonly Step[] {
  const configs = globSync('{,*/,src/*/,test/*/}tsconfig.json', { cwd: projectFolder }).toSorted();
  return configs.map((config) => ({ name: `types of ${path.dirname(config)}`, ...node('typescript', 'bin/tsc', ['-p', config]) }));
}

/** Everything `npm run check` looks at, cheapest first; with the tests that kill processes for minutes only if asked for. */
export function checkSteps(tests: 'quick tests' | 'all tests'): readonly Step[] {
  const projects = tests === 'quick tests' ? ['--project=unit'] : [];
  return [
    ...typeSteps(),
    { name: 'lint and import rules', program: 'npm', args: ['run', '-s', 'lint'] },
    { name: 'formatting', ...node('prettier', 'bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']) },
    { name: 'unused code and packages', ...node('knip', 'bin/knip.js', ['--no-progress']) },
    { name: 'install scripts', program: process.execPath, args: ['scripts/install-scripts.ts'] },
    {
      name: tests,
      ...node('vitest', 'vitest.mjs', ['run', ...projects, '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`]),
      excuse: whereNoTestFailed,
    },
  ];
}

/**
 * Threads that come and go can end a process in V8 itself ("Check failed: jit_page.has_value()", nodejs/node#64500): then the
 * tests of one file are missing, and none has failed. What ends a process twice is ours.
 */
async function whereNoTestFailed(): Promise<string | null> {
  const report = path.join(projectFolder, VITEST_REPORT);
  const [{ failed }, died] = await Promise.all([vitestTotals(report), filesThatDied(report)]).catch(() => [{ failed: 1 }, []] as const);
  return failed === 0 && died.length > 0 ? `the process of ${died.join(', ')} died and no test failed; all are run once more` : null;
}

function node(name: string, script: string, args: readonly string[]): Pick<Step, 'program' | 'args'> {
  return { program: process.execPath, args: [path.join(packageFolder(name), script), ...args] };
}
