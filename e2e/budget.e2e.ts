import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';

const PROJECT = resolve(import.meta.dirname, '..');

/** Bytes of what is shipped of a part of the build: everything but source maps. */
function sizeOf(part: string): number {
  const files = readdirSync(join(PROJECT, 'out', part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + (name.endsWith('.map') ? 0 : statSync(join(parentPath, name)).size), 0);
}

test('the build stays within its budget of bytes', () => {
  const budget = JSON.parse(readFileSync(join(PROJECT, 'bench/budget.json'), 'utf8')) as Readonly<Record<string, number>>;
  for (const part of ['renderer', 'main', 'preload']) {
    const size = sizeOf(part);
    const most = budget[`${part}Bytes`] ?? 0;
    test.info().annotations.push({ type: `bytes of ${part}`, description: `${size} of ${most}` });
    expect(size, `out/${part}: make it smaller, or raise bench/budget.json and say why`).toBeLessThanOrEqual(most);
  }
});
