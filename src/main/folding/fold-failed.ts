import { EventStoreError } from '../../shared/model/errors.ts';
import type { FoldFault } from '../../shared/model/fold.ts';

/** A fault as an error: of the event of a version, or (null) of the fold itself, which cannot even be loaded. */
export function foldFailed({ kind, reason, line, column, path }: FoldFault, version: number | null): EventStoreError {
  const place = line === null ? '' : ` (line ${line}${column === null ? '' : `, column ${column}`})`;
  const where = version === null ? 'The fold cannot be loaded' : `The fold failed at version ${version}`;
  return new EventStoreError('FOLD_FAILED', `${where}${place}: ${reason}`, {
    version,
    line,
    column,
    kind,
    reason,
    ...(path === undefined ? {} : { path }),
  });
}

/** A fault of a condition as an error: what was asked for is wrong. */
export function conditionRefused({ reason, line, column }: Pick<FoldFault, 'reason' | 'line' | 'column'>): EventStoreError {
  return new EventStoreError('INVALID_INPUT', reason, { field: 'condition', line, column, reason });
}
