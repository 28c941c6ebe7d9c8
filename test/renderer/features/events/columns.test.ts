import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COLUMN_IDS,
  FIRST_LAYOUT,
  layoutSchema,
  MAX_WIDTH,
  MIN_WIDTH,
  shownColumns,
  widthOf,
  withColumnBefore,
  withColumnMoved,
  withColumnShown,
  withWidth,
  type ColumnLayout,
} from '../../../../src/renderer/src/features/events/columns.ts';

const columns = fc.constantFrom(...COLUMN_IDS);
const changes = fc.array(
  fc.oneof(
    fc.tuple(columns, fc.integer({ min: -100, max: 5000 })).map(
      ([column, width]) =>
        (layout: ColumnLayout) =>
          withWidth(layout, column, width),
    ),
    fc.tuple(columns, fc.option(columns)).map(
      ([column, before]) =>
        (layout: ColumnLayout) =>
          withColumnBefore(layout, column, before),
    ),
    fc.tuple(columns, fc.constantFrom(-1 as const, 1 as const)).map(
      ([column, step]) =>
        (layout: ColumnLayout) =>
          withColumnMoved(layout, column, step),
    ),
    fc.tuple(columns, fc.boolean()).map(
      ([column, shown]) =>
        (layout: ColumnLayout) =>
          withColumnShown(layout, column, shown),
    ),
  ),
  { maxLength: 40 },
);
const layouts = changes.map((made) => made.reduce((layout, change) => change(layout), FIRST_LAYOUT));

function expectWhole(layout: ColumnLayout): void {
  expect(layout.order.toSorted()).toEqual([...COLUMN_IDS].sort());
  expect(shownColumns(layout).length).toBeGreaterThan(0);
  for (const column of COLUMN_IDS) {
    expect(widthOf(layout, column)).toBeGreaterThanOrEqual(MIN_WIDTH);
    expect(widthOf(layout, column)).toBeLessThanOrEqual(MAX_WIDTH);
  }
}

test('whatever is done to columns, each is there once, one is shown, and none is too narrow to be grasped', () => {
  fc.assert(fc.property(layouts, expectWhole));
});

test('what is kept of a layout is read as it was', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const read = layoutSchema.parse(JSON.parse(JSON.stringify(layout)));
      expect(read.order).toEqual(layout.order);
      expect(read.widths).toEqual(layout.widths);
      expect(shownColumns(read)).toEqual(shownColumns(layout));
    }),
  );
});

test('any kept layout is made whole, also one of another program version', () => {
  const anyColumn = fc.oneof(columns, fc.string());
  const kept = fc.record({
    order: fc.array(anyColumn, { maxLength: 20 }),
    hidden: fc.array(anyColumn, { maxLength: 20 }),
    widths: fc.dictionary(fc.oneof(columns, fc.constant('__proto__'), fc.string({ maxLength: 10 })), fc.oneof(fc.double(), fc.string())),
  });
  fc.assert(fc.property(kept, (value) => expectWhole(layoutSchema.parse(JSON.parse(JSON.stringify(value))))));
});

describe('a moved column', () => {
  test('passes its shown neighbour, and hidden ones do not count', () => {
    const moved = withColumnMoved(FIRST_LAYOUT, 'data', -1);
    expect(shownColumns(moved)).toEqual(['version', 'time', 'type', 'data', 'id']);
    expect(shownColumns(withColumnMoved(moved, 'data', 1))).toEqual(shownColumns(FIRST_LAYOUT));
  });
  test('stays at the edge', () => {
    expect(withColumnMoved(FIRST_LAYOUT, 'version', -1)).toBe(FIRST_LAYOUT);
    expect(withColumnMoved(FIRST_LAYOUT, 'data', 1)).toBe(FIRST_LAYOUT);
  });
});
