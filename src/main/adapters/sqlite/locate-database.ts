import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { RepositoryLocation } from '../../eventstore/ports/event-repository.ts';

/**
 * Where `connection` points, seen from `base`. Looks at folders to resolve links, opens nothing.
 * @throws EventStoreError INVALID_TOPIC_CONFIG for a connection that cannot be a file name, STORAGE_UNAVAILABLE for
 * network and device paths unless `networkPaths`: merely looking at one may send the user's credentials away.
 */
export async function locateDatabase(connection: string, base: string, networkPaths: boolean): Promise<RepositoryLocation> {
  if (connection === '') {
    throw new EventStoreError('INVALID_TOPIC_CONFIG', 'A sqlite topic needs a connection: the path of its database file.', { connection });
  }
  if (connection.includes('\0') || !connection.isWellFormed()) {
    throw new EventStoreError('INVALID_TOPIC_CONFIG', 'The connection holds a character that no path can have.', { connection });
  }
  if (!networkPaths && isNetworkPath(connection)) {
    throw new EventStoreError(
      'STORAGE_UNAVAILABLE',
      `${connection} is a network or device path and is not opened unasked. Allow places outside the store if you trust it.`,
      { connection },
    );
  }
  const place = resolve(base, connection);
  const identity = await realpathOfMissing(place);
  const fromBase = relative(await realpathOfMissing(base), identity);
  const outside = fromBase === '..' || fromBase.startsWith(`..${sep}`) || isAbsolute(fromBase);
  return { adapter: 'sqlite', connection, place, identity, outside };
}

/** \\server\share, //server/share, \\.\device and \\?\ forms, on every system: a store travels. */
function isNetworkPath(connection: string): boolean {
  return /^[\\/]{2}/.test(connection);
}

/** realpath, with the part that does not exist yet kept as it is. */
async function realpathOfMissing(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(await realpathOfMissing(parent), basename(path));
  }
}
