import type { Connection } from './connections.ts';
import type { LogCopier } from './log-copier.ts';

/** Keeps the log of a writer short. A reader of another process that holds an old state keeps what it needs of it. */
export interface Checkpoints {
  /** So much was written in one transaction, in bytes of events. */
  wrote(bytes: number): void;
  /**
   * To be called between two transactions, when everyone of the last one has been answered. A promise where the log has grown
   * so long that the next one has to wait: it never rejects.
   */
  look(connection: Connection): Promise<void> | null;
  /** Nobody but the writer is on the database afterwards. */
  close(): Promise<void>;
}

/** Transactions and bytes after which the length of the log is looked at. */
const LOOK_TRANSACTIONS = 64;
const LOOK_BYTES = 1024 * 1024;
/** Pages in the log after which it is copied into the database: some 12 MB, so that it stays under 32. */
const LONG_LOG = 3000;
/** More pages are written faster than they are copied: the writer waits for the copier. */
const TOO_LONG = 6000;
/** So few pages the writer copies itself, in a few milliseconds: only when all are copied can the log begin anew. */
const FEW_PAGES = 300;

/**
 * With a copier the writer copies the last few pages alone: what is written while the copier works would never let it
 * come to the end. Without one, or after it failed, the writer copies all of them.
 */
export function createCheckpoints(place: string, given: LogCopier | null): Checkpoints {
  let copier = given;
  let used = false;
  let copying: Promise<void> | null = null;
  let transactions = 0;
  let bytes = 0;
  let due = false;
  /** How far the log was copied when it was last looked at: the copier is asked again at once only if it came further. */
  let before = -1;

  const copy = (by: LogCopier, fileId: string): Promise<void> => {
    used = true;
    return by
      .copy(place, fileId)
      .catch(() => {
        copier = null;
      })
      .then(() => {
        copying = null;
        due = true;
      });
  };

  return {
    wrote: (written) => {
      transactions++;
      bytes += written;
    },
    look: ({ db, fileId }) => {
      const often = transactions >= LOOK_TRANSACTIONS || bytes >= LOOK_BYTES;
      if (!often && !due) return null;
      const [state] = db.pragma('wal_checkpoint(NOOP)') as { readonly log: number; readonly checkpointed: number }[];
      const { log, checkpointed } = state ?? { log: 0, checkpointed: 0 };
      const left = log - checkpointed;
      const stuck = due && !often && checkpointed === before;
      [transactions, bytes, due, before] = [0, 0, false, checkpointed];
      if (!copying && log >= LONG_LOG && left > 0 && !stuck) {
        if (copier && left > FEW_PAGES) copying = copy(copier, fileId);
        else db.pragma('wal_checkpoint(PASSIVE)');
      }
      return log >= TOO_LONG ? copying : null;
    },
    close: async () => {
      if (used) await given?.release(place);
    },
  };
}
