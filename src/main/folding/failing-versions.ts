import type { FoldFault } from '../../shared/model/fold.ts';

/** The versions that a fold could not take, in order, and why. */
export interface FailingVersions {
  readonly add: (version: number, fault: FoldFault | null) => void;
  readonly has: (version: number) => boolean;
  /** Why; null where it is known only that it failed, undefined where it did not. */
  readonly fault: (version: number) => FoldFault | null | undefined;
  readonly count: () => number;
  /** Those greater than `after` up to `upTo`, at most `most`. */
  readonly between: (after: number, upTo: number, most?: number) => readonly number[];
  /** How many there are greater than `after` up to `upTo`. */
  readonly countBetween: (after: number, upTo: number) => number;
  readonly next: (after: number) => number | null;
  readonly previous: (before: number) => number | null;
  /** Forgets those after a version. */
  readonly cut: (version: number) => void;
}

/** Reasons are kept for so many; of the others one is had by folding again. */
const MOST_REASONS = 1000;

export function createFailingVersions(): FailingVersions {
  let versions: number[] = [];
  const reasons = new Map<number, FoldFault>();

  /** How many are at most `version`. */
  const upTo = (version: number): number => {
    let low = 0;
    let high = versions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((versions[middle] as number) <= version) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const has = (version: number): boolean => versions[upTo(version) - 1] === version;

  return {
    add(version, fault) {
      if (!has(version)) versions.splice(upTo(version), 0, version);
      if (fault !== null && reasons.size < MOST_REASONS) reasons.set(version, fault);
    },
    has,
    fault: (version) => (has(version) ? (reasons.get(version) ?? null) : undefined),
    count: () => versions.length,
    between: (after, last, most = Infinity) => versions.slice(upTo(after), Math.min(upTo(last), upTo(after) + most)),
    countBetween: (after, last) => Math.max(0, upTo(last) - upTo(after)),
    next: (after) => versions[upTo(after)] ?? null,
    previous: (before) => versions[upTo(before - 1) - 1] ?? null,
    cut(version) {
      versions = versions.slice(0, upTo(version));
      for (const known of reasons.keys()) if (known > version) reasons.delete(known);
    },
  };
}
