import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { buildAppIfStale } from '../../scripts/runtime/build-app.ts';
import { openDisplay } from '../../scripts/runtime/display.ts';
import { ensureElectron } from '../../scripts/runtime/ensure-electron.ts';

/** Starts windows to be measured, each as a person who was never here before. Whoever opened it closes it. */
export interface WindowStarter {
  /** `folder` holds an Electron app. */
  start(folder: string, args: readonly string[]): Promise<BenchWindow>;
  close(): Promise<void>;
}

export interface BenchWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** Milliseconds since the epoch. */
  readonly spawned: number;
  close(): Promise<void>;
}

export async function openWindowStarter(): Promise<WindowStarter> {
  const electron = await ensureElectron();
  await buildAppIfStale();
  const display = await openDisplay();
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return {
    async start(folder, args) {
      const home = await mkdtemp(path.join(tmpdir(), 'tidemark-bench-'));
      const spawned = Date.now();
      const app = await _electron.launch({
        executablePath: electron.executable,
        args: [...electron.flags, '--enable-precise-memory-info', folder, ...args],
        env: { ...environment, ...electron.environment, ...display.environment, HOME: home, XDG_CONFIG_HOME: home },
      });
      return {
        app,
        page: await app.firstWindow(),
        spawned,
        close: async () => {
          await app.close();
          await rm(home, { recursive: true, force: true });
        },
      };
    },
    close: () => display.close(),
  };
}
