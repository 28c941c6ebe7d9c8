import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { inherit } from './command.ts';
import { packageFolder, projectFolder } from './places.ts';
import { say, SetupError } from './say.ts';

const INPUTS = ['src', 'examples/folds', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.base.json'];
const STAMP = path.join(projectFolder, 'out/inputs.sha256');

/** Builds main, preload and page into out/. */
export async function buildApp(): Promise<void> {
  const inputs = await hashOfInputs();
  const code = await inherit(process.execPath, [path.join(packageFolder('electron-vite'), 'bin/electron-vite.js'), 'build'], {
    cwd: projectFolder,
    // What a command prints is its answer; how it came about is not part of it.
    stdio: ['inherit', 2, 2],
  });
  if (code !== 0) throw new SetupError('The app could not be built; the message above says where. "npm run types" often says it better.');
  await writeFile(STAMP, inputs);
}

/** Contents are compared, not times: a checkout or a copy changes times, and an old build must never pass for a new one. */
export async function buildAppIfStale(): Promise<void> {
  const built = await readFile(STAMP, 'utf8').catch(() => null);
  if (built === (await hashOfInputs())) return;
  say(built === null ? 'building the app, because it has not been built here' : 'building the app, because its sources changed');
  await buildApp();
}

async function hashOfInputs(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    const place = path.join(projectFolder, input);
    const entries = await readdir(place, { recursive: true, withFileTypes: true }).catch(() => null);
    const files =
      entries === null ? [place] : entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files.toSorted()) {
      hash
        .update(path.relative(projectFolder, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}
