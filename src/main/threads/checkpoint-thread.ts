import { Worker } from 'node:worker_threads';
import type { LogCopier } from '../adapters/sqlite/log-copier.ts';

/** Copy the log of the database at `place`, or with `fileId` null give it back. */
export interface CheckpointQuestion {
  readonly id: number;
  readonly place: string;
  readonly fileId: string | null;
}

/** `error` null: done. */
export interface CheckpointAnswer {
  readonly id: number;
  readonly error: string | null;
}

/** A copier of logs on a thread of its own, begun when it is first needed. When it dies, all that is asked of it rejects. */
export function openCheckpointThread(entry: URL): LogCopier {
  const waiting = new Map<number, { readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  let worker: Worker | null = null;
  let over: Error | null = null;
  let ids = 0;

  const end = (reason: Error): void => {
    over ??= reason;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };

  const begin = (): Worker => {
    const begun = new Worker(entry);
    begun.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
    begun.on('exit', () => end(new Error('The thread for checkpoints has ended.')));
    begun.on('message', ({ id, error }: CheckpointAnswer) => {
      const asked = waiting.get(id);
      waiting.delete(id);
      if (error === null) asked?.resolve();
      else asked?.reject(new Error(error));
    });
    // It holds nothing that has to be waited for.
    begun.unref();
    return begun;
  };

  const ask = (place: string, fileId: string | null): Promise<void> =>
    new Promise((resolve, reject) => {
      if (over) {
        reject(over);
        return;
      }
      worker ??= begin();
      const id = ++ids;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, place, fileId } satisfies CheckpointQuestion);
    });

  return {
    copy: (place, fileId) => ask(place, fileId),
    // A thread that has gone holds nothing any more.
    release: (place) => ask(place, null).catch(() => undefined),
  };
}
