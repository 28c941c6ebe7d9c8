import { openForCheckpoints, type Connection } from './connections.ts';

/** Copies the log of a database into it, over a connection of its own, so that no writer has to. */
export interface LogCopier {
  /** Copies what no reader still needs in the log. Rejects where it could not; the log is then as good as before. */
  copy(place: string, fileId: string): Promise<void>;
  /** Gives the connection to this place back, after what was asked before. Never rejects. */
  release(place: string): Promise<void>;
}

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
      connection.db.pragma('wal_checkpoint(PASSIVE)');
    },
    release: async (place) => release(place),
  };
}
