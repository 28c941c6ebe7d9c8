import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ERROR_CODES } from '../../src/shared/model/errors.ts';

const root = join(import.meta.dirname, '../..');
const documented = new Set(
  [...readFileSync(join(root, 'docs/errors.md'), 'utf8').matchAll(/`([A-Za-z0-9_-]+)`(?=(?:, `[a-z-]+`)* +\|)/gm)].map(([, code]) => code),
);

/** Words in quotes with a hyphen that are no codes. */
const NO_CODES = new Set(['better-sqlite3', 'too-large', 'empty-known', 'utf-8', 'utf-16be', 'bring-back']);

/** Every word of the form `kebab-case` in quotes, in the rooms that find problems. */
function codesInSource(): Set<string> {
  const folders = ['adapters', 'eventstore', 'discovery'].map((name) => join(root, 'src/main', name));
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(folder, file)),
  );
  const words = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'([a-z0-9]+(?:-[a-z0-9]+)+)'/g)].map(([, word = '']) => word),
  );
  return new Set(words.filter((word) => !NO_CODES.has(word)));
}

it('documents every error code, and no code that does not exist', () => {
  const upper = [...documented].filter((code) => code === code?.toUpperCase());
  expect(upper.sort()).toEqual([...ERROR_CODES].sort());
});

it('documents every problem and damage code that the source can give', () => {
  const undocumented = [...codesInSource()].filter((code) => !documented.has(code));
  expect(codesInSource().size).toBeGreaterThan(10);
  expect(undocumented).toEqual([]);
});
