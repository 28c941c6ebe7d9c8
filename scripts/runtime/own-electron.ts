import { existsSync } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { capture } from './command.ts';
import { cacheFolder, packageFolder } from './places.ts';
import { say } from './say.ts';

/** Long enough for a slow line; a machine without a way out fails in a second or at the first connection. */
const DOWNLOAD_MS = 300_000;
/** A machine that cannot download is not asked again for a day. */
const TRY_AGAIN_MS = 24 * 60 * 60_000;

export interface OwnElectron {
  readonly folder: string;
  readonly executable: string;
  readonly version: string;
}

/** The binary that belongs to the electron package, if it is there or can be downloaded; null if not. */
export async function ownElectron(): Promise<OwnElectron | null> {
  const present = await installed();
  if (present !== null) return present;

  const folder = packageFolder('electron');
  const { version } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as { version: string };
  const stamp = path.join(cacheFolder(), `electron-${version}-not-downloadable`);
  if (await isFresh(stamp)) return null;

  say(`downloading Electron ${version}, because the npm package comes without its binary`);
  const environment: NodeJS.ProcessEnv = { ...process.env };
  delete environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const result = await capture(process.execPath, [path.join(folder, 'install.js')], { env: environment, timeoutMs: DOWNLOAD_MS });
  const now = result.code === 0 ? await installed() : null;
  if (now !== null) return now;

  say(
    `Electron ${version} cannot be downloaded here (${firstLine(result.output)}); not tried again for a day (delete ${stamp} to try now)`,
  );
  await mkdir(cacheFolder(), { recursive: true });
  await writeFile(stamp, result.output);
  return null;
}

async function installed(): Promise<OwnElectron | null> {
  const folder = packageFolder('electron');
  try {
    const executable = path.join(folder, 'dist', await readFile(path.join(folder, 'path.txt'), 'utf8'));
    if (!existsSync(executable)) return null;
    const version = (await readFile(path.join(folder, 'dist', 'version'), 'utf8')).replace(/^v/, '').trim();
    return { folder: path.join(folder, 'dist'), executable, version };
  } catch {
    return null;
  }
}

async function isFresh(stamp: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(stamp)).mtimeMs < TRY_AGAIN_MS;
  } catch {
    return false;
  }
}

function firstLine(output: string): string {
  return output.trim().split('\n', 1)[0] ?? 'no reason given';
}
