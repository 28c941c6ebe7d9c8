import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { buildAppIfStale } from '../../scripts/runtime/build-app.ts';
import { openDisplay } from '../../scripts/runtime/display.ts';
import { ensureElectron } from '../../scripts/runtime/ensure-electron.ts';
import { storesToShow } from '../../scripts/screens/stores-to-show.ts';
import type { Bench } from '../lib/bench.ts';
import { inRounds } from '../lib/rounds.ts';
import { seededStore, SIZES, TOPIC } from '../lib/seeded-stores.ts';
import { measureFrames, timeToRow } from '../ui/in-page.ts';
import { startElectron, type StartOptions, type Window } from '../ui/start-electron.ts';
import { timeToPaint } from '../ui/time-to-paint.ts';

const JUMPS = 15;

/** Target 13: the real window. Needs a display, or Xvfb. */
export async function interfaceRows(bench: Bench): Promise<void> {
  const { report, size, scratch } = bench;
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  const home = mkdtempSync(path.join(tmpdir(), 'tidemark-bench-'));
  const given = (args: readonly string[], app?: string): StartOptions => ({ electron, display, home, args, app });
  const start = (args: readonly string[]): Promise<Window> => startElectron(given(args));
  try {
    const store = await seededStore(size);
    await grid(report, await start(['--read-only', store]), SIZES[size]);
    await largeEvent(report, await start(['--read-only', await storesToShow(scratch('large')).large()]));
    await coldStart(bench, given, store);
  } finally {
    await display.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/**
 * A store that is opened again: the place it was left at is remembered, its events are on the screen. The first start of each
 * is not counted: it fills the caches of code, which every later one finds.
 */
async function coldStart(
  { report, rounds, size, scratch }: Bench,
  given: (args: readonly string[], app?: string) => StartOptions,
  store: string,
): Promise<void> {
  const empty = emptyApp(scratch('empty-app'));
  const ours = (): Promise<number> => timeToPaint(given(['--read-only', store]), '[role=gridcell][data-column=time]');
  const nothing = (): Promise<number> => timeToPaint(given([], empty), 'p');
  await ours();
  await nothing();
  const { ratios, p50 } = await inRounds({ ours, nothing }, [['ours', 'nothing']], { least: rounds.least, most: rounds.most });
  const note = `${p50('ours').toFixed(0)} ms, ${p50('nothing').toFixed(0)} ms; a store of ${size}, opened where it was left`;
  report.add('13 cold start to the first row / an empty window', ratios('ours', 'nothing'), { atMost: 1.3, unit: 'x' }, note);
}

/** An application that is nothing but a window: what Electron itself takes. */
function emptyApp(folder: string): string {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'package.json'), '{"name":"empty-window","version":"0.0.0","type":"module","main":"main.mjs"}');
  writeFileSync(
    path.join(folder, 'main.mjs'),
    `import { app, BrowserWindow } from 'electron';
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<p>empty</p>'));`,
  );
  return folder;
}

async function openTopic(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: 'Topics' }).getByRole('option', { name: TOPIC }).click();
  await page.getByRole('gridcell').first().waitFor();
}

async function grid(report: Bench['report'], { app, page }: Window, last: number): Promise<void> {
  await openTopic(page);
  const jumps: number[] = [];
  for (let n = 1; n <= JUMPS; n++) {
    const version = n === JUMPS ? 1 : Math.floor((last * n) / JUMPS) - n;
    await page.getByLabel('Jump to version or time').fill(String(version));
    jumps.push(await page.evaluate(timeToRow, version.toLocaleString('en')));
  }
  report.add(
    '13 jump to a version',
    jumps,
    { atMost: 50, unit: 'ms' },
    `from Enter to its row, ${last.toLocaleString('en')} rows, the first and the last among them`,
  );
  await memory(report, app, page);
  await app.close();
}

async function memory(report: Bench['report'], app: ElectronApplication, page: Page): Promise<void> {
  const heap = await page.evaluate(
    () => (performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } }).memory.usedJSHeapSize,
  );
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ type, memory: { workingSetSize } }) => [type, workingSetSize] as const),
  );
  const of = (type: string): number => Math.max(...metrics.flatMap(([name, size]) => (name === type ? size / 1024 : [])));
  report.add(
    '13 page heap after the jumps',
    [heap / 2 ** 20],
    { atMost: 100, unit: 'MB' },
    `main ${of('Browser').toFixed(0)} MB, page ${of('Tab').toFixed(0)} MB of working set`,
  );
}

async function largeEvent(report: Bench['report'], { app, page }: Window): Promise<void> {
  await page.getByRole('listbox', { name: 'Topics' }).getByRole('option', { name: 'documents' }).click();
  await page.getByRole('gridcell').first().waitFor();
  const frames = page.evaluate(measureFrames, 3000);
  await page.getByLabel('Jump to version or time').fill('2');
  await page.getByLabel('Jump to version or time').press('Enter');
  await page.getByRole('region', { name: 'Event 2', exact: true }).waitFor();
  report.add('13 longest frame while an event of 20 MB opens', [await frames], { atMost: 100, unit: 'ms' });
  await app.close();
}
