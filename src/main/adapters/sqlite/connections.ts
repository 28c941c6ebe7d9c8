import Database from 'better-sqlite3';
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { APPLICATION_ID } from './application-id.ts';
import { checkDatabase } from './check-database.ts';
import { fileIdAt, holdFile, inspectFile, isHeld, releaseFile } from './database-file.ts';
import { migrate } from './migrations/migrate.ts';
import { SCHEMA_VERSION } from './migrations/migrations.ts';
import { openPrivateCopy, type PrivateCopy } from './private-copy.ts';
import { needsPrivateCopy } from './sqlite-failure.ts';

/** Milliseconds SQLite itself waits for a lock; longer waits are ours, with the event loop free. */
const BUSY_TIMEOUT = 5;

/** An open database file. `fileId` says which file it is, wherever the name points by now. */
export interface Connection {
  readonly db: Database.Database;
  readonly fileId: string;
  /** Set where a copy is read because the place itself would have to be written to be read. */
  readonly copy: PrivateCopy | null;
  close(): void;
}

/**
 * Opens the store at `place` for reading; null where there is nothing yet. Never writes the database.
 * @throws EventStoreError NOT_A_STORE, REPOSITORY_FAILED, STORAGE_UNAVAILABLE; errors of SQLite as they are.
 */
export function openReader(place: string): Connection | null {
  const file = inspectFile(place);
  if (file.is !== 'store') return null;
  try {
    return connect(place, file.fileId, { readonly: true }, (db) => {
      db.pragma('query_only = ON');
      if (checkDatabase(db, place) === 0) throw new EventStoreError('REPOSITORY_FAILED', `The store ${place} lost its schema.`, { place });
    });
  } catch (error) {
    if (!needsPrivateCopy(error) || isHeld(file.fileId)) throw error;
  }
  const copy = openPrivateCopy(place);
  try {
    if (checkDatabase(copy.db, place) > 0) return { db: copy.db, fileId: file.fileId, copy, close: copy.close };
  } catch (error) {
    copy.close();
    throw error;
  }
  copy.close();
  return null;
}

/**
 * Opens the store at `place` for writing: schema up to date, WAL, every commit flushed. With `create` a missing or
 * empty file becomes a store.
 * @throws EventStoreError STORAGE_UNAVAILABLE where nothing is and `create` is false; errors of SQLite as they are, busy ones too.
 */
export function openWriter(place: string, create: boolean): Connection {
  const file = inspectFile(place);
  if (file.is !== 'store' && !create) throw missing(place);
  if (file.is === 'missing') mkdirSync(dirname(place), { recursive: true });
  return connect(place, file.is === 'store' ? file.fileId : null, { fileMustExist: !create }, (db) => {
    db.pragma('foreign_keys = ON');
    prepareSchema(db, place, create);
    db.pragma('journal_mode = WAL');
    // An existing WAL database comes back with NORMAL, whose commits a power cut can take away.
    db.pragma('synchronous = FULL');
    // Checkpoints are started by the repository between commits, never inside one.
    db.pragma('wal_autocheckpoint = 0');
  });
}

/** Another connection beside a writer's, that only ever copies the log into the database: of this file and no other. */
export function openForCheckpoints(place: string, fileId: string): Connection {
  return connect(place, fileId, {}, (db) => {
    db.pragma('wal_autocheckpoint = 0');
    // Before its first look at the database a connection does not know that there is a log.
    db.pragma('user_version');
  });
}

/** Leaves the file as it rests: one file, no side files, unless somebody else is on it. */
export function settleWriter(db: Database.Database): void {
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.pragma('journal_mode = DELETE');
  } catch {
    // Busy, or no space for the checkpoint: the log holds everything and the next writer settles it.
  }
}

export function missing(place: string): EventStoreError {
  return new EventStoreError('STORAGE_UNAVAILABLE', `There is no database at ${place}. Bring the file back, or create the topic anew.`, {
    place,
    missing: true,
  });
}

function connect(
  place: string,
  wanted: string | null,
  options: { readonly?: boolean; fileMustExist?: boolean },
  prepare: (db: Database.Database) => void,
): Connection {
  const db = new Database(place, { fileMustExist: true, timeout: BUSY_TIMEOUT, ...options });
  const fileId = fileIdAt(place) ?? '';
  holdFile(fileId);
  const close = (): void => {
    db.close();
    releaseFile(fileId);
  };
  try {
    if (wanted !== null && wanted !== fileId) throw replaced(place);
    db.pragma('trusted_schema = OFF');
    db.pragma('cell_size_check = ON');
    // A mapped file that another program shortens kills the whole process.
    db.pragma('mmap_size = 0');
    prepare(db);
    return { db, fileId, copy: null, close };
  } catch (error) {
    close();
    throw error;
  }
}

export function replaced(place: string): EventStoreError {
  return new EventStoreError(
    'STORAGE_UNAVAILABLE',
    `The database ${place} was replaced by another file while it was open. Open the store again.`,
    { place },
  );
}

/** Schema and header come in one transaction: a crash leaves an empty file or a whole store. */
function prepareSchema(db: Database.Database, place: string, create: boolean): void {
  const before = checkDatabase(db, place);
  if (before === SCHEMA_VERSION) return;
  if (before === 0 && !create) throw missing(place);
  // EXTRA flushes the folder after the journal is gone; with FULL a power cut could bring the journal back and undo the commit.
  db.pragma('synchronous = EXTRA');
  db.exec('BEGIN IMMEDIATE');
  try {
    const now = checkDatabase(db, place);
    if (now === 0) db.pragma(`application_id = ${APPLICATION_ID}`);
    if (now < SCHEMA_VERSION) migrate(db, now);
    db.exec('COMMIT');
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
  if (before === 0) flushFolder(dirname(place));
}

/** The name of a new file is durable once its folder is. Windows keeps that promise by itself. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
