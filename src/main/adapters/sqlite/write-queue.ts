import { setImmediate, setTimeout } from 'node:timers/promises';

/** What the queue needs of a database: one write transaction at a time. */
export interface WriteTransactions<Connection> {
  /** What has to be done before the next transaction, if anything. Must not throw or reject. */
  rest(): Promise<void> | null;
  /** Starts the transaction and answers the connection that holds it. */
  begin(): Connection;
  commit(connection: Connection): void;
  /** Undoes the open transaction, if any. Must not throw. */
  rollback(connection: Connection): void;
  isBusy(error: unknown): boolean;
  /** Every error that leaves the queue goes through here; busy ones arrive after the wait. */
  failure(error: unknown): Error;
  /** True for a refusal by a rule: work decides before it writes, so that a refusal leaves the transaction as it was. */
  isRefusal(error: unknown): boolean;
}

export interface WriteQueue<Connection> {
  /** Resolves with what `work` answered once the transaction that held it is durable. `bytes` is its rough size. */
  write<T>(work: (connection: Connection) => T, bytes?: number): Promise<T>;
  /** Waits until all that was queued has been answered. */
  drain(): Promise<void>;
}

interface Task<Connection> {
  readonly work: (connection: Connection) => unknown;
  readonly bytes: number;
  readonly since: number;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** One transaction takes so much of what is waiting and no more: reads of the same thread wait for it. */
const GROUP_TASKS = 512;
const GROUP_BYTES = 1024 * 1024;
const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 15;

/**
 * Writers of one process, in the order they came. What is waiting when a transaction starts shares it and its one
 * flush to disk; each piece of work is answered only after the commit. Between two transactions, and while another
 * process holds the lock, the event loop is free.
 */
export function createWriteQueue<Connection>(database: WriteTransactions<Connection>, lockWait: number): WriteQueue<Connection> {
  const waiting: Task<Connection>[] = [];
  let running: Promise<void> | null = null;

  const run = async (): Promise<void> => {
    let lockedSince: number | null = null;
    let pause = FIRST_PAUSE;
    await Promise.resolve();
    while (waiting.length > 0) {
      const rest = database.rest();
      if (rest) await rest;
      const group = takeGroup(waiting);
      const busy = runGroup(database, group);
      if (busy === null) {
        lockedSince = null;
        pause = FIRST_PAUSE;
        await setImmediate();
        continue;
      }
      const now = performance.now();
      lockedSince ??= now;
      const start = lockedSince;
      const patient = group.filter((task) => now - Math.max(task.since, start) < lockWait);
      for (const task of group) if (!patient.includes(task)) task.reject(database.failure(busy));
      waiting.unshift(...patient);
      if (patient.length === 0) continue;
      await setTimeout(pause * (0.5 + Math.random()));
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
    // In the same turn as the last look at the queue: whoever comes next starts a new run.
    running = null;
  };

  return {
    write: (work, bytes = 0) =>
      new Promise((resolve, reject) => {
        waiting.push({ work, bytes, since: performance.now(), resolve, reject });
        running ??= run();
      }),
    drain: async () => {
      while (running !== null) await running;
    },
  };
}

function takeGroup<Connection>(waiting: Task<Connection>[]): Task<Connection>[] {
  let bytes = 0;
  let count = 0;
  for (const task of waiting) {
    bytes += task.bytes;
    if (count > 0 && (bytes > GROUP_BYTES || count === GROUP_TASKS)) break;
    count++;
  }
  return waiting.splice(0, count);
}

/** Answers every task of the group, or, answering none, the error of a lock that another connection holds. */
function runGroup<Connection>(database: WriteTransactions<Connection>, group: readonly Task<Connection>[]): unknown {
  let connection: Connection;
  try {
    connection = database.begin();
  } catch (error) {
    if (database.isBusy(error)) return error;
    rejectAll(database, group, error);
    return null;
  }
  const answers: (() => void)[] = [];
  for (const task of group) {
    try {
      const value = task.work(connection);
      answers.push(() => task.resolve(value as never));
    } catch (error) {
      const sound = group.length > 1 && database.isRefusal(error);
      if (sound) {
        answers.push(() => task.reject(database.failure(error)));
        continue;
      }
      database.rollback(connection);
      if (database.isBusy(error)) return error;
      return runApart(database, group, error);
    }
  }
  try {
    database.commit(connection);
  } catch (error) {
    database.rollback(connection);
    if (database.isBusy(error)) return error;
    rejectAll(database, group, error);
    return null;
  }
  for (const answer of answers) answer();
  return null;
}

/** One failed for a reason that is not a rule's: the others must not suffer for it, so each gets its own transaction. */
function runApart<Connection>(database: WriteTransactions<Connection>, group: readonly Task<Connection>[], error: unknown): unknown {
  if (group.length === 1) {
    rejectAll(database, group, error);
    return null;
  }
  for (const task of group) {
    const busy = runGroup(database, [task]);
    if (busy !== null) rejectAll(database, [task], busy);
  }
  return null;
}

function rejectAll<Connection>(database: WriteTransactions<Connection>, group: readonly Task<Connection>[], error: unknown): void {
  const failure = database.failure(error);
  for (const task of group) task.reject(failure);
}
