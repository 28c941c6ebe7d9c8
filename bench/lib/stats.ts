/** The value that `part` (0 to 1) of the values do not exceed, between neighbours in proportion; NaN of nothing. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** How far the middle four fifths of the values lie apart, in % of their median: one stray round of many does not count. */
export const spreadOf = (values: readonly number[]): number => (100 * (quantile(values, 0.9) - quantile(values, 0.1))) / median(values);
