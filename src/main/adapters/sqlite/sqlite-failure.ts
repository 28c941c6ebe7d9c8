import { EventStoreError, type ErrorCode } from '../../../shared/model/errors.ts';

/** What was being done, for the message and for what a refusal of the system means. */
export type Doing = 'read' | 'write';

/** The code of an error that SQLite or the file system threw, '' for anything else. */
export function systemCode(error: unknown): string {
  const code: unknown = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Another connection holds the lock that this one needs; trying again may work. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(BUSY|LOCKED)/.test(systemCode(error));
}

/** The bytes of the file are not what SQLite wrote. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT|IOERR_SHORT_READ|IOERR_CORRUPTFS|IOERR_DATA)/.test(systemCode(error));
}

/** A read that needs to write first (a WAL without its side files, a rollback after a crash) in a place that cannot be written. */
export function needsPrivateCopy(error: unknown): boolean {
  return /^SQLITE_(READONLY|CANTOPEN)/.test(systemCode(error));
}

/** The typed error for anything thrown while `place` was read or written. */
export function sqliteFailure(error: unknown, place: string, doing: Doing): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const cause = systemCode(error);
  const words = error instanceof Error ? error.message : String(error);
  const [code, message] = classify(error, cause, place, doing, words);
  return new EventStoreError(code, message, { place, cause, reason: words }, error);
}

function classify(error: unknown, cause: string, place: string, doing: Doing, words: string): [ErrorCode, string] {
  if (isDamage(error)) {
    return [
      'REPOSITORY_FAILED',
      `The database ${place} is damaged (${words}). Nothing was written. Keep the file, restore a backup, or rescue it with "sqlite3 … .recover".`,
    ];
  }
  if (isBusy(error)) return ['STORE_LOCKED', `Another program holds the database ${place}. Try again when it has finished.`];
  if (/^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(cause)) {
    return ['STORAGE_FULL', `There is no space left for ${place}. Nothing of the batch was written. Free some space, then try again.`];
  }
  if (cause === 'SQLITE_READONLY_DBMOVED') {
    return ['STORAGE_UNAVAILABLE', `The database ${place} was moved or removed while it was open. Bring it back or open the store again.`];
  }
  if (doing === 'write' && /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS)/.test(cause)) {
    return ['READ_ONLY', `${place} cannot be written (${words}). Ask for permission to write the file and its folder, or work on a copy.`];
  }
  if (/^(SQLITE_TOOBIG|ERR_STRING_TOO_LONG)/.test(cause)) {
    return [
      'EVENT_TOO_LARGE',
      `An event is larger than a database row can be (${words}). Store the large part elsewhere and append its address.`,
    ];
  }
  if (cause.startsWith('SQLITE_CONSTRAINT')) {
    return [
      'REPOSITORY_FAILED',
      `The database ${place} contradicts its own counters (${words}), so another program wrote to it. Nothing was written. Keep a copy and verify the store.`,
    ];
  }
  if (/^(SQLITE_|E[A-Z]+$)/.test(cause) && !/^SQLITE_(ERROR|NOMEM|MISUSE|INTERNAL|SCHEMA|MISMATCH|RANGE)$/.test(cause)) {
    return [
      'STORAGE_UNAVAILABLE',
      `${place} cannot be ${doing === 'read' ? 'read' : 'written'} (${words}). Check that the disk is there and you may use it.`,
    ];
  }
  return [
    'REPOSITORY_FAILED',
    `The database ${place} failed while it was ${doing === 'read' ? 'read' : 'written'}: ${words}. Open the store again.`,
  ];
}
