import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { buildAppIfStale } from '../../scripts/runtime/build-app.ts';
import { openDisplay } from '../../scripts/runtime/display.ts';
import { ensureElectron } from '../../scripts/runtime/ensure-electron.ts';
import { storesToShow } from '../../scripts/screens/stores-to-show.ts';
import type { Bench } from '../lib/bench.ts';
import { addJumps, PATIENCE, versionsToJumpTo, type Jump } from '../lib/jumps.ts';
import { seededStore, SIZES } from '../lib/seeded-stores.ts';
import { addWithinBudget } from '../lib/within-budget.ts';
import { mainHeap, pageHeap, workingSets } from '../ui/heap.ts';
import { frameTimes, frameTimesOfDrag, timeToRow } from '../ui/in-page.ts';
import { openTopic } from '../ui/open-topic.ts';
import { startElectron, type StartOptions, type Window } from '../ui/start-electron.ts';
import { coldStart } from './cold-start.ts';
import { liveTail } from './live-tail.ts';

/** Target 13: the real window. Needs a display, or Xvfb. */
export async function interfaceRows(bench: Bench): Promise<void> {
  const { report, size, scratch } = bench;
  const electron = await ensureElectron();
  report.uses('electron', electron.version);
  await buildAppIfStale();
  const display = await openDisplay();
  const home = mkdtempSync(path.join(tmpdir(), 'tidemark-bench-'));
  const given = (args: readonly string[], app?: string): StartOptions => ({ electron, display, home, args, app });
  const start = (args: readonly string[]): Promise<Window> => startElectron(given(args));
  try {
    const store = await seededStore(size);
    const first = await start(['--read-only', store]);
    await clipboard(report, first);
    await grid(report, first, SIZES[size]);
    await largeEvent(report, await start(['--read-only', await storesToShow(scratch('large')).large()]));
    await liveTail(bench, start);
    await coldStart(bench, given, store);
  } finally {
    await display.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Chromium’s clipboard is written in main, in one go: what no slice of ours can make shorter. */
async function clipboard(report: Bench['report'], { app }: Window): Promise<void> {
  const held = await app.evaluate(
    async ({ clipboard: system }, sizes) => {
      const times: number[] = [];
      for (const megabytes of sizes) {
        const text = Buffer.alloc(megabytes * 2 ** 20, 'x').toString('latin1');
        const began = performance.now();
        // A promise from some later version of Electron on; what is measured is the call.
        const written = system.writeText(text);
        times.push(performance.now() - began);
        await written;
      }
      return times;
    },
    [1, 1, 16],
  );
  const [, one = 0, most = 0] = held;
  report.add('9 main held: the clipboard takes 1 MB', [one], { atMost: 16, unit: 'ms' }, `${most.toFixed(0)} ms for 16 MB`);
}

async function grid(report: Bench['report'], { app, page }: Window, last: number): Promise<void> {
  await openTopic(page);
  const jumps: Jump[] = [];
  for (const version of versionsToJumpTo(last)) {
    await page.getByLabel('Jump to version or time').fill(String(version));
    jumps.push({ version, ms: await page.evaluate(timeToRow, { version: version.toLocaleString('en'), patience: PATIENCE }) });
  }
  addJumps(report, jumps, last);
  const about = `; ${last.toLocaleString('en')} rows, ${await workingSets(app)}`;
  addWithinBudget(report, 'heap of the page after the jumps', 'jumpedPageHeapBytes', await pageHeap(page), about);
  addWithinBudget(report, 'heap of main after the jumps', 'jumpedMainHeapBytes', await mainHeap(app), about);
  await scrolling(report, page);
  await app.close();
}

const SCROLL_MS = 4000;

/** Frames over 50 ms are seen; a display of 60 Hz has one every 16.7. */
async function scrolling(report: Bench['report'], page: Page): Promise<void> {
  const judge = (how: string, times: readonly number[]): void => {
    const over = (ms: number): number => times.filter((time) => time > ms).length;
    const note = `of ${times.length} frames, ${over(17.5)} over 17 ms, longest ${Math.max(...times).toFixed(0)} ms`;
    report.add(`13 ${how}: frames over 50 ms`, [over(50)], { atMost: times.length / 100, unit: '' }, note);
  };
  await page.getByRole('grid').hover();
  const wheel = page.evaluate(frameTimes, SCROLL_MS);
  const until = performance.now() + SCROLL_MS;
  while (performance.now() < until) await page.mouse.wheel(0, 480);
  judge('wheel', await wheel);
  judge('drag from end to end', await page.evaluate(frameTimesOfDrag, SCROLL_MS));
}

async function largeEvent(report: Bench['report'], { app, page }: Window): Promise<void> {
  await page.getByRole('listbox', { name: 'Topics' }).getByRole('option', { name: 'documents' }).click();
  await page.getByRole('gridcell').first().waitFor();
  const target = { atMost: 100, unit: 'ms' };
  const opening = page.evaluate(frameTimes, 3000);
  await page.getByLabel('Jump to version or time').fill('2');
  await page.getByLabel('Jump to version or time').press('Enter');
  await page.getByRole('region', { name: 'Event 2', exact: true }).waitFor();
  report.add('13 longest frame while an event of 20 MB opens', [Math.max(...(await opening))], target, 'the first event of the window');
  const loading = page.evaluate(frameTimes, 5000);
  const whole = page.getByRole('button', { name: 'Open whole' });
  await whole.click();
  await whole.waitFor({ state: 'detached' });
  report.add('13 longest frame while all of it is loaded', [Math.max(...(await loading))], target, 'one string of 20 MB, and its tree');
  await app.close();
}
