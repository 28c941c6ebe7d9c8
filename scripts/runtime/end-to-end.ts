import path from 'node:path';
import { buildAppIfStale } from './build-app.ts';
import { inherit } from './command.ts';
import { openDisplay } from './display.ts';
import type { Electron } from './ensure-electron.ts';
import { packageFolder, projectFolder } from './places.ts';

/** Runs Playwright on the built app in a real window; resolves to its exit code. */
export async function endToEnd(electron: Electron, args: readonly string[]): Promise<number> {
  await buildAppIfStale();
  const display = await openDisplay();
  try {
    return await inherit(process.execPath, [path.join(packageFolder('@playwright/test'), 'cli.js'), 'test', ...args], {
      cwd: projectFolder,
      env: { ...process.env, ...electron.environment, ...display.environment },
    });
  } finally {
    await display.close();
  }
}
