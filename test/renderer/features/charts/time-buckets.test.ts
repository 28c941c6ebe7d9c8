import { expect, test } from 'vitest';
import { bucketsOf, spanText } from '../../../../src/renderer/src/features/charts/time-buckets.ts';

const histogram = { from: 5n, step: 10n, counts: [3, 0, 2], matchingCounts: [1, 0, 0] };

test('the filtered bars are drawn over the others only where there is a filter', () => {
  expect(bucketsOf({ histogram }, true)?.picked).toEqual([1, 0, 0]);
  expect(bucketsOf({ histogram }, false)?.picked).toBeNull();
  expect(bucketsOf({ histogram: null }, true)).toBeNull();
});

test('a span is said as far as it has ends', () => {
  const noon = 1_700_000_000_000_000_000n;
  expect(spanText(noon, noon + 1_000_000_000n, 'utc')).toBe('2023-11-14 22:13:20.000 to 2023-11-14 22:13:21.000');
  expect([spanText(noon, null, 'utc'), spanText(null, noon, 'utc'), spanText(null, null, 'utc')]).toEqual([
    'from 2023-11-14 22:13:20.000',
    'before 2023-11-14 22:13:20.000',
    'any time',
  ]);
});
