import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isCompactJson, QUICK_LENGTH } from '../../src/shared/model/compact-json.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Pieces that JSON is made of, and their like. */
const PIECES: readonly string[] =
  String.raw`{ } [ ] , : " \ \" \u00e9 \u12 \x "a" "a": "" "\\" "\ud800" 0 - -0 01 1. .5 1.50 1e5 1E-07 1e +1
  12345678901234567890 true false null nul NaN`
    .split(/\s+/)
    .concat(
      ' ',
      '\n',
      '\t',
      '\u00a0',
      '\ufeff',
      '\u2028',
      '"\u2028"',
      '"\u007f"',
      '"\n"',
      '"\u0000"',
      '\u0000',
      '"tab\t"',
      '\b',
      '"\u{1f600}"',
    );
const made = fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }).map((pieces) => pieces.join(''));
/** A text that is nearly one: a character taken out, put in or changed. */
const nearly = fc
  .tuple(fc.json({ maxDepth: 5 }), fc.nat(), fc.nat(2), fc.constantFrom(...PIECES))
  .map(([text, at, cut, piece]) => `${text.slice(0, at % (text.length + 1))}${piece}${text.slice((at % (text.length + 1)) + cut)}`);

it('says yes only to what JSON.parse takes', () => {
  fc.assert(
    fc.property(fc.oneof(made, nearly, fc.string()), (text) => {
      if (isCompactJson(text)) expect(isJson(text), JSON.stringify(text)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

it('says yes to every value as JSON.stringify writes it, three levels deep', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
      expect(isCompactJson(JSON.stringify(value))).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(isCompactJson('[[[]]]')).toBe(true);
});

it('says no to white space between tokens, and to what it cannot tell quickly', () => {
  for (const text of [
    ' 1',
    '1 ',
    '1\n',
    '[1, 2]',
    '{"a" :1}',
    '[\u00a01]',
    '[ ]',
    '{ }',
    '',
    '[[[[1]]]]',
    `"${'x'.repeat(QUICK_LENGTH)}"`,
  ]) {
    expect(isCompactJson(text), JSON.stringify(text.slice(0, 20))).toBe(false);
  }
  expect(isCompactJson('{"a b":" c\\n"}')).toBe(true);
});

it('refuses long texts as fast as it takes them', () => {
  const long = (piece: string, around: readonly [string, string]): string =>
    `${around[0]}${piece.repeat(60_000 / piece.length)}${around[1]}`;
  for (const text of [
    long('1,', ['[', '']),
    long('1', ['', 'x']),
    long('"a":"b",', ['{', '"']),
    long('\\n', ['"', '']),
    long('[[[', ['', '']),
    long('{"a":[1.5,"x"]},', ['[', '1x]']),
    long('12.5e10,', ['[', '}']),
  ]) {
    const began = performance.now();
    expect(isCompactJson(text)).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
  }
});
