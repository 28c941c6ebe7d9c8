import { openForCheckpoints, type Connection } from './connections.ts';

/** Copies the log of a database into it, over a connection of its own, so that no writer has to. */
export interface LogCopier {
  /** Copies what no reader still needs in the log. Rejects where it could not; the log is then as good as before. */
  copy(place: string, fileId: string): Promise<void>;
  /** Gives the connection to this place back, after what was asked before. Never rejects. */
  release(place: string): Promise<void>;
}

/**
 * SQLite flushes the database when it has copied all of the log, which grows meanwhile: what is left gets shorter with each
 * pass, until one ends between two transactions. The flush is then not left to the writer.
 */
const MOST_PASSES = 6;

/** The copier that works in the thread that calls it. */
export function createLogCopier(): LogCopier {
  const connections = new Map<string, Connection>();

  const release = (place: string): void => {
    const connection = connections.get(place);
    connections.delete(place);
    try {
      connection?.close();
    } catch {
      // It holds nothing that is not in the file.
    }
  };

  return {
    copy: async (place, fileId) => {
      if (connections.get(place)?.fileId !== fileId) release(place);
      const connection = connections.get(place) ?? openForCheckpoints(place, fileId);
      connections.set(place, connection);
      for (let pass = 0; pass < MOST_PASSES; pass++) {
        connection.db.pragma('wal_checkpoint(PASSIVE)');
        const [state] = connection.db.pragma('wal_checkpoint(NOOP)') as { readonly log: number; readonly checkpointed: number }[];
        if (!state || state.log === state.checkpointed) return;
      }
    },
    release: async (place) => release(place),
  };
}
