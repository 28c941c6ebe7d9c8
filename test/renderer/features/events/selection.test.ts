import { expect, test } from 'vitest';
import {
  countSelected,
  extendedTo,
  isSelected,
  keptAt,
  NOTHING_SELECTED,
  selectedAll,
  selectedOne,
  selectedRanges,
  toggledOne,
} from '../../../../src/renderer/src/features/events/selection.ts';

test('without ranges the version under the cursor is selected, and nothing else', () => {
  expect(selectedRanges(selectedOne(7), 7)).toEqual([{ first: 7, last: 7 }]);
  expect(isSelected(selectedOne(7), 8, 7)).toBe(false);
  expect(countSelected(NOTHING_SELECTED, null)).toBe(0);
});

test('a range is from where it began to the cursor, however often it turns', () => {
  const down = extendedTo(selectedOne(10), 10, 15);
  expect(down.ranges).toEqual([{ first: 10, last: 15 }]);
  expect(extendedTo(down, 15, 4).ranges).toEqual([{ first: 4, last: 10 }]);
});

test('one by one: what was under the cursor counts, and a range that follows is added to it', () => {
  const two = toggledOne(selectedOne(10), 10, 8);
  expect(two.ranges).toEqual([
    { first: 8, last: 8 },
    { first: 10, last: 10 },
  ]);
  expect(extendedTo(two, 8, 3).ranges).toEqual([
    { first: 3, last: 8 },
    { first: 10, last: 10 },
  ]);
  expect(toggledOne(two, 8, 8).ranges).toEqual([{ first: 10, last: 10 }]);
});

test('the cursor can leave what is selected', () => {
  expect(countSelected(keptAt(selectedOne(10), 10), 11)).toBe(1);
  expect(isSelected(keptAt(selectedOne(10), 10), 11, 10)).toBe(true);
});

test('all of five million is one range, less one is two', () => {
  const all = selectedAll(5_000_000);
  expect(all.ranges).toHaveLength(1);
  const less = toggledOne(all, 1, 2_500_000);
  expect(less.ranges).toHaveLength(2);
  expect(countSelected(less, 1)).toBe(4_999_999);
});
