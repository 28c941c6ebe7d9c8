import { constants, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_BATCH_BYTES } from '../../shared/ipc/contract/events.ts';
import { MAX_FOLD_CHARS } from '../../shared/ipc/contract/folds.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { TextFile } from '../../shared/model/text-parts.ts';
import { decodedText } from './text-slices.ts';

export interface TextFileLimits {
  readonly most: number;
  /** What to do about a file that is larger. */
  readonly instead: string;
  /** What a person need not fear when a file is refused. */
  readonly unharmed: string;
}

export const BATCH_FILE: TextFileLimits = {
  most: MAX_BATCH_BYTES,
  instead: '"tidemark append" on the command line takes more.',
  unharmed: 'The draft is as it was.',
};

/** In bytes of UTF-8, of which a UTF-16 unit is at least one. */
export const FOLD_FILE: TextFileLimits = {
  most: MAX_FOLD_CHARS,
  instead: '"tidemark fold" on the command line takes more.',
  unharmed: 'The editor is as it was.',
};

/**
 * Reads a file whole, as the text it is: UTF-8, without the byte order mark that some editors put in front.
 * @throws EventStoreError INVALID_INPUT for what is larger than `most` bytes, no regular file or not UTF-8;
 * STORAGE_UNAVAILABLE for what cannot be read.
 */
export async function readTextFile(path: string, { most, instead, unharmed }: TextFileLimits): Promise<TextFile> {
  const name = basename(path);
  const refuse = (reason: string): EventStoreError =>
    new EventStoreError('INVALID_INPUT', `"${name}" was not taken: ${reason} ${unharmed}`, { path });
  const tooLarge = (size: number): EventStoreError => refuse(`it has ${size} bytes, and ${most} are taken here. ${instead}`);
  const bytes = await readBytes(path, { most, refuse, tooLarge }).catch((error: unknown) => {
    if (error instanceof EventStoreError) throw error;
    throw new EventStoreError('STORAGE_UNAVAILABLE', `"${name}" could not be read: ${(error as Error).message}`, { path });
  });
  try {
    return { name, text: await decodedText(bytes, 'file') };
  } catch {
    throw refuse('it is not UTF-8 text.');
  }
}

interface Refusals {
  readonly most: number;
  readonly refuse: (reason: string) => EventStoreError;
  readonly tooLarge: (size: number) => EventStoreError;
}

async function readBytes(path: string, { most, refuse, tooLarge }: Refusals): Promise<Uint8Array> {
  // A pipe would keep the window waiting for whoever writes into it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : Promise.reject(refuse('it is no ordinary file.'))));
    if (size > most) throw tooLarge(size);
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
