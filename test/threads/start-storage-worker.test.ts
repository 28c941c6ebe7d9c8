import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { startStorageWorker, startStorageWorkerAhead } from '../../src/main/threads/start-storage-worker.ts';

const workers: Worker[] = [];

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate();
});

/** A thread that answers what it was started with. */
const ECHO = new URL(
  `data:text/javascript,${encodeURIComponent(
    `import { parentPort, workerData } from 'node:worker_threads'; parentPort.on('message', () => parentPort.postMessage(workerData));`,
  )}`,
);
const BROKEN = new URL(`data:text/javascript,${encodeURIComponent('throw new Error("no such code")')}`);
const DATA = { adapters: ['fs', 'sqlite'], networkPaths: false };

function start(entry: URL, data = DATA): Worker {
  const worker = startStorageWorker(entry, data);
  workers.push(worker);
  return worker;
}

async function told(worker: Worker): Promise<unknown> {
  worker.postMessage('with what?');
  const [data] = (await once(worker, 'message')) as [unknown];
  return data;
}

test('the first that is like the one begun ahead is that one; the next is another', async () => {
  startStorageWorkerAhead({ entry: ECHO, adapters: DATA.adapters });
  // Threads are numbered as they are made.
  const other = start(ECHO, { ...DATA, networkPaths: true });
  const [first, second] = [start(ECHO), start(ECHO)];
  expect([first.threadId, second.threadId]).toEqual([other.threadId - 1, other.threadId + 1]);
  expect(await Promise.all([other, first, second].map(told))).toEqual([{ ...DATA, networkPaths: true }, DATA, DATA]);
});

test('one that died before it was asked for is not taken, and harms nobody', async () => {
  const made = once(process, 'worker') as Promise<[Worker]>;
  startStorageWorkerAhead({ entry: BROKEN, adapters: DATA.adapters });
  const [ahead] = await made;
  const { threadId } = ahead;
  await new Promise((resolve) => ahead.once('exit', resolve));
  const worker = start(BROKEN);
  expect(worker.threadId).toBeGreaterThan(threadId);
  const [error] = (await once(worker, 'error')) as [Error];
  expect(error.message).toBe('no such code');
});
