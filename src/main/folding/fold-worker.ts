import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { FoldThreadData } from './fold-messages.ts';
import { serveFolds } from './serve-folds.ts';

// The entry of a fold's thread: the person's code runs in QuickJS in here, and nowhere else.
const { wasm, memory, time, control } = workerData as FoldThreadData;

if (parentPort) {
  const { buffer } = new Uint8Array(readFileSync(wasm));
  serveFolds(parentPort, { engine: buffer, memory, time, control: new Int32Array(control) });
}
