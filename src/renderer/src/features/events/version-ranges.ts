/** Versions `first` to `last`, both inclusive. */
export interface VersionRange {
  readonly first: number;
  readonly last: number;
}

/** A set of versions, however many: ascending, and between two ranges there is at least one version that is in neither. */
export type VersionRanges = readonly VersionRange[];

export const NO_VERSIONS: VersionRanges = [];

export function rangeOf(a: number, b: number): VersionRange {
  return { first: Math.min(a, b), last: Math.max(a, b) };
}

export function includesVersion(ranges: VersionRanges, version: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ranges[middle]?.last ?? 0) < version) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.first ?? Infinity) <= version;
}

/** How many versions are in the ranges. */
export function countVersions(ranges: VersionRanges): number {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

export function withRange(ranges: VersionRanges, { first, last }: VersionRange): VersionRanges {
  const before = ranges.filter((range) => range.last < first - 1);
  const after = ranges.filter((range) => range.first > last + 1);
  const touching = ranges.slice(before.length, ranges.length - after.length);
  const joined = { first: Math.min(first, touching[0]?.first ?? first), last: Math.max(last, touching.at(-1)?.last ?? last) };
  return [...before, joined, ...after];
}

export function withoutRange(ranges: VersionRanges, { first, last }: VersionRange): VersionRanges {
  return ranges.flatMap((range) => {
    if (range.last < first || range.first > last) return [range];
    const left = range.first < first ? [{ first: range.first, last: first - 1 }] : [];
    const right = range.last > last ? [{ first: last + 1, last: range.last }] : [];
    return [...left, ...right];
  });
}

export function toggledVersion(ranges: VersionRanges, version: number): VersionRanges {
  const one = { first: version, last: version };
  return includesVersion(ranges, version) ? withoutRange(ranges, one) : withRange(ranges, one);
}
