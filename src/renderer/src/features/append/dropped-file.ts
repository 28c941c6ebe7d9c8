import { MAX_BATCH_BYTES } from '../../../../shared/ipc/contract/events.ts';

/** The text of a file that was dropped. @throws Error for a file that is larger than what is taken, or no text. */
export async function readDropped(file: File): Promise<string> {
  if (file.size > MAX_BATCH_BYTES) {
    throw new Error(`"${file.name.slice(0, 100)}" is larger than 16 MB. "tidemark append" on the command line takes more.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Error(`"${file.name.slice(0, 100)}" is not UTF-8 text.`);
  }
}
