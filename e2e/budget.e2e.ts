import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { budgetOf } from '../bench/lib/budget.ts';
import { bundleSizes } from '../bench/lib/bundle.ts';
import { mainHeap, pageHeap } from '../bench/ui/heap.ts';
import { workbench } from './pages/workbench.ts';
import { commandLine } from './support/stores.ts';
import { expect, test } from './support/test.ts';

function expectWithin(name: string, size: number): void {
  const most = budgetOf(name);
  test.info().annotations.push({ type: name, description: `${size} of ${most}` });
  expect(size, `${name}: make it smaller, or raise bench/budget.json and say why`).toBeLessThanOrEqual(most);
}

test('the build stays within its budget of bytes', () => {
  for (const [name, size] of Object.entries(bundleSizes())) expectWithin(name, size);
});

test('a large topic that was jumped about in a hundred times stays within its budget of memory', async ({ launch }) => {
  test.setTimeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-budget-'));
  const store = join(folder, 'large.db');
  const last = 40_000;
  await commandLine(['new', store]);
  await commandLine(['create-topic', store, 'readings']);
  const line = (n: number): string => `${JSON.stringify({ type: 'Read', data: { sensor: n % 50, value: n, note: 'x'.repeat(100) } })}\n`;
  await commandLine(['append', store, 'readings'], Array.from({ length: last }, (_none, n) => line(n)).join(''));

  const { electron, page } = await launch({ args: [store] });
  const window = workbench(page);
  await window.openTopic('readings');
  await expect(window.row(last)).toBeInViewport();
  expectWithin('openPageHeapBytes', await pageHeap(page));
  expectWithin('openMainHeapBytes', await mainHeap(electron));
  for (let n = 1; n <= 100; n++) {
    const version = ((n * 7919) % last) + 1;
    await page.getByLabel('Jump to version or time').fill(String(version));
    await page.getByLabel('Jump to version or time').press('Enter');
    await expect(window.row(version)).toContainText('Read');
  }
  expectWithin('jumpedPageHeapBytes', await pageHeap(page));
  expectWithin('jumpedMainHeapBytes', await mainHeap(electron));
  rmSync(folder, { recursive: true, force: true });
});
