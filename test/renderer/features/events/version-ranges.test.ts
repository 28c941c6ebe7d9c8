import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countVersions,
  includesVersion,
  NO_VERSIONS,
  rangeOf,
  toggledVersion,
  withoutRange,
  withRange,
  type VersionRanges,
} from '../../../../src/renderer/src/features/events/version-ranges.ts';

const SIZE = 40;
const versions = fc.integer({ min: 1, max: SIZE });
const ranges = fc.tuple(versions, versions).map(([a, b]) => rangeOf(a, b));
const steps = fc.array(
  fc.oneof(fc.tuple(fc.constantFrom('add' as const, 'remove' as const), ranges), fc.tuple(fc.constant('toggle' as const), ranges)),
  {
    maxLength: 30,
  },
);

const all = Array.from({ length: SIZE }, (_, index) => index + 1);

test('ranges hold exactly the versions that a set of them would, whatever is added, taken away and toggled', () => {
  fc.assert(
    fc.property(steps, (made) => {
      let actual: VersionRanges = NO_VERSIONS;
      const model = new Set<number>();
      for (const [step, range] of made) {
        const inRange = all.filter((version) => version >= range.first && version <= range.last);
        if (step === 'add') {
          actual = withRange(actual, range);
          inRange.forEach((version) => model.add(version));
        } else if (step === 'remove') {
          actual = withoutRange(actual, range);
          inRange.forEach((version) => model.delete(version));
        } else {
          actual = toggledVersion(actual, range.first);
          if (!model.delete(range.first)) model.add(range.first);
        }
        expect(all.filter((version) => includesVersion(actual, version))).toEqual([...model].sort((a, b) => a - b));
        expect(countVersions(actual)).toBe(model.size);
      }
    }),
  );
});

test('ranges are ascending and never touch, so that many neighbours are one range', () => {
  fc.assert(
    fc.property(steps, (made) => {
      let actual: VersionRanges = NO_VERSIONS;
      for (const [step, range] of made) {
        actual =
          step === 'add' ? withRange(actual, range) : step === 'remove' ? withoutRange(actual, range) : toggledVersion(actual, range.last);
        actual.forEach(({ first, last }, index) => {
          expect(first).toBeLessThanOrEqual(last);
          expect(first).toBeGreaterThan((actual[index - 1]?.last ?? -1) + 1);
        });
      }
    }),
  );
  expect(withRange(withRange(NO_VERSIONS, rangeOf(1, 5)), rangeOf(6, 9))).toEqual([{ first: 1, last: 9 }]);
});

test('all of five million versions is one range', () => {
  const whole = withRange(NO_VERSIONS, rangeOf(1, 5_000_000));
  expect(whole).toHaveLength(1);
  expect(countVersions(toggledVersion(whole, 2_500_000))).toBe(4_999_999);
});
