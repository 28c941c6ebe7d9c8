import { EventStoreError, type ErrorCode } from '../../../shared/model/errors.ts';
import { errno } from './disk.ts';

const UNAVAILABLE = new Set([
  'EIO',
  'ENOENT',
  'ENOTDIR',
  'ENXIO',
  'ENODEV',
  'ESTALE',
  'ENOTCONN',
  'EMFILE',
  'ENFILE',
  'ETIMEDOUT',
  'ELOOP',
  'EBUSY',
]);

/** What a failed look at, or change of, the folder means to the person who asked. An EventStoreError stays as it is. */
export function storageError(error: unknown, doing: string, writing: boolean): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const system = errno(error);
  const said = error instanceof Error ? error.message : String(error);
  const [code, advice] = meaning(system, writing);
  return new EventStoreError(code, `${doing} failed: ${said}. ${advice}`, { errno: system ?? null, reason: said }, error);
}

function meaning(system: string | undefined, writing: boolean): readonly [ErrorCode, string] {
  if (system === 'ENOSPC' || system === 'EDQUOT') return ['STORAGE_FULL', 'Nothing was kept of it. Free some space and try again.'];
  if (system === 'EROFS') return ['READ_ONLY', 'The disk is mounted read-only.'];
  if (system === 'EACCES' || system === 'EPERM') {
    if (writing) return ['READ_ONLY', 'This user may not write there.'];
    return ['STORAGE_UNAVAILABLE', 'This user may not read there.'];
  }
  if (system === 'ENAMETOOLONG') return ['INVALID_TOPIC_NAME', 'The name is too long for this disk.'];
  if (system !== undefined && UNAVAILABLE.has(system))
    return ['STORAGE_UNAVAILABLE', 'Check that the folder and its disk are there, then try again.'];
  return ['REPOSITORY_FAILED', 'Look at the folder; nothing else is known about it.'];
}
