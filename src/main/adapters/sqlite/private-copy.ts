import Database from 'better-sqlite3';
import { chmodSync, constants, copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';

/** A database copied to a folder of our own, settled there, and read. */
export interface PrivateCopy {
  readonly db: Database.Database;
  /** False once the original is not what was copied. */
  isCurrent(): boolean;
  close(): void;
}

/** The log and the journal belong to the database: without them its latest commits, or their undoing, are missing. */
const PARTS = ['', '-wal', '-journal'];
const ATTEMPTS = 5;

/**
 * For a store that cannot be read where it lies without writing there: left by a crash, or in log mode in a folder
 * that may not be written. The original is only read. Errors of SQLite and the file system as they are.
 */
export function openPrivateCopy(place: string): PrivateCopy {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-read-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let db: Database.Database | null = null;
  try {
    const target = join(folder, basename(place));
    const copied = copyStable(place, target);
    const opened = (db = new Database(target, { fileMustExist: true }));
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    db.pragma('mmap_size = 0');
    // Takes in the log, so that one file is left.
    db.pragma('journal_mode = DELETE');
    db.pragma('query_only = ON');
    // Where the system allows it the name goes at once: nothing is left behind even by a crash.
    if (process.platform !== 'win32') remove();
    return {
      db: opened,
      isCurrent: () => signature(place) === copied,
      close: () => {
        opened.close();
        remove();
      },
    };
  } catch (error) {
    db?.close();
    remove();
    throw error;
  }
}

/** Copies until nothing changed meanwhile; answers what was copied. */
function copyStable(place: string, target: string): string {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = signature(place);
    for (const part of PARTS) {
      rmSync(target + part, { force: true });
      if (stateOf(place + part) === '') continue;
      copyFileSync(place + part, target + part, constants.COPYFILE_FICLONE);
      // The copy inherits the mode of what may not be written.
      chmodSync(target + part, 0o600);
    }
    if (signature(place) === before) return before;
  }
  throw new EventStoreError(
    'STORE_LOCKED',
    `${place} is being written all the time and cannot be read without writing beside it. Try again.`,
    { place },
  );
}

function signature(place: string): string {
  return PARTS.map((part) => stateOf(place + part)).join('|');
}

function stateOf(path: string): string {
  const facts = statSync(path, { bigint: true, throwIfNoEntry: false });
  return facts ? `${facts.ino}:${facts.size}:${facts.mtimeNs}` : '';
}
