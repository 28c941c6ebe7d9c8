import type { EventStoreError } from '../../../shared/model/errors.ts';
import { isEventStoreError } from '../../../shared/model/errors.ts';
import { createAppends, type AppendBatch, type Appends } from './append-batch.ts';
import { missing, openWriter, replaced, settleWriter, type Connection } from './connections.ts';
import { fileIdAt } from './database-file.ts';
import { isBusy } from './sqlite-failure.ts';
import { createTopicCommands, type TopicCommands } from './topic-commands.ts';
import { createTopicRows, type TopicRows } from './topic-rows.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/** The connection for writing and what is prepared on it. */
export interface Writer {
  readonly connection: Connection;
  readonly rows: TopicRows;
  /** Whoever asks for them finds what the appends before them in the transaction did. */
  readonly commands: TopicCommands;
  readonly append: AppendBatch;
  readonly transaction: Transaction;
}

export interface Writing extends WriteQueue<Writer> {
  current(): Writer | null;
  /** Transactions that wrote, so far. */
  commits(): number;
  /** Settles the file and gives the connection back. */
  close(): void;
}

/** Pages in the log after which it is copied into the database: about 12 MB, so that the log stays under 32. */
const CHECKPOINT_PAGES = 3000;
/** Commits and bytes after which the length of the log is looked at. */
const LOOK_COMMITS = 64;
const LOOK_BYTES = 1024 * 1024;

export interface WritingOptions {
  readonly place: string;
  readonly create: boolean;
  readonly lockWait: number;
  readonly now: () => bigint;
  readonly failure: (error: unknown) => EventStoreError;
  /** Called once when the connection for writing has been opened. */
  readonly opened: () => void;
}

/** The writer of one repository: opened at the first write, in the state finding 1 of the measurements demands. */
export function createWriting({ place, create, lockWait, now, failure, opened }: WritingOptions): Writing {
  let writer: Writer | null = null;
  let commits = 0;
  let unseenCommits = 0;
  let unseenBytes = 0;
  let mayCreate = create;

  const ensure = (): Writer => {
    if (writer) return writer;
    const connection = openWriter(place, mayCreate);
    try {
      writer = prepareWriter(connection, now);
    } catch (error) {
      connection.close();
      throw error;
    }
    mayCreate = false;
    opened();
    return writer;
  };

  /** After an error of the system the connection may know too much; the next write starts with a fresh one. */
  const drop = (): void => {
    const dropped = writer;
    writer = null;
    try {
      dropped?.connection.close();
    } catch {
      // What is committed is in the log, whatever closing could not do.
    }
  };

  /**
   * Done before a transaction, when everyone of the last one has been answered: inside a commit it would be the
   * longest part of that append. A reader that holds the log back only delays it until the next look.
   */
  const checkpoint = ({ connection }: Writer): void => {
    if (unseenCommits < LOOK_COMMITS && unseenBytes < LOOK_BYTES) return;
    unseenCommits = 0;
    unseenBytes = 0;
    const [state] = connection.db.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[];
    if (state && state.log - state.checkpointed > CHECKPOINT_PAGES) connection.db.pragma('wal_checkpoint(PASSIVE)');
  };

  const rollback = ({ transaction }: Writer): void => {
    try {
      transaction.rollback();
    } catch {
      drop();
    }
  };

  const queue = createWriteQueue<Writer>(
    {
      begin: () => {
        const open = ensure();
        const fileId = fileIdAt(place);
        if (fileId !== open.connection.fileId) throw fileId === null ? missing(place) : replaced(place);
        checkpoint(open);
        open.transaction.begin();
        return open;
      },
      commit: ({ transaction }) => {
        transaction.commit();
        commits++;
        unseenCommits++;
      },
      rollback,
      isBusy,
      failure: (error) => {
        if (!isEventStoreError(error) && !isBusy(error)) drop();
        return failure(error);
      },
      isRefusal: (error) => isEventStoreError(error),
    },
    lockWait,
  );

  return {
    write: (work, bytes = 0) =>
      queue.write((open) => {
        unseenBytes += bytes;
        return work(open);
      }, bytes),
    drain: queue.drain,
    current: () => writer,
    commits: () => commits,
    close: () => {
      const closing = writer;
      if (!closing) return;
      settleWriter(closing.connection.db);
      drop();
    },
  };
}

function prepareWriter(connection: Connection, now: () => bigint): Writer {
  const { db } = connection;
  const rows = createTopicRows(db);
  const commands = createTopicCommands(db, rows, now);
  const appends = createAppends(db, rows);
  return {
    connection,
    rows,
    append: appends.append,
    get commands() {
      appends.settle();
      return commands;
    },
    transaction: createTransaction(db, appends),
  };
}

/** A write transaction, its statements prepared. */
interface Transaction {
  begin(): void;
  commit(): void;
  rollback(): void;
}

function createTransaction(db: Connection['db'], appends: Appends): Transaction {
  const [begin, commit, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => db.prepare(sql));
  return {
    begin: () => void begin!.run(),
    commit: () => {
      appends.settle();
      commit!.run();
    },
    rollback: () => {
      appends.forget();
      if (db.inTransaction) rollback!.run();
    },
  };
}
