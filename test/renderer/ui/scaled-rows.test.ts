import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  initialScroll,
  isNewestSeen,
  physicalHeight,
  scrollReducer,
  totalHeight,
  visibleRows,
  type ScrollAction,
  type ScrollState,
} from '../../../src/renderer/src/ui/scaled-rows.ts';

const ROW = 24;
const SIZES = [1e3, 5e6, 1e8];
/** Where a browser lets an element stand. */
const maxScroll = (state: ScrollState): number => Math.max(0, physicalHeight(state) - state.viewport);
const maxTop = (state: ScrollState): number => Math.max(0, totalHeight(state) - state.viewport);

/** Turns the wheel as a browser does: the element moves as far as it has room, then tells. */
function wheel(state: ScrollState, px: number): ScrollState {
  return scrollReducer(state, { type: 'scrolled', scrollTop: Math.min(Math.max(0, state.scrollTop + px), maxScroll(state)) });
}

const dragThumb = (state: ScrollState, share: number): ScrollState =>
  scrollReducer(state, { type: 'scrolled', scrollTop: Math.round(share * maxScroll(state)) });

const reveal = (state: ScrollState, row: number, align?: 'start' | 'center'): ScrollState =>
  scrollReducer(state, { type: 'revealed', row, align });

/** The first and the last row that are seen whole. */
function wholeRows({ top, viewport, rows }: ScrollState): readonly [number, number] {
  return [Math.max(0, Math.ceil(top / ROW - 1e-6)), Math.min(rows, Math.floor((top + viewport) / ROW + 1e-6)) - 1];
}

const viewports = fc.integer({ min: 100, max: 2000 });

describe.each(SIZES)('a list of %d rows', (rows) => {
  const anyRow = fc.integer({ min: 0, max: rows - 1 });

  const anyAction: fc.Arbitrary<ScrollAction> = fc.oneof(
    fc.double({ min: 0, max: 1, noNaN: true }).map((share) => ({ type: 'scrolled' as const, scrollTop: share * 8_000_000 })),
    fc.integer({ min: 0, max: 3000 }).map((viewport) => ({ type: 'resized' as const, viewport })),
    fc.integer({ min: 0, max: rows }).map((counted) => ({ type: 'counted' as const, rows: counted })),
    fc
      .tuple(fc.integer({ min: -10, max: rows + 10 }), fc.constantFrom('start' as const, 'center' as const, undefined))
      .map(([row, align]) => ({ type: 'revealed' as const, row, align })),
  );

  test('stays within the list and within the element whatever happens to it', () => {
    fc.assert(
      fc.property(viewports, fc.array(anyAction, { maxLength: 30 }), (viewport, actions) => {
        let state = initialScroll(rows, ROW, viewport);
        for (const wanted of actions) {
          // A browser never reports a place that the element does not have.
          const action = wanted.type === 'scrolled' ? { ...wanted, scrollTop: Math.min(wanted.scrollTop, maxScroll(state)) } : wanted;
          state = scrollReducer(state, action);
          expect(state.top).toBeGreaterThanOrEqual(0);
          expect(state.top).toBeLessThanOrEqual(maxTop(state));
          expect(state.scrollTop).toBeGreaterThanOrEqual(0);
          expect(state.scrollTop).toBeLessThanOrEqual(maxScroll(state));
        }
      }),
    );
  });

  test('moves by exactly what the wheel turned, from any row, and by no less than to an end', () => {
    fc.assert(
      fc.property(viewports, anyRow, fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 60 }), (viewport, row, turns) => {
        let state = reveal(initialScroll(rows, ROW, viewport), row, 'center');
        for (const turn of turns) {
          const before = state.top;
          state = wheel(state, turn);
          expect(state.top).toBeCloseTo(Math.min(Math.max(0, before + turn), maxTop(state)), 3);
        }
      }),
    );
  });

  test('is scrolled by the wheel to its very ends from nearby, where the element ends as well', () => {
    fc.assert(
      fc.property(viewports, fc.integer({ min: 0, max: 200 }), (viewport, away) => {
        let down = reveal(initialScroll(rows, ROW, viewport), rows - 1 - away);
        for (let turn = 0; turn < 200; turn++) down = wheel(down, 100);
        expect(down.top).toBe(maxTop(down));
        expect(down.scrollTop).toBeCloseTo(maxScroll(down), 3);

        let up = reveal(initialScroll(rows, ROW, viewport), away, 'start');
        for (let turn = 0; turn < 200; turn++) up = wheel(up, -100);
        expect(up.top).toBe(0);
        expect(up.scrollTop).toBe(0);
      }),
    );
  });

  test('shows its first and its last row where the thumb is at an end, and the middle in between', () => {
    fc.assert(
      fc.property(viewports, (viewport) => {
        const start = initialScroll(rows, ROW, viewport);
        const end = dragThumb(start, 1);
        expect(wholeRows(end)[1]).toBe(rows - 1);
        const middle = dragThumb(end, 0.5);
        expect(middle.top / maxTop(middle)).toBeCloseTo(0.5, 2);
        expect(wholeRows(dragThumb(middle, 0))[0]).toBe(0);
      }),
    );
  });

  test('shows a revealed row whole, moving only if it was not', () => {
    fc.assert(
      fc.property(viewports, anyRow, anyRow, (viewport, from, to) => {
        const before = reveal(initialScroll(rows, ROW, viewport), from, 'start');
        const after = reveal(before, to);
        const [first, last] = wholeRows(after);
        expect(first).toBeLessThanOrEqual(to);
        expect(last).toBeGreaterThanOrEqual(to);
        const [seenFirst, seenLast] = wholeRows(before);
        if (to >= seenFirst && to <= seenLast) expect(after).toBe(before);
      }),
    );
  });

  test('paints rows over the whole viewport, each at its own place', () => {
    fc.assert(
      fc.property(viewports, anyRow, fc.integer({ min: -300, max: 300 }), (viewport, row, turn) => {
        const state = wheel(reveal(initialScroll(rows, ROW, viewport), row, 'center'), turn);
        const { first, end, offset } = visibleRows(state);
        expect(first * ROW).toBeLessThanOrEqual(state.top);
        expect(end * ROW).toBeGreaterThanOrEqual(Math.min(state.top + viewport, rows * ROW));
        expect(end - first).toBeLessThanOrEqual(viewport / ROW + 10);
        // On the screen a row is as far below the viewport's edge as it is below `top` in the list.
        expect(offset - state.scrollTop).toBeCloseTo(first * ROW - state.top, 3);
      }),
    );
  });
});

test('an element is never higher than a browser can make it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (rows) => {
      const state = initialScroll(rows, ROW, 600);
      expect(physicalHeight(state)).toBeLessThanOrEqual(8_000_000);
      expect(physicalHeight(state)).toBeLessThanOrEqual(totalHeight(state));
    }),
  );
});

test('a list that shrinks under the reader shows its new end', () => {
  const deep = reveal(initialScroll(5e6, ROW, 600), 5e6 - 1);
  const shrunk = scrollReducer(deep, { type: 'counted', rows: 100 });
  expect(wholeRows(shrunk)).toEqual([75, 99]);
  expect(scrollReducer(deep, { type: 'counted', rows: 0 })).toMatchObject({ top: 0, scrollTop: 0 });
  expect(visibleRows(scrollReducer(deep, { type: 'counted', rows: 0 })).end).toBe(0);
});

describe('rows that come', () => {
  const sizes = fc.constantFrom(200, 500_000, 5_000_000);
  const more = fc.integer({ min: 1, max: 20_000 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  /** How far a row is below the upper edge of what is seen. */
  const seenAt = (state: ScrollState, row: number): number => row * ROW - state.top;

  test('above leave every row that is read at its very pixel, also at the first row, and below leave all as it is', () => {
    fc.assert(
      fc.property(sizes, viewports, more, share, (rows, viewport, added, at) => {
        const row = Math.floor(at * (rows - 1));
        const before = wheel(reveal(initialScroll(rows, ROW, viewport), row, 'start'), 7);
        const above = scrollReducer(before, { type: 'counted', rows: rows + added, above: true });
        expect(seenAt(above, row + added)).toBeCloseTo(seenAt(before, row), 3);
        const below = scrollReducer(before, { type: 'counted', rows: rows + added });
        expect(seenAt(below, row)).toBeCloseTo(seenAt(before, row), 3);
      }),
    );
  });

  test('are shown at once where they are followed, and where they are followed only if seen, only if the newest was seen', () => {
    fc.assert(
      fc.property(sizes, viewports, more, share, fc.boolean(), (rows, viewport, added, at, above) => {
        const before = reveal(initialScroll(rows, ROW, viewport), Math.floor(at * (rows - 1)), 'start');
        const wasSeen = isNewestSeen(before, above);
        expect(isNewestSeen(scrollReducer(before, { type: 'counted', rows: rows + added, above, follows: true }), above)).toBe(true);
        const after = scrollReducer(before, { type: 'counted', rows: rows + added, above, follows: 'if-seen' });
        expect(isNewestSeen(after, above)).toBe(wasSeen);
      }),
    );
  });

  test('of another height leave the first row that is seen where it is', () => {
    const before = reveal(initialScroll(5e6, ROW, 600), 2_500_000, 'start');
    const after = scrollReducer(before, { type: 'sized', rowHeight: 30 });
    expect(after.top / 30).toBeCloseTo(2_500_000, 3);
    expect(scrollReducer(after, { type: 'replaced', rows: 40 })).toMatchObject({ top: 0, scrollTop: 0, rows: 40 });
  });
});
