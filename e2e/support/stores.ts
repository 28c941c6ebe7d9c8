import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');

export interface StoreCopy {
  readonly path: string;
  remove(): void;
}

/** A copy of a store that the Go original wrote, to be opened and written. It looks as if nobody had written to it for an hour. */
export function copyStore(name: 'small' | 'damaged'): StoreCopy {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
  const path = join(folder, name);
  cpSync(join(PROJECT, 'test/compat/stores', name), path, { recursive: true });
  // Empty folders are not kept by version control.
  if (name === 'damaged') mkdirSync(join(path, 'store/events/emptied'), { recursive: true });
  makeOld(path);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Sets the times of a file, or of a folder and all that is in it, back by an hour. */
export function makeOld(path: string): void {
  const hourAgo = Date.now() / 1000 - 3600;
  const inside = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [];
  for (const name of ['', ...inside]) utimesSync(join(path, name), hourAgo, hourAgo);
}

/** Makes `topic-0001` and so on in the store at `path`. */
export function makeTopics(path: string, count: number): Promise<string> {
  return run(join(PROJECT, 'e2e/support/many-topics.ts'), [path, String(count)], '');
}

/** A new store of so many topics and changes of the configuration; open it with `--config-topic many`. */
export function makeChanges(path: string, topics: number, changes: number): Promise<string> {
  return run(join(PROJECT, 'e2e/support/many-changes.ts'), [path, String(topics), String(changes)], '');
}

/** Runs the command line as another process would; answers what it printed. */
export function commandLine(args: readonly string[], input = ''): Promise<string> {
  return run(join(PROJECT, 'src/main/cli/main.ts'), args, input);
}

/** The data of stored events as the command line prints them: text, token for token. */
export async function storedData(path: string, topic: string, after: number): Promise<(string | undefined)[]> {
  const lines = (await commandLine(['events', path, topic, '--after', String(after)])).trim().split('\n');
  return lines.map((line) => /"data":(.*),"metadata"/.exec(line)?.[1]);
}

function run(script: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((done, fail) => {
    const child = execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      if (error) fail(new Error(stderr));
      else done(stdout);
    });
    child.stdin?.end(input);
  });
}
