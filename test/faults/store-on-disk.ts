import { randomUUID } from 'node:crypto';
import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { createEventStore, type EventStore } from '../../src/main/eventstore/event-store.ts';
import type { RepositoryAdapter, RepositoryAdapters } from '../../src/main/eventstore/ports/event-repository.ts';
import { newEventStoreConfig } from '../../src/shared/model/event-store-config.ts';

export type DiskAdapter = 'fs' | 'sqlite';
export const DISK_ADAPTERS: readonly DiskAdapter[] = ['fs', 'sqlite'];

/** A store under `base` whose configuration and topics use this adapter; every process of a test opens it the same way. */
export async function openStoreOnDisk(
  adapter: DiskAdapter,
  base: string,
  wrap: (adapter: RepositoryAdapter) => RepositoryAdapter = (inner) => inner,
): Promise<EventStore> {
  const adapters: RepositoryAdapters = { fs: wrap(fileSystemAdapter()), sqlite: wrap(sqliteAdapter()) };
  const connection = adapter === 'fs' ? 'repository' : 'store.db';
  const configStream = { name: 'configuration', adapter, connection, options: {} };
  const store = createEventStore(newEventStoreConfig({ configStream }), {
    adapters,
    base,
    now: () => BigInt(Date.now()) * 1_000_000n,
    newId: randomUUID,
  });
  await store.initialize();
  return store;
}
