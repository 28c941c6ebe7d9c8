import type { EventStoreError } from '../../../shared/model/errors.ts';
import { isEventStoreError } from '../../../shared/model/errors.ts';
import { createAppends, type AppendBatch, type Appends } from './append-batch.ts';
import { createCheckpoints } from './checkpoints.ts';
import { missing, openWriter, replaced, settleWriter, type Connection } from './connections.ts';
import { fileIdAt } from './database-file.ts';
import type { LogCopier } from './log-copier.ts';
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
  close(): Promise<void>;
}

export interface WritingOptions {
  readonly place: string;
  readonly create: boolean;
  readonly lockWait: number;
  readonly now: () => bigint;
  readonly logCopier: LogCopier | null;
  readonly failure: (error: unknown) => EventStoreError;
  /** Called once when the connection for writing has been opened. */
  readonly opened: () => void;
}

/** The writer of one repository: opened at the first write, in the state finding 1 of the measurements demands. */
export function createWriting({ place, create, lockWait, now, logCopier, failure, opened }: WritingOptions): Writing {
  let writer: Writer | null = null;
  let commits = 0;
  let bytesWritten = 0;
  const checkpoints = createCheckpoints(place, logCopier);
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

  const rollback = ({ transaction }: Writer): void => {
    try {
      transaction.rollback();
    } catch {
      drop();
    }
  };

  const queue = createWriteQueue<Writer>(
    {
      rest: () => {
        try {
          return writer && checkpoints.look(writer.connection);
        } catch {
          // Whatever is wrong with the file is said by the next transaction.
          return null;
        }
      },
      begin: () => {
        const open = ensure();
        const fileId = fileIdAt(place);
        if (fileId !== open.connection.fileId) throw fileId === null ? missing(place) : replaced(place);
        open.transaction.begin();
        return open;
      },
      commit: ({ transaction }) => {
        transaction.commit();
        commits++;
        checkpoints.wrote(bytesWritten);
        bytesWritten = 0;
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
        bytesWritten += bytes;
        return work(open);
      }, bytes),
    drain: queue.drain,
    current: () => writer,
    commits: () => commits,
    close: async () => {
      await checkpoints.close();
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
