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
import { startElectron, type Window } from '../ui/start-electron.ts';

const JUMPS = 15;

/** Target 13: the real window. Needs a display, or Xvfb. */
export async function interfaceRows({ report, size, rounds, scratch }: Bench): Promise<void> {
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  const home = mkdtempSync(path.join(tmpdir(), 'tidemark-bench-'));
  const start = (args: readonly string[], app?: string): Promise<Window> => startElectron({ electron, display, home, args, app });
  try {
    const store = await seededStore(size);
    await grid(report, await start(['--read-only', store]), SIZES[size]);
    await largeEvent(report, await start(['--read-only', await storesToShow(scratch('large')).large()]));
    const empty = emptyApp(scratch('empty-app'));
    const { ratios, p50 } = await inRounds(
      {
        ours: async () => {
          const window = await start(['--read-only', store]);
          await openTopic(window.page);
          return quit(window);
        },
        empty: async () => quit(await start([], empty)),
      },
      [['ours', 'empty']],
      { least: Math.min(3, rounds.least), most: rounds.most },
    );
    const note = `${p50('ours').toFixed(0)} ms, ${p50('empty').toFixed(0)} ms; a store of ${size}, its topic opened by a click`;
    report.add('13 cold start to the first row / an empty window', ratios('ours', 'empty'), { atMost: 1.3, unit: 'x' }, note);
  } finally {
    await display.close();
    rmSync(home, { recursive: true, force: true });
  }
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

/** Milliseconds since the process was started. */
async function quit({ app, began }: Window): Promise<number> {
  const took = performance.now() - began;
  await app.close();
  return took;
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
