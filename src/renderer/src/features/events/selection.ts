import { countVersions, includesVersion, NO_VERSIONS, rangeOf, toggledVersion, withRange, type VersionRanges } from './version-ranges.ts';

/** What a person chose of the versions. Without ranges it is the version under the cursor, and nothing else. */
export interface Selection {
  readonly ranges: VersionRanges;
  /** Where a range that is extended begins; null: at the cursor. */
  readonly anchor: number | null;
  /** What was selected before the range that is being extended. */
  readonly kept: VersionRanges;
}

export const NOTHING_SELECTED: Selection = { ranges: NO_VERSIONS, anchor: null, kept: NO_VERSIONS };

/** The cursor went to a version, which alone is selected. */
export const selectedOne = (version: number): Selection => ({ ...NOTHING_SELECTED, anchor: version });

/** The cursor went from `cursor` to a version with Shift held: everything between the anchor and it. */
export function extendedTo(selection: Selection, cursor: number | null, version: number): Selection {
  const anchor = selection.anchor ?? cursor ?? version;
  return { ...selection, anchor, ranges: withRange(selection.kept, rangeOf(anchor, version)) };
}

/** One more or one fewer; what the cursor stood on before counts as chosen. */
export function toggledOne(selection: Selection, cursor: number | null, version: number): Selection {
  const begun =
    selection.ranges.length === 0 && cursor !== null && cursor !== version ? [{ first: cursor, last: cursor }] : selection.ranges;
  const ranges = toggledVersion(begun, version);
  return { ranges, anchor: version, kept: ranges };
}

/** The cursor leaves while what is selected stays: where that was the cursor alone, it is remembered. */
export function keptAt(selection: Selection, cursor: number | null): Selection {
  return selection.ranges.length > 0 || cursor === null ? selection : { ...selection, ranges: [{ first: cursor, last: cursor }] };
}

/** A run of versions, from its last one. */
export const selectedRun = (run: { readonly first: number; readonly last: number }): Selection => ({
  ranges: [run],
  anchor: run.first,
  kept: NO_VERSIONS,
});

export const selectedAll = (latest: number): Selection => ({ ...NOTHING_SELECTED, ranges: latest > 0 ? [{ first: 1, last: latest }] : [] });

/** What commands work on: the ranges, or the version under the cursor. */
export function selectedRanges({ ranges }: Selection, cursor: number | null): VersionRanges {
  if (ranges.length > 0) return ranges;
  return cursor === null ? NO_VERSIONS : [{ first: cursor, last: cursor }];
}

export const isSelected = ({ ranges }: Selection, cursor: number | null, version: number): boolean =>
  ranges.length > 0 ? includesVersion(ranges, version) : version === cursor;

export const countSelected = (selection: Selection, cursor: number | null): number => countVersions(selectedRanges(selection, cursor));
