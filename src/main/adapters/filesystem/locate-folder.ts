import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { RepositoryLocation } from '../../eventstore/ports/event-repository.ts';
import { entryFacts } from './disk.ts';

/**
 * Where a connection points: a folder, relative to the store's. Looks at names and links only.
 * @throws EventStoreError INVALID_TOPIC_CONFIG for one that can be no path; STORAGE_UNAVAILABLE for a network or device
 * path, which is not even looked at unless `networkPaths`.
 */
export function locateFolder(connection: string, base: string, networkPaths: boolean): RepositoryLocation {
  if (connection === '' || connection.includes('\0') || !connection.isWellFormed()) {
    throw new EventStoreError(
      'INVALID_TOPIC_CONFIG',
      `The connection ${JSON.stringify(connection)} names no folder. Give a path, or "." for the store itself.`,
      {
        connection,
      },
    );
  }
  if (/^[\\/]{2}/.test(connection) && !networkPaths) {
    throw new EventStoreError(
      'STORAGE_UNAVAILABLE',
      `"${connection}" is a network or device path. Opening one can send this computer's credentials away, so it has to be allowed first.`,
      { connection },
    );
  }
  const place = resolve(base, connection);
  const real = realPlace(place);
  const home = realPlace(base);
  return { adapter: 'fs', connection, place, identity: real.path, outside: real.dangling || !isInside(real.path, home.path) };
}

/** The path with every link resolved as far as it exists. A link that leads nowhere could lead anywhere later. */
function realPlace(path: string): { readonly path: string; readonly dangling: boolean } {
  try {
    return { path: realpathSync.native(path), dangling: false };
  } catch {
    if (entryFacts(path)?.isSymbolicLink()) return { path, dangling: true };
    const parent = dirname(path);
    if (parent === path) return { path, dangling: false };
    const above = realPlace(parent);
    return { path: join(above.path, basename(path)), dangling: above.dangling };
  }
}

function isInside(path: string, home: string): boolean {
  const way = relative(home, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
