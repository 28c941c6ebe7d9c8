import { fileSystemAdapter } from './adapters/filesystem/file-system-adapter.ts';
import { memoryAdapter } from './adapters/memory/memory-adapter.ts';
import { sqliteAdapter } from './adapters/sqlite/sqlite-adapter.ts';
import type { RepositoryAdapters } from './eventstore/ports/event-repository.ts';
import { openStorageThread } from './threads/open-storage-thread.ts';
import { STORAGE_THREAD } from './threads/start-storage-worker.ts';

/** Where fs and sqlite repositories run: in this thread, or on one of their own. */
export type StorageKind = 'inline' | 'thread';

export interface OpenedAdapters {
  readonly adapters: RepositoryAdapters;
  /** Ends the thread, where there is one. */
  close(): Promise<void>;
}

/** Every adapter of this version, by name. With `networkPaths`, UNC and device paths may be opened. */
export function openAdapters(storage: StorageKind, networkPaths: boolean): OpenedAdapters {
  const memory = memoryAdapter();
  if (storage === 'inline') {
    return {
      adapters: { memory, fs: fileSystemAdapter({ networkPaths }), sqlite: sqliteAdapter({ networkPaths }) },
      close: async () => {},
    };
  }
  const thread = openStorageThread({ ...STORAGE_THREAD, networkPaths });
  return { adapters: { memory, ...thread.adapters }, close: thread.close };
}
