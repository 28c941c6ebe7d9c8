import { EventStoreError, errorFromFacts } from '../../shared/model/errors.ts';
import type { RepositoryAdapter, RepositoryAdapters, RepositoryLocation } from '../eventstore/ports/event-repository.ts';
import { createOutbox } from './outbox.ts';
import { startStorageWorker } from './start-storage-worker.ts';
import type { Ask, OpenedHandle, StorageAnswer, StorageQuestion } from './storage-messages.ts';
import { threadedRepository } from './threaded-repository.ts';

export interface StorageThreadOptions {
  /** The thread's code: storage-worker.ts beside this file, or what the build made of it. */
  readonly entry: URL;
  /** Which adapters the thread is to have: fs, sqlite. */
  readonly adapters: readonly string[];
  /** UNC and device paths may be opened. */
  readonly networkPaths?: boolean | undefined;
}

export interface StorageThread {
  /** The same adapters as in this thread; every call is a message. */
  readonly adapters: RepositoryAdapters;
  /** Closes every repository that is still open, then the thread. A second call waits for the first. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: EventStoreError) => void;
}

/**
 * One thread for any number of repositories. When it dies, everything in flight and everything later is
 * STORAGE_UNAVAILABLE; what was acknowledged is on the disk.
 */
export function openStorageThread({ entry, adapters, networkPaths = false }: StorageThreadOptions): StorageThread {
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  let over: EventStoreError | null = null;
  let closing: Promise<void> | null = null;
  const worker = startStorageWorker(entry, { adapters, networkPaths });

  const end = (reason: EventStoreError): void => {
    over ??= reason;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { reject } of left) reject(over);
  };
  const exited = new Promise<void>((resolve) => {
    worker.once('exit', (code) => {
      end(closing ? closed() : died(`it ended with code ${code}`));
      resolve();
    });
  });
  worker.on('error', (error) => end(died(error instanceof Error ? error.message : String(error))));
  worker.on('messageerror', (error) => {
    end(died(`an answer could not be read: ${error.message}`));
    void worker.terminate();
  });
  worker.on('message', (answers: readonly StorageAnswer[]) => {
    for (const answer of answers) {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) asked?.reject(errorFromFacts(answer.error));
      else asked?.resolve(answer.value as never);
    }
  });

  const outbox = createOutbox<StorageQuestion>(
    (questions) => worker.postMessage(questions),
    ({ id }, error) => {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `This cannot be handed to the storage thread: ${reason}. Pass plain data.`;
      waiting.get(id)?.reject(new EventStoreError('INVALID_INPUT', message, { reason }));
      waiting.delete(id);
    },
  );

  const send: Ask = (request) =>
    new Promise((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      const id = ++ids;
      waiting.set(id, { resolve, reject });
      outbox.add({ id, request });
    });
  const ask: Ask = (request) => (closing && !over ? Promise.reject(closed()) : send(request));

  return {
    adapters: Object.fromEntries(adapters.map((name) => [name, threadedAdapter(name, ask)])),
    close: () => {
      closing ??= (async () => {
        // A thread that died has nothing left to close.
        await send<void>({ kind: 'shutdown' }).catch(() => undefined);
        end(closed());
        await worker.terminate();
        await exited;
      })();
      return closing;
    },
  };
}

function threadedAdapter(adapter: string, ask: Ask): RepositoryAdapter {
  return {
    locate: (connection, base) => ask<RepositoryLocation>({ kind: 'locate', adapter, connection, base }),
    open: async (location, options) =>
      threadedRepository(await ask<OpenedHandle>({ kind: 'open', adapter, location, options }), location, ask),
  };
}

function died(reason: string): EventStoreError {
  return new EventStoreError(
    'STORAGE_UNAVAILABLE',
    `The thread that reads and writes the store has stopped (${reason}). What was acknowledged is safe; open the store again.`,
    { reason },
  );
}

function closed(): EventStoreError {
  return new EventStoreError('REPOSITORY_CLOSED', 'The storage thread is closed. Open the store again.');
}
