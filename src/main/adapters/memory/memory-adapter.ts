import type { RepositoryAdapter } from '../../eventstore/ports/event-repository.ts';
import { openMemoryRepository } from './memory-repository.ts';

/**
 * Storage that lives as long as a repository is open: every `open` is a new, empty piece of memory, and `close`
 * lets go of it. The connection is a label, '' too; it never lies outside a store and is never missing.
 */
export function memoryAdapter(): RepositoryAdapter {
  return {
    locate: async (connection) => ({ adapter: 'memory', connection, place: connection, identity: `memory:${connection}`, outside: false }),
    open: async (location) => openMemoryRepository(location),
  };
}
