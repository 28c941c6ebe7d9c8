import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readOptions } from '../../bench/lib/options.ts';
import { SetupError } from '../../scripts/runtime/say.ts';
import { openTempFolder } from '../support/temp-folder.ts';

const GROUPS = ['append', 'files', 'disk'];
const folder = openTempFolder('bench-options');
afterAll(() => folder.close());

it('measures all groups, or those that are named, in their own order', () => {
  expect(readOptions([], GROUPS)).toEqual({ size: null, quick: false, json: null, groups: GROUPS });
  expect(readOptions(['--only', 'disk,append', '--quick', '--size', '10k'], GROUPS)).toEqual({
    size: '10k',
    quick: true,
    json: null,
    groups: ['append', 'disk'],
  });
});

it.each([
  { args: ['--only', 'nosuchgroup'], message: '--only takes append, files, disk, not “nosuchgroup”.' },
  { args: ['--only', ''], message: '--only takes append, files, disk, not “”.' },
  { args: ['--size', '7m'], message: '--size is one of 10k, 1m, 5m, not 7m.' },
  { args: ['--nosuchoption'], message: '--nosuchoption' },
  { args: ['stray'], message: 'stray' },
])('refuses $args in one line', ({ args, message }) => {
  const read = (): unknown => readOptions(args, GROUPS);
  expect(read).toThrow(SetupError);
  expect(read).toThrow(message);
});

it('refuses a file that cannot be written', () => {
  const file = path.join(folder.path, 'nowhere/result.json');
  expect(() => readOptions(['--json', file], GROUPS)).toThrow(`--json ${file} cannot be written`);
  expect(() => readOptions(['--json', folder.path], GROUPS)).toThrow(SetupError);
  expect(existsSync(file)).toBe(false);
});

it('takes a file that can', () => {
  const file = path.join(folder.path, 'result.json');
  expect(readOptions(['--json', file], GROUPS).json).toBe(file);
});
