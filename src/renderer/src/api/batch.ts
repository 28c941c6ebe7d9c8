import { EventStoreError } from '../../../shared/model/errors.ts';

interface Waiting<T> {
  readonly key: string;
  readonly signal: AbortSignal;
  readonly done: (value: T) => void;
  readonly fail: (error: unknown) => void;
}

export interface BatchOptions<T> {
  /** Answers one value a key, in the order of the keys. */
  readonly load: (keys: readonly string[]) => Promise<readonly T[]>;
  /** Keys of one call. */
  readonly most: number;
  /** Milliseconds that calls are gathered: who has turned away by then is not asked for. */
  readonly wait: number;
}

/** One call for what many parts of the page ask at the same time. */
export function createBatch<T>({ load, most, wait }: BatchOptions<T>): (key: string, signal: AbortSignal) => Promise<T> {
  let waiting: Waiting<T>[] = [];

  const send = async (batch: readonly Waiting<T>[]): Promise<void> => {
    try {
      const values = await load(batch.map(({ key }) => key));
      for (const [index, { done, fail }] of batch.entries()) {
        const value = values[index];
        if (value === undefined) fail(new EventStoreError('REPOSITORY_FAILED', 'An answer is missing.'));
        else done(value);
      }
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  };

  const flush = (): void => {
    const gathered = waiting;
    waiting = [];
    const wanted = gathered.filter(({ signal }) => !signal.aborted);
    for (const { signal, fail } of gathered) if (signal.aborted) fail(new EventStoreError('CANCELLED', 'Nobody waits for it any more.'));
    for (let from = 0; from < wanted.length; from += most) void send(wanted.slice(from, from + most));
  };

  return (key, signal) =>
    new Promise((done, fail) => {
      if (waiting.length === 0) setTimeout(flush, wait);
      waiting.push({ key, signal, done, fail });
    });
}
