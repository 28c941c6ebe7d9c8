import type { RepositoryAdapter } from '../../eventstore/ports/event-repository.ts';
import { locateDatabase } from './locate-database.ts';
import type { LogCopier } from './log-copier.ts';
import { openSqliteRepository } from './sqlite-repository.ts';

export interface SqliteAdapterOptions {
  /** Network and device paths may be opened; refused by default. */
  readonly networkPaths?: boolean | undefined;
  /** Copies logs on another thread; without it every repository does so itself, between its commits. */
  readonly logCopier?: LogCopier | undefined;
  /** Nanoseconds since the Unix epoch, for the time a topic was deleted. */
  readonly now?: (() => bigint) | undefined;
}

/** One SQLite file a repository; the connection is its path. See docs/adapters.md. */
export function sqliteAdapter({ networkPaths = false, logCopier, now = systemTime }: SqliteAdapterOptions = {}): RepositoryAdapter {
  return {
    locate: (connection, base) => locateDatabase(connection, base, networkPaths),
    open: (location, options) => openSqliteRepository(location, { ...options, now, logCopier: logCopier ?? null }),
  };
}

function systemTime(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}
