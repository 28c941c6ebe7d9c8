import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJsonText, splitMembers, toJsonText } from '../../src/shared/model/json-text.ts';

const invalid = expect.objectContaining({ code: 'INVALID_EVENT' });

it('keeps every token as it came and drops only white space between tokens', () => {
  const text = ' { "n" : 9007199254740993 , "e":1e400,\t"d" : 1.10,"d":"a b\\u0041", "a" : [ 1 , "x\\" y" , null ] }\r\n';
  expect(parseJsonText(text)).toBe('{"n":9007199254740993,"e":1e400,"d":1.10,"d":"a b\\u0041","a":[1,"x\\" y",null]}');
});

it('refuses what is not one JSON value, and half a surrogate pair, but takes an escaped one', () => {
  for (const text of ['', ' ', '{', '{} {}', "{'a':1}", '01', 'NaN', '[1,]', '"\ud800"', '\ufeff{}']) {
    expect(() => parseJsonText(text), JSON.stringify(text)).toThrow(invalid);
  }
  expect(parseJsonText('"\\ud800"')).toBe('"\\ud800"');
});

it('survives nesting of 100,000 levels', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(parseJsonText(` ${deep} `)).toBe(deep);
  expect(splitMembers(parseJsonText(`{"a": ${deep}}`))?.get('a')).toBe(deep);
});

it('compacting changes no value, whatever the spacing', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 4 }), (value, indent) => {
      const plain = JSON.stringify(value);
      expect(parseJsonText(JSON.stringify(value, null, indent))).toBe(plain);
    }),
  );
});

it('splits an object into its members as raw text, the last of a repeated key winning', () => {
  const members = splitMembers(parseJsonText('{"a":1.0,"b":{"c":"}"},"a":[2,{"x":"]"}],"__proto__":{"polluted":true}}'));
  expect([...(members ?? [])]).toEqual([
    ['a', '[2,{"x":"]"}]'],
    ['b', '{"c":"}"}'],
    ['__proto__', '{"polluted":true}'],
  ]);
  expect(splitMembers(parseJsonText('[1]'))).toBeNull();
  expect(splitMembers(parseJsonText('{}'))?.size).toBe(0);
});

it('splitting and joining any object gives its text back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      const text = toJsonText(object);
      const joined = [...(splitMembers(text) ?? [])].map(([key, value]) => `${JSON.stringify(key)}:${value}`);
      expect(`{${joined.join(',')}}`).toBe(text);
    }),
  );
});

it('writes a value only if JSON can hold it exactly', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const bad = [
    NaN,
    Infinity,
    undefined,
    { a: undefined },
    [undefined],
    1n,
    () => 1,
    Symbol('s'),
    cyclic,
    new Date(0),
    new Map(),
    '\ud800',
    { '\udc00': 1 },
    deep,
  ];
  for (const value of bad) expect(() => toJsonText(value)).toThrow(invalid);
  const shared = { x: 1 };
  expect(toJsonText([shared, shared])).toBe('[{"x":1},{"x":1}]');
});
