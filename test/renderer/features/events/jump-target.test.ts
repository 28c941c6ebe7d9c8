import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJumpTarget, type JumpTarget } from '../../../../src/renderer/src/features/events/jump-target.ts';
import { momentText, parseMoment } from '../../../../src/renderer/src/ui/moment.ts';

const NOW = Date.UTC(2026, 2, 4, 12, 0, 0);
const jump = (text: string, zone: 'utc' | 'local' = 'utc'): JumpTarget => parseJumpTarget(text, { latest: 5000, zone, now: NOW });
const ns = (...parts: Parameters<typeof Date.UTC>): bigint => BigInt(Date.UTC(...parts)) * 1_000_000n;

test.each([
  ['123', 123],
  ['#123', 123],
  [' 1,234 ', 1234],
  ['# 5 000', 5000],
])('%j is a version', (text, version) => {
  expect(jump(text)).toMatchObject({ kind: 'version', version });
});

test.each([
  ['2026-03-04', ns(2026, 2, 4)],
  ['2026-3-4 10:20', ns(2026, 2, 4, 10, 20)],
  ['2026-03-04T10:20:30Z', ns(2026, 2, 4, 10, 20, 30)],
  ['2026-03-04 10:20:30.123', ns(2026, 2, 4, 10, 20, 30, 123)],
  ['2026-03-04 10:20:30.123456789 UTC', ns(2026, 2, 4, 10, 20, 30, 123) + 456_789n],
  ['now', BigInt(NOW) * 1_000_000n],
  ['now-1h', BigInt(NOW - 3_600_000) * 1_000_000n],
  ['NOW - 2 d', BigInt(NOW - 2 * 86_400_000) * 1_000_000n],
  ['now+1500ms', BigInt(NOW + 1500) * 1_000_000n],
  ['1709546400000000001ns', 1_709_546_400_000_000_001n],
  ['-5 ns', -5n],
  ['0099-01-01', null],
])('%j is a time', (text, at) => {
  if (at === null) expect(jump(text)).toMatchObject({ kind: 'wrong' });
  else expect(jump(text)).toMatchObject({ kind: 'time', at });
});

describe('what is wrong is said in a sentence', () => {
  test.each([
    ['0', 'Versions go from 1 to 5,000.'],
    ['5001', 'Versions go from 1 to 5,000.'],
    ['99999999999999999999999', 'Versions go from 1 to 5,000.'],
    ['2026-02-30', 'There is no such day: 2026-02-30.'],
    ['2026-13-01', 'There is no such day: 2026-13-01.'],
    ['2026-03-04 24:00', 'There is no such time of day: 2026-03-04 24:00.'],
    ['2300-01-01', 'No event can have this time: it is beyond 64 bits of nanoseconds (1677 to 2262).'],
    ['9223372036854775808ns', 'No event can have this time: it is beyond 64 bits of nanoseconds (1677 to 2262).'],
  ])('%j', (text, fault) => {
    expect(jump(text)).toEqual({ kind: 'wrong', fault });
  });
  test('and names the forms where nothing is understood', () => {
    for (const text of ['yesterday', '<b>1</b>', '12:30', '2026-03', 'now-1y', '1.5', '\u202E123', 'x'.repeat(100_000)]) {
      expect(jump(text)).toMatchObject({ kind: 'wrong', fault: expect.stringMatching(/^Not understood\. Type 123, /) });
    }
    expect(jump('  ')).toEqual({ kind: 'empty' });
  });
});

test('a time without a zone is taken in the zone that was chosen, and says which', () => {
  const local = BigInt(new Date(2026, 2, 4, 10, 20).getTime()) * 1_000_000n;
  expect(jump('2026-03-04 10:20', 'local')).toEqual({
    kind: 'time',
    at: local,
    says: 'The first event at or after 2026-03-04 10:20:00 local time',
  });
  expect(jump('2026-03-04 10:20Z', 'local')).toMatchObject({ at: ns(2026, 2, 4, 10, 20), says: expect.stringContaining('UTC') });
});

test('a time as it is said is read back as the same nanosecond', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -5_000_000_000_000_000_000n, max: 9_000_000_000_000_000_000n }), (at) => {
      expect(parseMoment(momentText(at, 'utc'), 'local', NOW)).toEqual({ at, zone: 'utc' });
    }),
  );
  const noon = BigInt(new Date(2026, 5, 7, 12, 0, 1).getTime()) * 1_000_000n + 20n;
  expect(parseMoment(momentText(noon, 'local').replace(' local time', ''), 'local', NOW)).toEqual({ at: noon, zone: 'local' });
});

test('any text is answered, never thrown at', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(['version', 'time', 'wrong', 'empty']).toContain(jump(text).kind);
    }),
  );
});
