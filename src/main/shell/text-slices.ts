import { setImmediate as turn } from 'node:timers/promises';
import { textPart } from '../../shared/model/text-part.ts';
import { TextParts } from '../../shared/model/text-parts.ts';

/** UTF-16 units, or bytes: encoding or decoding so many takes about a millisecond. */
const SLICE = 1024 * 1024;

/** A text in slices that are texts by themselves, with a turn of the loop between two: nobody waits for a long one. */
export async function* textSlices(text: string): AsyncGenerator<string> {
  for (let start = 0; start < text.length;) {
    const slice = textPart(text, start, SLICE);
    yield slice;
    start += slice.length;
    if (start < text.length) await turn();
  }
}

/** How many bytes a text is in UTF-8. */
export async function utf8Length({ parts }: TextParts): Promise<number> {
  let bytes = 0;
  let counted = 0;
  for (const part of parts) {
    for await (const slice of textSlices(part)) {
      bytes += Buffer.byteLength(slice);
      counted += slice.length;
      if (counted < SLICE) continue;
      counted = 0;
      await turn();
    }
  }
  return bytes;
}

/**
 * The text of bytes in UTF-8: as it is where it was written by Tidemark, or of a file, without the byte order mark that some
 * editors put in front. @throws TypeError for a file that is not UTF-8
 */
export async function decodedText(bytes: Uint8Array, from: 'own' | 'file'): Promise<TextParts> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: from === 'own', fatal: from === 'file' });
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += SLICE) {
    if (start > 0) await turn();
    parts.push(decoder.decode(bytes.subarray(start, start + SLICE), { stream: true }));
  }
  return new TextParts([...parts, decoder.decode()]);
}
