import fc from 'fast-check';
import { expect, it } from 'vitest';
import { foldNumber } from '../../src/main/folding/sandbox/number-token.ts';

it('an integer within ±(2^53−1) is a number, a larger one a bigint of the same value', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (value) => {
      const is = foldNumber(String(value));
      if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) expect(is).toBe(Number(value));
      else expect(is).toBe(value);
    }),
  );
  expect(foldNumber('9007199254740991')).toBe(9007199254740991);
  expect(foldNumber('9007199254740992')).toBe(9007199254740992n);
  expect(foldNumber('-9007199254740993')).toBe(-9007199254740993n);
  expect(Object.is(foldNumber('-0'), -0)).toBe(true);
});

it('whatever a double prints is that double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const token = Object.is(value, -0) ? '-0' : String(value);
      const is = foldNumber(token);
      // 123456789012345680000 prints as an integer, and integers of that size are exact.
      if (typeof is === 'bigint') expect(String(is)).toBe(token);
      else expect(Object.is(is, value)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['1.10', 1.1],
  ['19.90', 19.9],
  ['1e3', 1000],
  ['1E+3', 1000],
  ['0.1', 0.1],
  ['100.000', 100],
  ['1e21', 1e21],
  ['0e99999', 0],
  ['123456789012345.6', 123456789012345.6],
  ['5e-324', 5e-324],
  ['1.7976931348623157e308', 1.7976931348623157e308],
])('%s is the number %d: printing that gives the same value', (token, value) => {
  expect(foldNumber(token)).toBe(value);
});

it.each([
  '1e400',
  '-1e400',
  '1e-400',
  '0.12345678901234567890',
  '12345678901234567890.10',
  '9007199254740993.0',
  '1e99999999999999999999',
  '3.0000000000000000000001',
  '4.9e-324',
])('%s is no JavaScript value', (token) => {
  expect(foldNumber(token)).toBeNull();
});

it('an integer of more digits than anybody counts with keeps its text instead of taking minutes', () => {
  expect(foldNumber('9'.repeat(10_000))).toBe(BigInt('9'.repeat(10_000)));
  expect(foldNumber('9'.repeat(10_001))).toBeNull();
});
