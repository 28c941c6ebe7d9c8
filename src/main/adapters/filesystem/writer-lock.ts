import { accessSync, constants } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { lockHolder } from '../lock-holder.ts';
import { entryFacts, errno } from './disk.ts';
import type { Folder } from './folder.ts';
import { storageError } from './storage-error.ts';

/** One writer at a time over all processes that share the folder. */
export interface WriterLock {
  /**
   * Runs `work` while no other writer can. The kernel takes the lock away from a process that dies.
   * @throws EventStoreError STORE_LOCKED after waiting, naming who holds it; READ_ONLY where nothing may be written.
   */
  hold<T>(work: () => T | Promise<T>): Promise<T>;
  close(): void;
}

const ASK_AGAIN_MS = 10;

/**
 * The lock is SQLite's own on a small empty database in the repository: it is the one lock that every system's kernel
 * frees, and the SQLite adapter trusts it already. Nothing is ever written into the file.
 */
export function createWriterLock({ layout, connection }: Folder, lockWait: number): WriterLock {
  let database: Database.Database | null = null;
  let opened = '';

  const close = (): void => {
    database?.close();
    database = null;
  };

  const identity = (): string => {
    const facts = entryFacts(layout.lock);
    if (facts && !facts.isFile()) {
      throw new EventStoreError(
        'REPOSITORY_FAILED',
        `"lock.db" in the folder of "${connection}" is not a plain file. Move it away to write here.`,
        {
          path: layout.lock,
        },
      );
    }
    return facts ? `${facts.dev}.${facts.ino}` : '';
  };

  /** True when the lock is ours, false when someone else has it. */
  const take = (): boolean => {
    try {
      // A folder that was deleted and made again has another lock file; ours would guard nothing.
      if (database && identity() !== opened) close();
      if (database) {
        database.exec('BEGIN IMMEDIATE');
        return true;
      }
      identity();
      database = new Database(layout.lock, { timeout: 0 });
      try {
        database.exec('BEGIN IMMEDIATE');
      } finally {
        opened = identity();
      }
      return true;
    } catch (error) {
      const code = errno(error) ?? '';
      if (code.startsWith('SQLITE_BUSY')) return false;
      close();
      throw lockError(error, code);
    }
  };

  const lockError = (error: unknown, code: string): EventStoreError => {
    if (error instanceof EventStoreError) return error;
    if (code === 'SQLITE_FULL')
      return new EventStoreError('STORAGE_FULL', 'There is no space for the lock file. Free some and try again.', {}, error);
    if (code.startsWith('SQLITE_READONLY')) {
      return new EventStoreError(
        'READ_ONLY',
        `The lock file of "${connection}" may not be written by this user.`,
        { path: layout.lock },
        error,
      );
    }
    if (code === 'SQLITE_NOTADB') {
      return new EventStoreError(
        'REPOSITORY_FAILED',
        `"lock.db" in the folder of "${connection}" belongs to another program. Move it away to write here.`,
        { path: layout.lock },
        error,
      );
    }
    return storageError(error, 'Locking the folder for a write', true);
  };

  const wait = async (): Promise<void> => {
    const until = performance.now() + lockWait;
    while (!take()) {
      if (performance.now() >= until) {
        const holder = lockHolder(layout.lock);
        throw new EventStoreError(
          'STORE_LOCKED',
          `Another writer${holder ? ` (${holder})` : ''} did not finish with "${connection}" within ${lockWait} ms. Nothing was written; try again.`,
          { holder, waited: lockWait, connection },
        );
      }
      await sleep(ASK_AGAIN_MS / 2 + Math.random() * ASK_AGAIN_MS);
    }
  };

  return {
    async hold(work) {
      requireWritable(layout.root, connection);
      await wait();
      try {
        return await work();
      } finally {
        if (database?.inTransaction) database.exec('ROLLBACK');
      }
    },
    close,
  };
}

function requireWritable(root: string, connection: string): void {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    throw storageError(error, `Writing to "${connection}"`, true);
  }
}
