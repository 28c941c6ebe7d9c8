import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PROJECT = resolve(import.meta.dirname, '../..');

export interface StoreCopy {
  readonly path: string;
  remove(): void;
}

/** A copy of a store that the Go original wrote, to be opened and written. */
export function copyStore(name: 'small' | 'damaged'): StoreCopy {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
  const path = join(folder, name);
  cpSync(join(PROJECT, 'test/compat/stores', name), path, { recursive: true });
  // Empty folders are not kept by version control.
  if (name === 'damaged') mkdirSync(join(path, 'store/events/emptied'), { recursive: true });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Makes `topic-0001` and so on in the store at `path`. */
export function makeTopics(path: string, count: number): Promise<string> {
  return run(join(PROJECT, 'e2e/support/many-topics.ts'), [path, String(count)], '');
}

/** Runs the command line as another process would; answers what it printed. */
export function commandLine(args: readonly string[], input = ''): Promise<string> {
  return run(join(PROJECT, 'src/main/cli/main.ts'), args, input);
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
