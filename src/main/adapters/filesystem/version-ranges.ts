/** A run of versions without a gap, both ends in it. */
export interface VersionRange {
  readonly first: number;
  readonly last: number;
}

/** Ranges in ascending order that neither touch nor overlap. A topic without gaps is one range, however long it is. */
export type VersionRanges = readonly VersionRange[];

export function rangesOf(ascending: Iterable<number>): VersionRanges {
  const ranges: { first: number; last: number }[] = [];
  for (const version of ascending) {
    const current = ranges.at(-1);
    if (current && version === current.last + 1) current.last = version;
    else ranges.push({ first: version, last: version });
  }
  return ranges;
}

export function withRange(ranges: VersionRanges, first: number, last: number): VersionRanges {
  const before = ranges.filter((range) => range.last < first - 1);
  const after = ranges.filter((range) => range.first > last + 1);
  const touched = ranges.slice(before.length, ranges.length - after.length);
  const merged = { first: Math.min(first, touched[0]?.first ?? first), last: Math.max(last, touched.at(-1)?.last ?? last) };
  return [...before, merged, ...after];
}

export function latestOf(ranges: VersionRanges): number {
  return ranges.at(-1)?.last ?? 0;
}

/** The lowest version above `version`, null where there is none. */
export function versionAfter(ranges: VersionRanges, version: number): number | null {
  const range = ranges[firstIndex(ranges, (candidate) => candidate.last > version)];
  return range ? Math.max(range.first, version + 1) : null;
}

/** The highest version below `version`, null where there is none. */
export function versionBefore(ranges: VersionRanges, version: number): number | null {
  const range = ranges[firstIndex(ranges, (candidate) => candidate.first >= version) - 1];
  return range ? Math.min(range.last, version - 1) : null;
}

export function countOf(ranges: VersionRanges): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

/** What is missing below the latest version. */
export function gapsOf(ranges: VersionRanges): VersionRanges {
  return ranges.flatMap(({ first }, index) => {
    const expected = (ranges[index - 1]?.last ?? 0) + 1;
    return first > expected ? [{ first: expected, last: first - 1 }] : [];
  });
}

/** The index of the first range for which `holds`, in ranges where it holds from some point on. */
function firstIndex(ranges: VersionRanges, holds: (range: VersionRange) => boolean): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(ranges[middle] as VersionRange)) high = middle;
    else low = middle + 1;
  }
  return low;
}
