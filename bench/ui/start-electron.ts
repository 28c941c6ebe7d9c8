import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Display } from '../../scripts/runtime/display.ts';
import type { Electron } from '../../scripts/runtime/ensure-electron.ts';
import { projectFolder } from '../../scripts/runtime/places.ts';

export interface Window {
  readonly app: ElectronApplication;
  readonly page: Page;
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

/** What Electron's executable is given. */
export function applicationArguments({ electron, app = projectFolder, args }: StartOptions): string[] {
  return [...electron.flags, app, ...args];
}

export function applicationEnvironment({ electron, display, home }: StartOptions): Record<string, string> {
  const inherited = Object.fromEntries(Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
  return { ...inherited, ...electron.environment, ...display.environment, HOME: home, XDG_CONFIG_HOME: home };
}

/** An application with one window, its page loaded. */
export async function startElectron(options: StartOptions): Promise<Window> {
  const app = await _electron.launch({
    executablePath: options.electron.executable,
    args: applicationArguments(options),
    env: applicationEnvironment(options),
  });
  const page = await app.firstWindow();
  await page.waitForLoadState('load');
  return { app, page };
}
