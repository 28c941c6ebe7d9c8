import type { Statement } from 'better-sqlite3';
import { setTimeout } from 'node:timers/promises';
import type { EventStoreError } from '../../../shared/model/errors.ts';
import { missing, openReader, replaced, type Connection } from './connections.ts';
import { fileIdAt } from './database-file.ts';
import { createPageReader, type PageReader } from './page-reader.ts';
import { createScanner, type Scanner } from './scanner.ts';
import { isBusy, needsPrivateCopy } from './sqlite-failure.ts';
import { createTopicRows, type TopicRows } from './topic-rows.ts';
import { createIdReader, type IdReader } from './id-reader.ts';
import { createStatisticsReader, type StatisticsReader } from './topic-statistics.ts';
import { createTypeNames } from './type-names.ts';

/** A connection for reading and what is prepared on it. */
export interface Reader {
  readonly connection: Connection;
  readonly begin: Statement;
  readonly rollback: Statement;
  readonly rows: TopicRows;
  readonly pages: PageReader;
  readonly scans: Scanner;
  readonly ids: IdReader;
  readonly statistics: StatisticsReader;
  /** Counts the readers so far: data_version starts again with each. */
  readonly generation: number;
}

export interface Reading {
  /** Runs `work` in one read transaction. `whenNothing` answers while the database does not exist yet. */
  read<T>(work: (reader: Reader) => T, whenNothing: () => T): Promise<T>;
  /** The reader that is open, if any. */
  current(): Reader | null;
  /** Gives the connection back; the next read opens another. */
  close(): void;
}

const LONGEST_PAUSE = 50;

/** One connection for reading, opened when first needed. It follows a file that other processes write, in both journal modes. */
export function createReading(place: string, create: boolean, lockWait: number, failure: (error: unknown) => EventStoreError): Reading {
  let reader: Reader | null = null;
  let generation = 0;
  let existed = !create;

  const close = (): void => {
    reader?.connection.close();
    reader = null;
  };

  /** The reader of the file that lies at the place now. */
  const ensure = (): Reader | null => {
    const fileId = fileIdAt(place);
    if (fileId === null && existed) throw missing(place);
    if (reader && reader.connection.fileId !== fileId) throw replaced(place);
    if (reader?.connection.copy?.isCurrent() === false) close();
    if (reader) return reader;
    const connection = openReader(place);
    if (!connection) {
      if (existed) throw missing(place);
      return null;
    }
    existed = true;
    try {
      const { db } = connection;
      let scans: Scanner | null = null;
      let ids: IdReader | null = null;
      let statistics: StatisticsReader | null = null;
      reader = {
        connection,
        begin: db.prepare('BEGIN'),
        rollback: db.prepare('ROLLBACK'),
        rows: createTopicRows(db),
        pages: createPageReader(db),
        // Most who open a store ask for none of these, and statements take a while to prepare.
        get scans() {
          return (scans ??= createScanner(db));
        },
        get ids() {
          return (ids ??= createIdReader(db));
        },
        get statistics() {
          return (statistics ??= createStatisticsReader(db, createTypeNames(db)));
        },
        generation: ++generation,
      };
      return reader;
    } catch (error) {
      connection.close();
      throw error;
    }
  };

  const attempt = <T>(work: (reader: Reader) => T, whenNothing: () => T): T => {
    const open = ensure();
    if (!open) return whenNothing();
    const { db } = open.connection;
    open.begin.run();
    try {
      return work(open);
    } finally {
      // There is nothing to commit, and a commit would repeat the error of a damaged page that was already dealt with.
      if (db.inTransaction) open.rollback.run();
    }
  };

  return {
    current: () => reader,
    close,
    read: async (work, whenNothing) => {
      const start = performance.now();
      let reopened = false;
      for (let pause = 1; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
        try {
          return attempt(work, whenNothing);
        } catch (error) {
          if (needsPrivateCopy(error) && !reopened) {
            // A writer died since: what it left behind cannot be read in place.
            reopened = true;
            close();
            continue;
          }
          if (!isBusy(error) || performance.now() - start >= lockWait) throw failure(error);
        }
        await setTimeout(pause);
      }
    },
  };
}
