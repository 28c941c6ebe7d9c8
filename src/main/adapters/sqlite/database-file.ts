import { closeSync, constants, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { APPLICATION_ID } from './application-id.ts';
import { sqliteFailure, systemCode } from './sqlite-failure.ts';

/** Which file lies at a place: `missing`, `empty` (0 bytes: made, never written), or a store of ours by its header. */
export type DatabaseFile = { readonly is: 'missing' | 'empty' } | { readonly is: 'store'; readonly fileId: string };

const MAGIC = 'SQLite format 3\0';
const LOOKED_FOR = 'a SQLite database with the application id of Tidemark';

/**
 * Files that this thread has open through SQLite. The kernel drops every lock of a process on a file as soon as the
 * process closes *any* handle of it, so such a file is never opened here a second time.
 */
const openFiles = new Map<string, number>();

export function holdFile(fileId: string): void {
  openFiles.set(fileId, (openFiles.get(fileId) ?? 0) + 1);
}

export function releaseFile(fileId: string): void {
  const holders = (openFiles.get(fileId) ?? 0) - 1;
  if (holders > 0) openFiles.set(fileId, holders);
  else openFiles.delete(fileId);
}

/** True when this process has the file open, on this thread or, where the system tells, on any other. */
export function isHeld(fileId: string): boolean {
  return openFiles.has(fileId) || (process.platform === 'linux' && isOpenInProcess(fileId));
}

/** Every thread has its own copy of this module, but they share the process and so its locks. */
function isOpenInProcess(fileId: string): boolean {
  try {
    return readdirSync('/proc/self/fd').some((handle) => {
      const facts = statSync(`/proc/self/fd/${handle}`, { bigint: true, throwIfNoEntry: false });
      return facts !== undefined && `${facts.dev}:${facts.ino}` === fileId;
    });
  } catch {
    // No /proc, or not allowed to look: this thread's own list has to do.
    return false;
  }
}

/** The file at `place` as the system numbers it; null where there is none. */
export function fileIdAt(place: string): string | null {
  try {
    const { dev, ino } = statSync(place, { bigint: true });
    return `${dev}:${ino}`;
  } catch (error) {
    if (isMissing(error)) return null;
    throw sqliteFailure(error, place, 'read');
  }
}

/**
 * Looks at a file without SQLite, which would put side files beside the database of another program.
 * @throws EventStoreError NOT_A_STORE for anything but a store of ours, STORAGE_UNAVAILABLE where it cannot be looked at.
 */
export function inspectFile(place: string): DatabaseFile {
  let facts;
  try {
    facts = statSync(place, { bigint: true });
  } catch (error) {
    if (isMissing(error)) return { is: 'missing' };
    throw sqliteFailure(error, place, 'read');
  }
  if (!facts.isFile()) throw notAStore(place, facts.isDirectory() ? 'a folder' : 'something that is not a file');
  if (facts.size === 0n) return { is: 'empty' };
  const fileId = `${facts.dev}:${facts.ino}`;
  if (isHeld(fileId)) return { is: 'store', fileId };
  const header = readHeader(place);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC) throw notAStore(place, 'a file that is not a SQLite database');
  const applicationId = header.readUInt32BE(68);
  if (applicationId !== APPLICATION_ID) {
    throw notAStore(place, `a SQLite database of another program (application id 0x${applicationId.toString(16).padStart(8, '0')})`);
  }
  return { is: 'store', fileId };
}

export function notAStore(place: string, found: string): EventStoreError {
  return new EventStoreError(
    'NOT_A_STORE',
    `${place} is not an event store: looked for ${LOOKED_FOR}, found ${found}. Nothing was changed.`,
    {
      place,
      lookedFor: LOOKED_FOR,
      found,
    },
  );
}

function readHeader(place: string): Buffer {
  const header = Buffer.alloc(100);
  try {
    const handle = openSync(place, constants.O_RDONLY);
    try {
      readSync(handle, header, 0, header.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw sqliteFailure(error, place, 'read');
  }
  return header;
}

function isMissing(error: unknown): boolean {
  return /^(ENOENT|ENOTDIR)$/.test(systemCode(error));
}
