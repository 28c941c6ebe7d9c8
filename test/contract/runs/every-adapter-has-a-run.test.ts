import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ADAPTERS = join(import.meta.dirname, '../../../src/main/adapters');

it('every folder of an adapter has a run of the contract suite', () => {
  const folders = readdirSync(ADAPTERS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(0);
  for (const { name } of folders) {
    const run = readFileSync(join(import.meta.dirname, `${name}.test.ts`), 'utf8');
    expect(run).toContain(`src/main/adapters/${name}/`);
    expect(run).toMatch(/^describeEventRepository\(/m);
  }
});
