import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTempFolder } from '../support/temp-folder.ts';
import { CLEAN, FAULTS } from './lint-faults.ts';
import { runTool } from './run-tool.ts';
import { seedTree } from './seeded-tree.ts';

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

const folder = openTempFolder('lint');
let found: readonly string[] = [];
let exitCode: number | null = null;

beforeAll(async () => {
  await seedTree(folder.path, new Map([...FAULTS.map(({ file, text }) => [file, text] as const), ...CLEAN]));
  const { code, stdout } = await oxlint(folder.path);
  const { diagnostics } = JSON.parse(stdout) as Report;
  exitCode = code;
  found = diagnostics.map(({ code: rule, filename }) => `${rule} in ${filename}`);
});
afterAll(() => folder.close());

describe('the linter with the rules of this house', () => {
  it('fails on a tree with faults', () => {
    expect(exitCode).toBe(1);
  });

  it.each(FAULTS)('reports $rule for the fault planted in $file', ({ rule, file }) => {
    expect(found.filter((line) => line.endsWith(` in ${file}`))).toContain(`${rule} in ${file}`);
  });

  it.each([...CLEAN.keys()])('reports nothing in %s, which does what its room is for', (file) => {
    expect(found.filter((line) => line.endsWith(` in ${file}`))).toEqual([]);
  });

  it('passes a tree without faults', async () => {
    const clean = openTempFolder('lint');
    try {
      await seedTree(clean.path, CLEAN);
      const { code, stdout } = await oxlint(clean.path);
      expect((JSON.parse(stdout) as Report).diagnostics).toEqual([]);
      expect(code).toBe(0);
    } finally {
      clean.close();
    }
  });
});

/** As `npm run lint` calls it. */
function oxlint(root: string): Promise<{ code: number | null; stdout: string }> {
  return runTool('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '--format=json', 'src'], root);
}
