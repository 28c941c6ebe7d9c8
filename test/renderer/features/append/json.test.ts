import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonFault } from '../../../../src/renderer/src/features/append/json-fault.ts';
import { arrayItems, formatJson, minifyJson, objectMembers } from '../../../../src/renderer/src/features/append/json-scan.ts';

describe('the fault of a JSON text', () => {
  test('is null for exactly the texts that are one JSON value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:1e-t') })), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(jsonFault(text) === null).toBe(valid);
      }),
    );
  });

  test('names the place wherever the text goes wrong', () => {
    expect(jsonFault('{"a" 1}')).toEqual({ at: 5, message: 'Expected ":" after the key, found "1".' });
    expect(jsonFault('{\n "a": tru\n}')).toMatchObject({ at: 8 });
    expect(jsonFault('{"a":}')).toMatchObject({ at: 5 });
  });

  test('is found at any depth', () => {
    expect(jsonFault('['.repeat(200_000) + ']'.repeat(200_000))).toBeNull();
    expect(jsonFault('['.repeat(200_000))).toMatchObject({ at: 200_000 });
  });
});

const odd = ['9007199254740993', '1e400', '1.10', '-0', '{"a":1,"a":2}', '"\\u0061\\/"', '{"__proto__":{}}', '[]', '{}', '" , : { "'];

describe('laying out JSON', () => {
  const text = fc.oneof(
    fc.json(),
    fc.constantFrom(...odd),
    fc.array(fc.constantFrom(...odd)).map((items) => `[${items.join(' , ')}]`),
  );

  test('keeps every token, both ways', () => {
    fc.assert(
      fc.property(text, (json) => {
        const flat = minifyJson(json);
        expect(jsonFault(formatJson(json))).toBeNull();
        expect(minifyJson(formatJson(json))).toBe(flat);
        expect(formatJson(flat)).toBe(formatJson(json));
        expect(JSON.stringify(JSON.parse(flat))).toBe(JSON.stringify(JSON.parse(json)));
      }),
    );
    for (const json of odd) expect(minifyJson(json)).toBe(json);
  });

  test('is as JSON.stringify would have it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const flat = JSON.stringify(value);
        expect(formatJson(flat)).toBe(JSON.stringify(value, null, 2));
        expect(minifyJson(JSON.stringify(value, null, 3))).toBe(flat);
      }),
    );
  });

  test('of a text that is all brackets does not outgrow the machine', () => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(formatJson(deep).length).toBeLessThan(10_000_000);
    expect(minifyJson(formatJson(deep))).toBe(deep);
  });
});

describe('walking through JSON', () => {
  test('finds items and members where they stand', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (list, object) => {
        for (const indent of [0, 2]) {
          const array = JSON.stringify(list, null, indent);
          expect([...arrayItems(array, 0)].map(({ from, to }) => minifyJson(array.slice(from, to)))).toEqual(
            list.map((item) => JSON.stringify(item)),
          );
          const text = JSON.stringify(object, null, indent);
          expect([...objectMembers(text, 0)].map(({ key, value }) => [key, minifyJson(text.slice(value.from, value.to))])).toEqual(
            Object.entries(object).map(([key, value]) => [key, JSON.stringify(value)]),
          );
        }
      }),
    );
  });
});
