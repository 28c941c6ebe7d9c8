import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Display } from '../../scripts/runtime/display.ts';
import type { Electron } from '../../scripts/runtime/ensure-electron.ts';
import { projectFolder } from '../../scripts/runtime/places.ts';

export interface Window {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** When the process was started, as performance.now() tells it. */
  readonly began: number;
}

export interface StartOptions {
  readonly electron: Electron;
  readonly display: Display;
  /** Where settings go. */
  readonly home: string;
  readonly args: readonly string[];
  /** A folder with an application; Tidemark if absent. */
  readonly app?: string | undefined;
}

/** An application with one window, its page loaded. */
export async function startElectron({ electron, display, home, args, app = projectFolder }: StartOptions): Promise<Window> {
  const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  const began = performance.now();
  const running = await _electron.launch({
    executablePath: electron.executable,
    args: [...electron.flags, app, ...args],
    env: { ...inherited, ...electron.environment, ...display.environment, HOME: home, XDG_CONFIG_HOME: home },
  });
  const page = await running.firstWindow();
  await page.waitForLoadState('load');
  return { app: running, page, began };
}
