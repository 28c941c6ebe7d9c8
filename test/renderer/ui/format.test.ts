import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { count, exactTime, hueOf, plural, shorten, size, timeText, utc } from '../../../src/renderer/src/ui/format.ts';

const INT64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n };

describe('a count', () => {
  test('has its digits in groups of three', () => {
    expect([0, 999, 1204881, 9007199254740990].map(count)).toEqual(['0', '999', '1,204,881', '9,007,199,254,740,990']);
  });

  test('has the plural for every number but one', () => {
    expect([0, 1, 2, 1000].map((value) => plural(value, 'event'))).toEqual(['0 events', '1 event', '2 events', '1,000 events']);
    expect([1, 3].map((value) => plural(value, 'repository', 'repositories'))).toEqual(['1 repository', '3 repositories']);
  });
});

describe('a time', () => {
  test('is UTC, rounded down to milliseconds, also before 1970', () => {
    expect(utc(1795475551622133116n)).toBe('2026-11-23 23:12:31.622');
    expect(utc(-1n)).toBe('1969-12-31 23:59:59.999');
    expect(utc(0n)).toBe('1970-01-01 00:00:00.000');
  });

  test('can be said for every int64, with the exact number beside it', () => {
    fc.assert(
      fc.property(fc.bigInt(INT64), (timestamp) => {
        expect(utc(timestamp)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/);
        expect(exactTime(timestamp)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{9} UTC \(-?\d+ ns\)$/);
        expect(exactTime(timestamp)).toContain(`(${timestamp} ns)`);
      }),
    );
  });

  test('keeps all nine digits of a second in its exact form', () => {
    fc.assert(
      fc.property(fc.bigInt(INT64), (timestamp) => {
        const digits = BigInt(/\.(\d{9}) UTC/.exec(exactTime(timestamp))?.[1] ?? -1);
        expect(digits).toBe(((timestamp % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n);
      }),
    );
  });

  test('beyond any calendar is the number itself', () => {
    expect(utc(10n ** 30n)).toBe(`1${'0'.repeat(30)}`);
  });
});

describe('a shortened text', () => {
  test('is itself where it is short enough, and otherwise keeps both ends and no more than its length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), fc.integer({ min: 3, max: 60 }), (text, length) => {
        const short = shorten(text, length);
        expect(short.length).toBeLessThanOrEqual(Math.max(length, 1));
        if (text.length <= length) expect(short).toBe(text);
        else {
          const [start, end] = [
            short.slice(0, short.indexOf('…', Math.floor((length - 1) / 2))),
            short.slice(Math.ceil((short.length + 1) / 2)),
          ];
          expect(text.startsWith(start)).toBe(true);
          expect(text.endsWith(end)).toBe(true);
        }
      }),
    );
  });
});

describe('a size', () => {
  test('is whole bytes while small, then one digit while that says something', () => {
    expect([0, 1023, 1024, 1536, 10 * 1024, 1024 * 1024, 64 * 1024 * 1024].map(size)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KB',
      '1.5 KB',
      '10 KB',
      '1.0 MB',
      '64 MB',
    ]);
  });
});

describe('the hue of a type', () => {
  test('is one of ten and the same every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (type) => {
        expect(hueOf(type)).toBe(hueOf(type));
        expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]).toContain(hueOf(type));
      }),
    );
  });

  test('tells the types of a usual store apart', () => {
    const types = ['OrderPlaced', 'OrderPaid', 'OrderShipped', 'OrderCancelled', 'PaymentReceived', 'PaymentRefunded'];
    expect(new Set(types.map(hueOf)).size).toBeGreaterThanOrEqual(3);
  });
});

describe('a time in the style of the person', () => {
  const NOON = 1_700_000_000_000;
  const ns = (ms: number): bigint => BigInt(ms) * 1_000_000n;

  test('is exact in UTC and local, and says how long ago in relative', () => {
    expect(timeText(ns(NOON), 'utc', NOON)).toBe('2023-11-14 22:13:20.000');
    expect(timeText(ns(NOON), 'local', NOON)).toMatch(/^2023-11-1[345] \d\d:\d\d:20\.000$/);
    const ago = (ms: number): string => timeText(ns(NOON - ms), 'relative', NOON);
    expect([ago(0), ago(59_999), ago(60_000), ago(3 * 86_400_000), ago(-7_200_000)]).toEqual([
      'now',
      '59 seconds ago',
      '1 minute ago',
      '3 days ago',
      'in 2 hours',
    ]);
  });

  test('is the number itself where no calendar reaches, in every style', () => {
    const far = 9_223_372_036_854_775_807n * 1000n;
    for (const style of ['utc', 'local', 'relative'] as const) expect(timeText(far, style, NOON)).toBe(String(far));
  });
});
