import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, errors, type ElectronApplication, type Page } from '@playwright/test';
import type { TroubleList } from './trouble-list.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

export interface LaunchOptions {
  /** As on the command line: a path, --demo, --read-only, … Relative paths are the project's. */
  readonly args?: readonly string[];
  /** Where settings and log of this person are; a new empty folder if absent. Give it again to start as the same person. */
  readonly home?: string;
  /**
   * Asks, as it does for a person, before it writes to a store that another program wrote in the last minute. The stores of
   * tests are all so new; most tests are not about that.
   */
  readonly asks?: boolean;
}

/** The built app in a real window. Whoever starts it closes it. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  /** The first window's page. */
  readonly page: Page;
  readonly home: string;
  /** Answers the next dialogs for a file or folder with `path`; null turns them away. Call it before each. */
  answerDialogs(path: string | null): Promise<void>;
  /** Chooses a menu item by its id, once the page has said that it can be done. */
  chooseMenu(id: string): Promise<void>;
  /** Quits as a person does and waits for the end. */
  quit(): Promise<void>;
}

/** The executable the electron package names (ELECTRON_OVERRIDE_DIST_PATH included). */
export function electronExecutable(): string {
  return createRequire(import.meta.url)('electron') as string;
}

/** Arguments that come before all others: the app's folder, and for root, who cannot use it, Chromium without its sandbox. */
export function appArguments(args: readonly string[]): string[] {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), PROJECT, ...args];
}

/** A person's environment: settings, log and the single-instance lock lie in `home`. */
export function personEnvironment(home: string): Record<string, string> {
  const environment = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { ...environment, XDG_CONFIG_HOME: home, HOME: home };
}

/** A start takes one or two seconds; on a machine that is busy otherwise, ten. */
const START_MS = 20_000;

/**
 * Starts Electron under Playwright. Seen twice in some three hundred starts, both on a machine under full load: the debugger
 * connects and then never hears of the app. That says nothing of the app, so it is started once more, and said.
 */
async function launchElectron(args: readonly string[], home: string): Promise<ElectronApplication> {
  const start = (): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: electronExecutable(),
      args: appArguments(args),
      cwd: PROJECT,
      env: personEnvironment(home),
      timeout: START_MS,
    });
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    process.stdout.write(`Electron did not answer its debugger within ${START_MS / 1000} s; it is started once more.\n`);
    return start();
  }
}

export async function startApp({ args = [], home, asks = false }: LaunchOptions, troubles: TroubleList): Promise<RunningApp> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'tidemark-e2e-')));
  const electron = await launchElectron(asks || args.includes('--read-only') ? args : ['--read-write', ...args], folder);
  troubles.watch(electron.context());
  const page = await electron.firstWindow();
  await page.waitForLoadState('load');
  return {
    electron,
    page,
    home: folder,
    answerDialogs: (path) =>
      electron.evaluate(({ dialog }, answer) => {
        const open = { canceled: answer === null, filePaths: answer === null ? [] : [answer] };
        dialog.showOpenDialog = () => Promise.resolve(open);
        dialog.showSaveDialog = () => Promise.resolve({ canceled: answer === null, filePath: answer ?? '' });
      }, path),
    chooseMenu: (id) =>
      electron.evaluate(async ({ Menu }, wanted) => {
        const until = Date.now() + 5000;
        // The menu is built anew now and then, so the item is looked up each time.
        for (;;) {
          const item = Menu.getApplicationMenu()?.getMenuItemById(wanted);
          if (!item) throw new Error(`There is no menu item "${wanted}".`);
          if (item.enabled) return item.click();
          if (Date.now() > until) throw new Error(`The menu item "${wanted}" cannot be chosen.`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }, id),
    quit: async () => {
      await electron.close();
      if (home === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
