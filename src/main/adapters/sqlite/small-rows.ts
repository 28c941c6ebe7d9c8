/**
 * A run of positions in the table whose rows were all seen to be small: whoever walks them again need not look at their sizes, which
 * takes a tenth of the time. Where rows were removed since and large ones came into their places, that walk takes as long as they are.
 */
export interface SmallRows {
  covers(start: number, end: number): boolean;
  /** Where to begin so that no row is left out between the run and a walk from `start`. */
  joining(start: number): number;
  add(start: number, end: number): void;
}

/** Rows of others that are walked to lengthen the run. */
const MOST_BETWEEN = 1000;

export function createSmallRows(): SmallRows {
  let first = 1;
  let last = 0;
  return {
    covers: (start, end) => first <= start && end <= last,
    joining: (start) => (start > last && start - last <= MOST_BETWEEN ? last + 1 : start),
    add(start, end) {
      if (start >= first && start <= last + 1) last = Math.max(last, end);
      else [first, last] = [start, end];
    },
  };
}
