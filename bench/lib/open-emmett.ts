import Database from 'better-sqlite3';
import type { Bench } from './bench.ts';
import type { Connection, EmmettStore, LoadedEmmett } from './emmett.ts';
import { plainEvents, type PlainEvent } from './events.ts';

/** emmett as it is by default, with a connection for each call, and on one connection that it keeps. */
export interface OpenedEmmett {
  append(events: readonly PlainEvent[]): Promise<void>;
  appendShared(events: readonly PlainEvent[]): Promise<void>;
  read(after: number, limit: number): Promise<unknown>;
  /** Of a connection as emmett opens it for each call. */
  synchronous(): Promise<number>;
  /** Of the very connection that it keeps. */
  synchronousShared(): Promise<number>;
  close(): void;
}

const STREAM = 'orders';
const TRIES = 5;

/**
 * In turn: a connection of emmett switches its file to WAL unasked and unawaited, and makes its tables in a transaction. Where
 * the switch comes second it is refused ("cannot change into wal mode from within a transaction"), which nobody catches. A
 * file that is in WAL already has nothing to switch.
 */
export async function openEmmett(emmett: LoadedEmmett, scratch: Bench['scratch']): Promise<OpenedEmmett> {
  const [fileName, sharedName, unused] = ['emmett.db', 'emmett-shared.db', 'unused.db'].map((name) => {
    const place = scratch(name);
    const db = new Database(place);
    db.pragma('journal_mode = WAL');
    db.close();
    return place;
  }) as [string, string, string];
  const own = emmett.getSQLiteEventStore({ fileName });
  await append(own, 'first', plainEvents(1));
  const connection = emmett.sqliteConnection({ fileName: sharedName });
  const shared = emmett.getSQLiteEventStore({ fileName: unused, connectionOptions: { connection, singleton: true } });
  await append(shared, 'first', plainEvents(1));
  return {
    append: (events) => append(own, STREAM, events),
    appendShared: (events) => append(shared, STREAM, events),
    read: (after, limit) => own.readStream(STREAM, { from: BigInt(after), to: BigInt(after + limit) }),
    synchronous: async () => {
      const fresh = emmett.sqliteConnection({ fileName });
      const value = await synchronousOf(fresh);
      fresh.close();
      return value;
    },
    synchronousShared: () => synchronousOf(connection),
    close: () => connection.close(),
  };
}

/** Now and then emmett is refused its commit ("SQL statements in progress") and rolls back. It is asked again, as a program would ask. */
async function append(store: EmmettStore, stream: string, events: readonly PlainEvent[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await store.appendToStream(stream, events);
      return;
    } catch (error) {
      const refused = error instanceof Error && error.message.includes('SQL statements in progress');
      if (!refused || tries === TRIES) throw error;
    }
  }
}

async function synchronousOf(connection: Connection): Promise<number> {
  const row = await connection.querySingle<{ readonly synchronous: number }>('PRAGMA synchronous');
  return row?.synchronous ?? NaN;
}
