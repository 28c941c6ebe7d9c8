import { parentPort } from 'node:worker_threads';
import { createLogCopier } from '../adapters/sqlite/log-copier.ts';
import type { CheckpointAnswer, CheckpointQuestion } from './checkpoint-thread.ts';

// The entry of the thread that copies logs into databases while the storage thread goes on writing.
const copier = createLogCopier();

const answer = async ({ id, place, fileId }: CheckpointQuestion): Promise<void> => {
  try {
    await (fileId === null ? copier.release(place) : copier.copy(place, fileId));
    parentPort?.postMessage({ id, error: null } satisfies CheckpointAnswer);
  } catch (error) {
    parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) } satisfies CheckpointAnswer);
  }
};

parentPort?.on('message', (question: CheckpointQuestion) => void answer(question));
