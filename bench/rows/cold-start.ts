import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Bench } from '../lib/bench.ts';
import { inRounds } from '../lib/rounds.ts';
import type { StartOptions } from '../ui/start-electron.ts';
import { timeToPaint } from '../ui/time-to-paint.ts';

/**
 * Target 13: a store that is opened again. The place it was left at is remembered, its events are on the screen. The first start
 * of each application is not counted: it fills the caches of code, which every later one finds.
 */
export async function coldStart(
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
