import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { mainHeap, pageHeap } from '../bench/ui/heap.ts';
import { workbench } from './pages/workbench.ts';
import { commandLine } from './support/stores.ts';
import { expect, test } from './support/test.ts';

const PROJECT = resolve(import.meta.dirname, '..');
const OUT = join(PROJECT, 'out');
const budget = JSON.parse(readFileSync(join(PROJECT, 'bench/budget.json'), 'utf8')) as Readonly<Record<string, number>>;

/** Sizes, not timings: they are the same on every machine. */
function expectWithin(name: string, size: number): void {
  const most = budget[name] ?? 0;
  test.info().annotations.push({ type: name, description: `${size} of ${most}` });
  expect(size, `${name}: make it smaller, or raise bench/budget.json and say why`).toBeLessThanOrEqual(most);
}

/** Bytes of what is shipped of a part of the build: everything but source maps. */
function sizeOf(part: string): number {
  const files = readdirSync(join(OUT, part), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => sum + (name.endsWith('.map') ? 0 : statSync(join(parentPath, name)).size), 0);
}

/** Bytes of the scripts and styles that are read before the first frame: those that the page itself names. */
function sizeOfStart(): number {
  const page = readFileSync(join(OUT, 'renderer/index.html'), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file = '']) => join(OUT, 'renderer', file));
  expect(files.length).toBeGreaterThan(0);
  return files.reduce((sum, file) => sum + statSync(file).size, 0);
}

test('the build stays within its budget of bytes', () => {
  for (const part of ['renderer', 'main', 'preload']) expectWithin(`${part}Bytes`, sizeOf(part));
  expectWithin('startBytes', sizeOfStart());
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
