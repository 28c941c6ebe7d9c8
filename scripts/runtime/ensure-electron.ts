import path from 'node:path';
import { FALLBACK_VERSION, fallbackElectron } from './fallback-electron.ts';
import { fitSqlite, unfitSqlite } from './fit-sqlite.ts';
import { ownElectron } from './own-electron.ts';
import { say } from './say.ts';
import { ensureLibraries } from './system-packages.ts';

export interface Electron {
  readonly executable: string;
  readonly version: string;
  /** To be added to the environment of everything that looks for Electron: require('electron'), electron-vite, Playwright. */
  readonly environment: Readonly<Record<string, string>>;
  /** Chromium's sandbox cannot be used by root; for everybody else it stays on. */
  readonly flags: readonly string[];
}

/** Gets an Electron that runs on this machine, and says which one and why. */
export async function ensureElectron(): Promise<Electron> {
  const own = await ownElectron();
  if (own !== null) {
    say(`using Electron ${own.version}, the electron package's own`);
    await unfitSqlite();
    await ensureLibraries(own.executable);
    return { executable: own.executable, version: own.version, environment: {}, flags: sandboxFlags() };
  }
  const folder = await fallbackElectron();
  const executable = path.join(folder, 'electron');
  say(
    `using Electron ${FALLBACK_VERSION} from an npm tarball, because the electron package's own binary cannot be had here; for development and tests only`,
  );
  await ensureLibraries(executable);
  await fitSqlite(executable);
  return { executable, version: FALLBACK_VERSION, environment: { ELECTRON_OVERRIDE_DIST_PATH: folder }, flags: sandboxFlags() };
}

function sandboxFlags(): readonly string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return [];
  say("running without Chromium's sandbox, because root cannot use it");
  return ['--no-sandbox'];
}
