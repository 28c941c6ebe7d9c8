import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagesOfRows, positionOfRow, rowOfPosition } from '../../../../src/renderer/src/features/events/grid-rows.ts';

const PAGE = 200;
const latests = fc.oneof(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 1e8 }), fc.constant(Number.MAX_SAFE_INTEGER - 1));
const orders = fc.constantFrom('newest' as const, 'oldest' as const);
const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('row and position are each found from the other, in both orders, up to the largest version', () => {
  fc.assert(
    fc.property(latests, orders, share, (rows, order, at) => {
      const position = Math.floor(at * rows);
      const row = rowOfPosition(position, rows, order);
      expect(row).toBeGreaterThanOrEqual(0);
      expect(row).toBeLessThan(rows);
      expect(positionOfRow(row, rows, order)).toBe(position);
    }),
  );
});

test('the first row is the newest position or the oldest, and the last row the other', () => {
  expect([positionOfRow(0, 42, 'newest'), positionOfRow(41, 42, 'newest')]).toEqual([41, 0]);
  expect([positionOfRow(0, 42, 'oldest'), positionOfRow(41, 42, 'oldest')]).toEqual([0, 41]);
});

test('the pages of some rows hold every position of them, are in order, and none is asked for in vain', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), orders, share, fc.integer({ min: 1, max: 500 }), (latest, order, at, length) => {
      const first = Math.floor(at * latest);
      const end = Math.min(latest, first + length);
      const positions = Array.from({ length: end - first }, (_, index) => positionOfRow(first + index, latest, order));
      const needed = [...new Set(positions.map((position) => Math.floor(position / PAGE)))].sort((a, b) => a - b);
      expect(pagesOfRows(first, end, latest, order, PAGE)).toEqual(needed);
    }),
  );
});

test('no rows need no pages', () => {
  expect(pagesOfRows(0, 0, 0, 'newest', PAGE)).toEqual([]);
  expect(pagesOfRows(5, 5, 10, 'oldest', PAGE)).toEqual([]);
});
