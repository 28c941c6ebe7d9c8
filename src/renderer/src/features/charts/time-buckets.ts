import type { TopicOverview } from '../../../../shared/ipc/contract/survey.ts';
import { timeText } from '../../ui/format.ts';
import type { TimeBuckets } from '../../ui/time-bars.tsx';

/** The bars of an overview; null while nothing is known of its times. */
export function bucketsOf({ histogram }: Pick<TopicOverview, 'histogram'>, isFiltering: boolean): TimeBuckets | null {
  if (histogram === null) return null;
  const { from, step, counts, matchingCounts } = histogram;
  return { from, step, counts, picked: isFiltering ? matchingCounts : null };
}

/** A span in words, as far as it has ends. */
export function spanText(from: bigint | null, to: bigint | null, zone: 'utc' | 'local'): string {
  const text = (time: bigint): string => timeText(time, zone, 0);
  if (from === null) return to === null ? 'any time' : `before ${text(to)}`;
  return to === null ? `from ${text(from)}` : `${text(from)} to ${text(to)}`;
}
