import { Worker } from 'node:worker_threads';
import type { StorageThreadData } from './storage-messages.ts';

/** The storage thread of a store. Run as TypeScript its code lies beside this file; built, everything main consists of lies side by side. */
export const STORAGE_THREAD = {
  entry: new URL(import.meta.url.endsWith('.ts') ? 'storage-worker.ts' : 'storage-worker.js', import.meta.url),
  adapters: ['fs', 'sqlite'],
} as const;

let ahead: { readonly key: string; readonly worker: Worker; readonly release: () => void } | null = null;

const keyOf = (entry: URL, { adapters, networkPaths }: StorageThreadData): string => JSON.stringify([entry.href, adapters, networkPaths]);

/** Starts one before a store is opened, which takes less time than starting one. The first that is like it is this one. */
export function startStorageWorkerAhead({ entry, adapters }: { readonly entry: URL; readonly adapters: readonly string[] }): void {
  const data: StorageThreadData = { adapters, networkPaths: false };
  const worker = new Worker(entry, { workerData: data });
  // Why it cannot be started is told by the next one, to somebody who waits for it.
  const forget = (): void => {
    if (ahead?.worker === worker) ahead = null;
  };
  worker.on('error', forget);
  worker.on('exit', forget);
  const release = (): void => {
    forget();
    worker.off('error', forget);
    worker.off('exit', forget);
  };
  ahead = { key: keyOf(entry, data), worker, release };
}

export function startStorageWorker(entry: URL, data: StorageThreadData): Worker {
  if (ahead?.key !== keyOf(entry, data)) return new Worker(entry, { workerData: data });
  const { worker, release } = ahead;
  release();
  return worker;
}
