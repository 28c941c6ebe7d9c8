import { readFile } from 'node:fs/promises';
import { writeWholeFile } from './write-whole-file.ts';

/** A value that a small file keeps over restarts. */
export interface KeptFile<T> {
  get(): T;
  /** The file is written soon after. */
  set(value: T): void;
  /** Resolves when what was set is on the disk. */
  flush(): Promise<void>;
}

export interface KeptFileOptions {
  /** Milliseconds that changes are gathered before they are written. */
  readonly delay?: number;
  /** What cannot be written is lost, and nothing else: told here. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Opens the JSON file at `path`; `parse` makes a value of whatever it holds, `undefined` where there is none or it is broken.
 * Written to a temporary file, synced, renamed.
 */
export async function openKeptFile<T>(
  path: string,
  parse: (stored: unknown) => T,
  { delay = 300, failed = () => {} }: KeptFileOptions = {},
): Promise<KeptFile<T>> {
  let current = parse(parseJson(await readFile(path, 'utf8').catch(() => '')));
  let written = current;
  let timer: NodeJS.Timeout | undefined;
  let last: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const mine = current;
    if (mine === written) return;
    await writeWholeFile(path, `${JSON.stringify(mine, null, 2)}\n`);
    written = mine;
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    last = last.then(write).catch(failed);
    return last;
  }

  return {
    get: () => current,
    set: (value) => {
      current = value;
      clearTimeout(timer);
      timer = setTimeout(() => void flush(), delay);
      timer.unref();
    },
    flush,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
