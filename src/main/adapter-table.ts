import { fileSystemAdapter } from './adapters/filesystem/file-system-adapter.ts';
import { memoryAdapter } from './adapters/memory/memory-adapter.ts';
import { sqliteAdapter } from './adapters/sqlite/sqlite-adapter.ts';
import type { RepositoryAdapters } from './eventstore/ports/event-repository.ts';

/** Where fs and sqlite repositories run. */
export type StorageKind = 'inline' | 'thread';

export interface OpenedAdapters {
  readonly adapters: RepositoryAdapters;
  close(): Promise<void>;
}

/** Every adapter of this version, by name. `allowNetwork`: UNC and device paths may be opened. */
export function openAdapters(storage: StorageKind, allowNetwork: boolean): OpenedAdapters {
  void storage;
  const adapters = {
    memory: memoryAdapter(),
    fs: fileSystemAdapter({ networkPaths: allowNetwork }),
    sqlite: sqliteAdapter({ networkPaths: allowNetwork }),
  };
  return { adapters, close: async () => {} };
}
