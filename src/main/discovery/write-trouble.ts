import { access, constants, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ErrorFacts } from '../../shared/model/errors.ts';

/** With less than this free, the next write is as good as refused. */
const LEAST_FREE = 256 * 1024;

/**
 * Why nothing can be written to the file or folder at `path` now (READ_ONLY, STORAGE_FULL); null where nothing speaks against
 * it. Tries nothing: it asks for permissions and free space.
 */
export async function writeTrouble(path: string): Promise<ErrorFacts | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts) return null;
  // SQLite makes its log beside the database, so the folder must be writable too.
  const places = facts.isDirectory() ? [path] : [path, dirname(path)];
  for (const place of places) {
    const reason = await refusal(place);
    if (reason !== null) return { code: 'READ_ONLY', message: `Nothing can be written: ${reason}`, details: { path: place, reason } };
  }
  const disk = await statfs(path).catch(() => null);
  // Some network disks tell no size at all.
  if (!disk || disk.blocks === 0 || disk.bavail * disk.bsize >= LEAST_FREE) return null;
  return {
    code: 'STORAGE_FULL',
    message: `The disk of ${path} is full. What is stored can be read as always. Free some space, then try again.`,
    details: { path },
  };
}

/** Why `place` may not be written, as a clause that ends with a full stop; null where it may. */
async function refusal(place: string): Promise<string | null> {
  try {
    await access(place, constants.W_OK);
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EROFS') return `the disk of ${place} is mounted read-only.`;
    if (code === 'EACCES' || code === 'EPERM') return `this user may not write ${place}.`;
    return null;
  }
}
