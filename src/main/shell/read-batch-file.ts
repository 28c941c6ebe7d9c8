import { constants, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_BATCH_BYTES, type BatchFile } from '../../shared/ipc/contract/events.ts';
import { EventStoreError } from '../../shared/model/errors.ts';

/**
 * Reads a file of events whole, as the text it is: UTF-8, without the byte order mark that some editors put in front.
 * @throws EventStoreError INVALID_INPUT for what is larger than MAX_BATCH_BYTES, no regular file or not UTF-8;
 * STORAGE_UNAVAILABLE for what cannot be read.
 */
export async function readBatchFile(path: string): Promise<BatchFile> {
  const name = basename(path);
  const refuse = (reason: string): EventStoreError =>
    new EventStoreError('INVALID_INPUT', `"${name}" was not taken: ${reason} The draft is as it was.`, { path });
  const bytes = await readBytes(path, refuse).catch((error: unknown) => {
    if (error instanceof EventStoreError) throw error;
    throw new EventStoreError('STORAGE_UNAVAILABLE', `"${name}" could not be read: ${(error as Error).message}`, { path });
  });
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw refuse('it is not UTF-8 text.');
  }
}

async function readBytes(path: string, refuse: (reason: string) => EventStoreError): Promise<Uint8Array> {
  // A pipe would keep the window waiting for whoever writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : Promise.reject(refuse('it is no ordinary file.'))));
    if (size > MAX_BATCH_BYTES) {
      throw refuse(`it has ${size} bytes, and ${MAX_BATCH_BYTES} are taken here. "tidemark append" on the command line takes more.`);
    }
    const bytes = new Uint8Array(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await file.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}
