import { closeSync, constants, fstatSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { rmdirSync, unlinkSync, writeSync, type BigIntStats, type Dirent } from 'node:fs';
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Every way this adapter changes the disk, so that a test can fail any of them. Each call is one step: it has
 * happened when it returns. None follows a link in the last part of its path.
 */
export interface DiskWrites {
  /** One folder; one already there is fine, anything else of that name is not. */
  makeFolder(path: string): void;
  /** A new file; EEXIST when anything has that name. With `sync` its bytes are on the disk. */
  createFile(path: string, text: string | Uint8Array, sync: boolean): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  removeFolder(path: string): void;
  syncFile(path: string): void;
  /** Many files at once, without holding up the thread. */
  syncFiles(folder: string, paths: readonly string[]): Promise<void>;
  /** Makes names in the folder last. */
  syncFolder(path: string): void;
}

export const diskWrites: DiskWrites = {
  makeFolder(path) {
    if (isFolder(path)) return;
    mkdirSync(path, { mode: 0o755 });
  },
  createFile(path, text, sync) {
    const file = openSync(path, 'wx', 0o644);
    try {
      const bytes = typeof text === 'string' ? Buffer.from(text) : text;
      for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
      if (sync) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  rename: renameSync,
  remove: unlinkSync,
  removeFolder: rmdirSync,
  syncFile(path) {
    const file = openSync(path, constants.O_RDONLY | NO_FOLLOW);
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  async syncFiles(folder, paths) {
    // One call for the whole disk beats an fsync a file from some hundred files on; where it fails each file is asked.
    if (process.platform === 'linux' && paths.length > 256 && (await synced(folder))) return;
    const queue = paths.values();
    const lane = async (): Promise<void> => {
      for (const path of queue) {
        const file = await open(path, constants.O_RDONLY | NO_FOLLOW);
        try {
          await file.sync();
        } finally {
          await file.close();
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
  },
  syncFolder(path) {
    // Windows has no such thing and makes names last by itself.
    if (process.platform === 'win32') return;
    const folder = openSync(path, constants.O_RDONLY);
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  },
};

function synced(folder: string): Promise<boolean> {
  return new Promise((resolve) => execFile('sync', ['-f', folder], (error) => resolve(error === null)));
}

/** Replaces or makes a file so that after a crash either the old or the whole new content is there, for good. */
export function writeDurably(writes: DiskWrites, path: string, text: string): void {
  const temporary = `${path}.tmp`;
  removeIfThere(writes, temporary);
  try {
    writes.createFile(temporary, text, true);
    writes.rename(temporary, path);
  } catch (error) {
    quietly(() => removeIfThere(writes, temporary));
    throw error;
  }
  writes.syncFolder(dirname(path));
}

export function removeIfThere(writes: DiskWrites, path: string): void {
  try {
    writes.remove(path);
  } catch (error) {
    if (errno(error) !== 'ENOENT') throw error;
  }
}

/** For tidying up after an error that is about to be thrown: a second failure must not hide the first. */
export function quietly(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
const NO_WAIT = constants.O_NONBLOCK ?? 0;

/**
 * The bytes of a plain file; null when it holds more than `most`. A link is ELOOP, anything else that is no plain
 * file is EINVAL, and a pipe does not make us wait.
 */
export function readPlainFile(path: string, most = Infinity): Buffer | null {
  const file = openSync(path, constants.O_RDONLY | NO_FOLLOW | NO_WAIT);
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) throw Object.assign(new Error('it is not a plain file'), { code: 'EINVAL' });
    return facts.size > most ? null : readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a file in one call of the system for each of its steps: half the time of `readPlainFile`, but it cannot tell
 * what it read. Null where that has to be looked at: no text, or bytes that came out changed.
 */
export function readQuickly(path: string): string | null {
  const text = readFileSync(path, { encoding: 'utf8', flag: constants.O_RDONLY | NO_FOLLOW | NO_WAIT });
  return text === '' || text.includes('\uFFFD') ? null : text;
}

/** Facts of the entry itself, never of what a link points to; null where there is nothing. */
export function entryFacts(path: string): BigIntStats | null {
  try {
    // Asked for most names that are about to be made: an error for each would take longer than to ask.
    return lstatSync(path, { bigint: true, throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const code = errno(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw error;
  }
}

/** A real folder, not a link to one. */
export function isFolder(path: string): boolean {
  return entryFacts(path)?.isDirectory() ?? false;
}

/** What a folder holds; nothing where there is no real folder. */
export function folderEntries(path: string): Dirent[] {
  if (!isFolder(path)) return [];
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (errno(error) === 'ENOENT') return [];
    throw error;
  }
}

export function errno(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

/** One moment of one entry: another file, or the same one changed or renamed over, has another stamp. */
export function entryStamp(facts: BigIntStats): string {
  return `${facts.ino}.${facts.mtimeNs}.${facts.size}`;
}
