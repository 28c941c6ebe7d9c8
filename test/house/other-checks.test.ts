import { afterAll, describe, expect, it } from 'vitest';
import { openTempFolder } from '../support/temp-folder.ts';
import { runTool } from './run-tool.ts';
import { seedTree } from './seeded-tree.ts';

const folder = openTempFolder('checks');
afterAll(() => folder.close());

const TYPE_FAULTS = [
  { project: 'src/shared', file: 'src/shared/model/node.ts', text: `export const a = process.pid;\n`, code: 'TS2591' },
  { project: 'src/main', file: 'src/main/page.ts', text: `export const a = document.title;\n`, code: 'TS2584' },
  { project: 'src/renderer', file: 'src/renderer/src/node.ts', text: `export const a = process.pid;\n`, code: 'TS2591' },
  { project: 'src/main', file: 'src/main/index-access.ts', text: `export const a: string = ['b'][0];\n`, code: 'TS2322' },
  { project: 'src/main', file: 'src/main/enum.ts', text: `export enum A { B }\n`, code: 'TS1294' },
] as const;

describe('the other checks', () => {
  it('fail to type-check a process that uses what only another process has, and code that Node cannot run as it stands', async () => {
    await seedTree(folder.path, new Map(TYPE_FAULTS.map(({ file, text }) => [file, text] as const)));
    for (const project of new Set(TYPE_FAULTS.map((fault) => fault.project))) {
      const { code, stdout } = await runTool('typescript/bin/tsc', ['-p', project, '--pretty', 'false'], folder.path);
      expect(code).not.toBe(0);
      for (const fault of TYPE_FAULTS.filter((one) => one.project === project)) {
        expect(stdout).toMatch(new RegExp(`${fault.file.slice(fault.file.lastIndexOf('/') + 1)}\\(.*error ${fault.code}`));
      }
    }
  });

  it('fail on an export that nobody uses', async () => {
    const { code, stdout } = await runTool('knip/bin/knip.js', ['--no-progress', '--include', 'files,exports'], folder.path);
    expect(code).toBe(1);
    expect(stdout).toContain('src/main/page.ts');
  });

  it('fail on text that is not formatted', async () => {
    const { code } = await runTool('prettier/bin/prettier.cjs', ['--check', 'src/main/enum.ts'], folder.path);
    expect(code).toBe(1);
  });
});
