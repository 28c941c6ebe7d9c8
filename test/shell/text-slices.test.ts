import { expect, it } from 'vitest';
import { TextParts } from '../../src/shared/model/text-parts.ts';
import { decodedText, textSlices, utf8Length } from '../../src/main/shell/text-slices.ts';

const MIB = 1024 * 1024;

/** Long texts whose characters lie across the cuts, with all that decoding could lose. */
const TEXTS: readonly string[] = [
  '',
  'short',
  '\ufeffwith a mark at the beginning',
  'x'.repeat(3 * MIB),
  `${'x'.repeat(MIB - 1)}\u{1F600}${'é'.repeat(MIB)}`,
  '\u{1F600}'.repeat(MIB + 1),
  `${'€'.repeat(MIB)}end`,
];

it('slices are texts by themselves and together the text', async () => {
  for (const text of TEXTS) {
    const slices: string[] = [];
    for await (const slice of textSlices(text)) slices.push(slice);
    expect(slices.join('') === text).toBe(true);
    expect(slices.every((slice) => slice.isWellFormed() && slice.length <= MIB)).toBe(true);
    expect(slices.length).toBeGreaterThanOrEqual(Math.ceil(text.length / MIB));
  }
});

it('bytes are counted and decoded as in one piece', async () => {
  for (const text of TEXTS) {
    const bytes = Buffer.from(text);
    expect(await utf8Length(new TextParts(['', text, text]))).toBe(2 * bytes.length);
    const own = await decodedText(bytes, 'own');
    expect(own.whole() === text).toBe(true);
    expect(own.length).toBe(text.length);
    expect((await decodedText(bytes, 'file')).whole() === text.replace('\ufeff', '')).toBe(true);
  }
  expect((await decodedText(Buffer.from([0x61, 0xff, 0x62]), 'own')).whole()).toBe('a\ufffdb');
  await expect(decodedText(Buffer.from([0x61, 0xff, 0x62]), 'file')).rejects.toThrow(TypeError);
  // A character that is cut off at the end of a slice, or of the file.
  const torn = Buffer.concat([Buffer.alloc(MIB - 1, 'x'), Buffer.from('é')]);
  expect((await decodedText(torn, 'file')).whole()).toBe(torn.toString());
  await expect(decodedText(torn.subarray(0, -1), 'file')).rejects.toThrow(TypeError);
});

it('others have their turn between two slices', async () => {
  let turns = 0;
  const count = (): void => {
    turns++;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const bytes = Buffer.from('x'.repeat(8 * MIB));
  await decodedText(bytes, 'own');
  expect(turns).toBeGreaterThanOrEqual(7);
  turns = 0;
  // As a draft comes: each part is short.
  await utf8Length(new TextParts(Array.from({ length: 80 }, () => 'ü☕'.repeat(MIB / 20))));
  expect(turns).toBeGreaterThanOrEqual(7);
  clearImmediate(timer);
});
