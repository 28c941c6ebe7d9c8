import { EventStoreError } from '../../shared/model/errors.ts';

/** A path that the system does not let us look at, as a typed error. */
export function errorFromSystem(error: unknown, path: string): EventStoreError {
  const reason = (error as NodeJS.ErrnoException).code ?? 'unknown';
  const why =
    reason === 'EACCES' || reason === 'EPERM'
      ? 'this user may not read it. Ask its owner for permission'
      : `the system says ${reason}. Check the disk`;
  return new EventStoreError('STORAGE_UNAVAILABLE', `${path} cannot be opened: ${why}.`, { path, reason }, error);
}
