import { setImmediate as turn } from 'node:timers/promises';
import { textPart } from '../../shared/model/text-part.ts';

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
export async function utf8Length(text: string): Promise<number> {
  let bytes = 0;
  for await (const slice of textSlices(text)) bytes += Buffer.byteLength(slice);
  return bytes;
}

/** The text of bytes in UTF-8. */
export async function decodedText(bytes: Uint8Array): Promise<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += SLICE) {
    if (start > 0) await turn();
    parts.push(decoder.decode(bytes.subarray(start, start + SLICE), { stream: true }));
  }
  return parts.join('') + decoder.decode();
}
