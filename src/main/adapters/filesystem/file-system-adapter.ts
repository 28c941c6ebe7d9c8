import { EventStoreError } from '../../../shared/model/errors.ts';
import type { RepositoryAdapter } from '../../eventstore/ports/event-repository.ts';
import { diskWrites, entryFacts, type DiskWrites } from './disk.ts';
import { openFolderRepository } from './folder-repository.ts';
import { locateFolder } from './locate-folder.ts';
import { storageError } from './storage-error.ts';

export interface FileSystemAdapterOptions {
  /** UNC and device paths may be looked at. */
  readonly networkPaths?: boolean | undefined;
  /** Every change of the disk goes through these; tests let them fail. */
  readonly writes?: DiskWrites | undefined;
}

/** Repositories that are folders, in the layout of the Go original, made crash-safe. See docs/adapters.md. */
export function fileSystemAdapter(options: FileSystemAdapterOptions = {}): RepositoryAdapter {
  return {
    locate: async (connection, base) => {
      try {
        return locateFolder(connection, base, options.networkPaths ?? false);
      } catch (error) {
        throw storageError(error, `Looking for "${connection}"`, false);
      }
    },
    open: async (location, { create, lockWait }) => {
      const { connection, identity: root } = location;
      try {
        const facts = entryFacts(root);
        if (facts && !facts.isDirectory()) {
          const what = facts.isFile() ? 'a file' : 'no folder';
          throw new EventStoreError('NOT_A_STORE', `"${connection}" is ${what}; a folder with configs and events was looked for.`, {
            connection,
            path: root,
          });
        }
        if (!facts && !create) {
          throw new EventStoreError(
            'STORAGE_UNAVAILABLE',
            `The folder "${connection}" does not exist. Connect its disk, or look where it was moved to.`,
            {
              connection,
              path: root,
              missing: true,
            },
          );
        }
        return openFolderRepository(location, { create, lockWait, writes: options.writes ?? diskWrites });
      } catch (error) {
        throw storageError(error, `Opening "${connection}"`, false);
      }
    },
  };
}
