import { parentPort, workerData } from 'node:worker_threads';
import { fileSystemAdapter } from '../adapters/filesystem/file-system-adapter.ts';
import { sqliteAdapter } from '../adapters/sqlite/sqlite-adapter.ts';
import { openCheckpointThread } from './checkpoint-thread.ts';
import { serveStorage } from './serve-storage.ts';
import type { StorageThreadData } from './storage-messages.ts';

// The entry of the storage thread: everything that may take longer than a frame happens here.
const { adapters, networkPaths } = workerData as StorageThreadData;
const here = import.meta.url;
const logCopier = openCheckpointThread(new URL(here.endsWith('.ts') ? 'checkpoint-worker.ts' : 'checkpoint-worker.js', here));
const all = { fs: fileSystemAdapter({ networkPaths }), sqlite: sqliteAdapter({ networkPaths, logCopier }) };

if (parentPort) serveStorage(parentPort, Object.fromEntries(Object.entries(all).filter(([name]) => adapters.includes(name))));
