/**
 * How fast the window is: `node bench/window.bench.ts [--rounds 5] [--tail 20]`. A store of 5,000,000 events in a real window,
 * against an empty Electron window started in turns with it; an event of 20 MB; following 10,000 events a second for so many
 * seconds; and how long the main process was held by each thing a person does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { createStore, openStore } from '../src/main/compose.ts';
import { projectFolder } from '../scripts/runtime/places.ts';
import { storesToShow } from '../scripts/screens/stores-to-show.ts';
import { seededEvents } from '../scripts/seed/seeded-events.ts';
import { openWindowStarter, type BenchWindow } from './window/bench-window.ts';
import { readBudget, weigh } from './window/budget.ts';
import { firstRow, framesDuring, heap, jump } from './window/in-page.ts';
import { mainGap, type MainGap } from './window/main-gap.ts';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, tail: { type: 'string', default: '20' } } });
const ROUNDS = Number(values.rounds);
const TAIL_SECONDS = Number(values.tail);
const RATE = 10_000;
const EVENTS = 5_000_000;

const sorted = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);
const median = (times: readonly number[]): number => sorted(times)[times.length >> 1] ?? Number.NaN;
const most = (times: readonly number[]): number => Math.max(...times);
const ms = (time: number): string => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
const row = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);

const folder = await mkdtemp(path.join(tmpdir(), 'tidemark-window-'));
const stores = storesToShow(folder);
const huge = await stores.huge();
const starter = await openWindowStarter();
const tidemark = (...args: readonly string[]): Promise<BenchWindow> => starter.start(projectFolder, args);

async function timeToFirstRow(start: () => Promise<BenchWindow>): Promise<number> {
  const window = await start();
  try {
    return (await firstRow(window.page)) - window.spawned;
  } finally {
    await window.close();
  }
}

async function start(): Promise<void> {
  const [ours, empty]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    empty.push(await timeToFirstRow(() => starter.start(path.join(import.meta.dirname, 'window/empty-app'), [])));
    ours.push(await timeToFirstRow(() => tidemark('--read-only', huge)));
  }
  row(
    'start to the first row',
    ms(median(ours)),
    'an empty window',
    ms(median(empty)),
    `${(median(ours) / median(empty)).toFixed(2)} times (1.3)`,
  );
}

async function grid({ page }: BenchWindow): Promise<void> {
  const times: number[] = [];
  for (let n = 1; n <= 40; n++) times.push(await jump(page, ((n * 1_299_709) % EVENTS) + 1));
  row('jump to any version', ms(median(times)), 'the slowest of 40', ms(most(times)), '(50 ms)');
  await page.getByRole('grid').focus();
  const wheel = await framesDuring(page, async () => {
    await page.getByRole('grid').hover();
    for (let turn = 0; turn < 200; turn++) await page.mouse.wheel(0, 480);
  });
  tellFrames('wheel, 200 turns of 20 rows', wheel);
  const keys = await framesDuring(page, async () => {
    for (let press = 0; press < 100; press++) await page.keyboard.press('PageDown');
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
  });
  tellFrames('Page Down 100 times, End, Home', keys);
}

function tellFrames(name: string, frames: readonly number[]): void {
  const over = (limit: number): number => frames.filter((frame) => frame > limit).length;
  row(name, `${frames.length} frames`, 'longest', ms(most(frames)), `${over(25)} over 25 ms, ${over(50)} over 50 ms`);
}

async function large(): Promise<void> {
  const window = await tidemark('--read-only', await stores.large());
  const { page } = window;
  await page.getByRole('option', { name: 'documents' }).click();
  await page.getByLabel('Jump to version or time').waitFor();
  const began = performance.now();
  const frames = await framesDuring(page, async () => {
    await page.keyboard.press('Control+g');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await page.getByRole('tree').waitFor({ timeout: 60_000 });
  });
  row('an event of 20 MB', ms(performance.now() - began), 'longest frame', ms(most(frames)), '(100 ms)');
  await window.close();
}

async function tail(): Promise<void> {
  const place = path.join(folder, 'tail.db');
  await createStore(place);
  const writer = await openStore(place);
  await writer.store.createTopic({ name: 'ticks' });
  const source = seededEvents({ seed: 3 });
  const events = (count: number) => Array.from({ length: count }, () => source.next().value);
  await writer.store.appendEvents('ticks', events(1000));
  const window = await tidemark('--read-only', place);
  const { page } = window;
  await firstRow(page);
  await page.keyboard.press('Control+l');
  const heaps: number[] = [];
  let written = 1000;
  const frames = await framesDuring(page, async () => {
    for (let second = 0; second < TAIL_SECONDS; second++) {
      const began = performance.now();
      for (let part = 0; part < 10; part++) {
        written = (await writer.store.appendEvents('ticks', events(RATE / 10))).last;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, began + (part + 1) * 100 - performance.now())));
      }
      heaps.push(await heap(page));
    }
  });
  await page.getByRole('gridcell', { name: written.toLocaleString('en'), exact: true }).waitFor({ timeout: 10_000 });
  const third = Math.max(1, Math.floor(heaps.length / 3));
  const growth = median(heaps.slice(-third)) / median(heaps.slice(0, third));
  tellFrames(`following ${RATE} events a second, ${TAIL_SECONDS} s`, frames);
  row('its heap, last third to first', `${growth.toFixed(2)} times`, 'largest', `${(most(heaps) / 2 ** 20).toFixed(0)} MiB`, '(bounded)');
  await window.close();
  await writer.close();
}

const GAP_TARGET = { p99: 8, max: 16 };

async function gaps(window: BenchWindow): Promise<void> {
  const { app, page } = window;
  const tell = (name: string, { p99, max }: MainGap): void =>
    row('main held by:', name, `p99 ${ms(p99)}`, `max ${ms(max)}`, p99 <= GAP_TARGET.p99 && max <= GAP_TARGET.max ? 'ok' : 'short');
  const during = async (name: string, work: () => Promise<unknown>): Promise<void> =>
    tell(name, await mainGap(app, async () => void (await work())));
  const tab = (name: string): Promise<void> => page.getByRole('tab', { name }).click();

  await during('nothing, 2 s', () => page.waitForTimeout(2000));
  await during('20 jumps', async () => {
    for (let n = 1; n <= 20; n++) await jump(page, ((n * 3_001_121) % EVENTS) + 1);
  });
  await during('scrolling', async () => {
    await page.getByRole('grid').hover();
    for (let turn = 0; turn < 200; turn++) await page.mouse.wheel(0, 960);
  });
  await during('charts of 5,000,000 events', async () => {
    await tab('Charts');
    await page
      .getByRole('status')
      .filter({ hasText: /^5,000,000 events$/ })
      .waitFor({ timeout: 120_000 });
  });
  await during('a filter by a rare type', async () => {
    await tab('Events');
    await page.getByRole('button', { name: 'Types' }).click();
    await page.getByLabel('Search types').fill('ReturnedV4');
    await page.getByRole('checkbox').first().click();
    await page.keyboard.press('Escape');
    await page.getByText(/ of 5,000,000 events/).waitFor();
  });
  await during('a jump to a time', async () => {
    await page.keyboard.press('Control+g');
    await page.keyboard.type('2023-12-24');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: /^Event/ }).waitFor();
  });
  await during('causation', async () => {
    await tab('Metadata');
    await page.getByRole('button', { name: 'Show causation' }).click();
    await page.getByText(/related event/).waitFor({ timeout: 120_000 });
  });
  await during('health', async () => {
    await tab('Health');
    await page.getByRole('heading', { name: 'Health' }).waitFor();
  });
}

async function writes(): Promise<void> {
  const place = path.join(folder, 'writes.db');
  await createStore(place);
  const window = await tidemark('--read-write', place);
  const { page } = window;
  type Bridge = { readonly tidemark: Record<string, (input: unknown) => Promise<{ readonly ok: boolean }>> };
  const call = async (name: string, input: unknown): Promise<void> => {
    const { ok } = await page.evaluate(([method, given]) => (globalThis as unknown as Bridge).tidemark[method]!(given), [
      name,
      input,
    ] as const);
    if (!ok) throw new Error(`${name} was refused`);
  };
  await page.getByRole('listbox', { name: 'Topics' }).waitFor();
  const tell = (name: string, { p99, max }: MainGap): void =>
    row('main held by:', name, `p99 ${ms(p99)}`, `max ${ms(max)}`, p99 <= GAP_TARGET.p99 && max <= GAP_TARGET.max ? 'ok' : 'short');
  tell('a new topic', await mainGap(window.app, () => call('topicsCreate', { name: 'orders', options: [] })));
  const events = Array.from({ length: 1000 }, (_, n) => ({ type: 'Tick', data: `{"n":${n},"text":"${'x'.repeat(200)}"}` }));
  tell(
    'appends of 1000 events, 10 times',
    await mainGap(window.app, async () => {
      for (let turn = 0; turn < 10; turn++) await call('eventsAppend', { topic: 'orders', incarnation: 1, expectedVersion: null, events });
    }),
  );
  await window.close();
}

async function weights(): Promise<void> {
  const window = await tidemark('--demo');
  await firstRow(window.page);
  const found = await weigh(window.app);
  const budget = readBudget();
  row(
    'scripts and styles of the page',
    `${(found.pageBytes / 1024).toFixed(0)} KiB`,
    'budget',
    `${(budget.pageBytes / 1024).toFixed(0)} KiB`,
    '',
  );
  row('memory of main', `${found.mainProcessMiB} MiB`, 'budget', `${budget.mainProcessMiB} MiB`, '');
  row('memory of the page', `${found.pageProcessMiB} MiB`, 'budget', `${budget.pageProcessMiB} MiB`, '');
  await window.close();
}

async function onHuge(work: (window: BenchWindow) => Promise<void>): Promise<void> {
  const window = await tidemark('--read-only', huge);
  await openOrders(window.page);
  await work(window);
  await window.close();
}

async function openOrders(page: Page): Promise<void> {
  await page.getByRole('option', { name: 'orders' }).click();
  await firstRow(page);
}

try {
  row('what', 'measured', 'against', '', 'target');
  row('---', '---', '---', '---', '---');
  await start();
  await onHuge(grid);
  await onHuge(gaps);
  await writes();
  await large();
  await tail();
  await weights();
} finally {
  await starter.close();
  await rm(folder, { recursive: true, force: true });
}
