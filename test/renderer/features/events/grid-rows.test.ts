import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagesOfRows, rowOfVersion, versionOfRow } from '../../../../src/renderer/src/features/events/grid-rows.ts';

const PAGE = 200;
const latests = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 1e8 }), fc.constant(Number.MAX_SAFE_INTEGER - 1));
const orders = fc.constantFrom('newest' as const, 'oldest' as const);
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('row and version are each found from the other, in both orders, up to the largest version', () => {
  fc.assert(
    fc.property(latests, orders, share, (latest, order, at) => {
      const version = 1 + Math.floor(at * latest);
      const row = rowOfVersion(version, latest, order);
      expect(row).toBeGreaterThanOrEqual(0);
      expect(row).toBeLessThan(latest);
      expect(versionOfRow(row, latest, order)).toBe(version);
    }),
  );
});

test('the first row is the newest version or the oldest, and the last row the other', () => {
  expect([versionOfRow(0, 42, 'newest'), versionOfRow(41, 42, 'newest')]).toEqual([42, 1]);
  expect([versionOfRow(0, 42, 'oldest'), versionOfRow(41, 42, 'oldest')]).toEqual([1, 42]);
});

test('the pages of some rows hold every version of them, are in order, and none is asked for in vain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), orders, share, fc.integer({ min: 1, max: 500 }), (latest, order, at, length) => {
      const first = Math.floor(at * latest);
      const end = Math.min(latest, first + length);
      const versions = Array.from({ length: end - first }, (_, index) => versionOfRow(first + index, latest, order));
      const needed = [...new Set(versions.map((version) => Math.floor((version - 1) / PAGE)))].sort((a, b) => a - b);
      expect(pagesOfRows(first, end, latest, order, PAGE)).toEqual(needed);
    }),
  );
});

test('no rows need no pages', () => {
  expect(pagesOfRows(0, 0, 0, 'newest', PAGE)).toEqual([]);
  expect(pagesOfRows(5, 5, 10, 'oldest', PAGE)).toEqual([]);
});
