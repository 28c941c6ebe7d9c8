import { encodeEvent } from '../../../../shared/model/event.ts';
import type { JsonText } from '../../../../shared/model/json-text.ts';
import { eventBytes, type DraftEvent } from './check-draft.ts';
import { newIds } from './new-ids.ts';
import type { Steps } from './slices.ts';

/** What would be written, for a person to look at before it is. */
export interface Review {
  readonly events: readonly (DraftEvent & { readonly id: string })[];
  readonly bytes: number;
  /** Of the largest event. */
  readonly most: number;
  /** Most frequent first. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** Events whose id was given by the person. */
  readonly ownIds: number;
  readonly ownTimestamps: number;
}

/** The ids of a draft: kept where there are enough of them, new ones where not. `now` in ms since the epoch. */
export function idsFor(events: readonly DraftEvent[], kept: readonly string[] | null, now: number): readonly string[] {
  return kept?.length === events.length ? kept : newIds(events.length, now);
}

/** Events with the ids they will be stored under, and what they add up to. `ids` has one for each. */
export function* reviewOf(events: readonly DraftEvent[], ids: readonly string[]): Steps<Review> {
  const counts = new Map<string, number>();
  let bytes = 0;
  let most = 0;
  const whole = [];
  for (const [index, event] of events.entries()) {
    if (index % 50 === 49) yield;
    const mine = eventBytes(event);
    bytes += mine;
    most = Math.max(most, mine);
    counts.set(event.type, (counts.get(event.type) ?? 0) + 1);
    whole.push({ ...event, id: event.id ?? ids[index] ?? '' });
  }
  return {
    events: whole,
    bytes,
    most,
    types: [...counts].map(([type, count]) => ({ type, count })).sort((a, b) => b.count - a.count),
    ownIds: events.filter(({ id }) => id !== undefined).length,
    ownTimestamps: events.filter(({ timestamp = 0n }) => timestamp !== 0n).length,
  };
}

const UNKNOWN = '"timestamp":0,';

/**
 * The line that will be stored, but for what is known only when it is: the time, and after any version also the number.
 * `version` null: whichever comes.
 */
export function storedLine(event: DraftEvent, topic: string, version: number | null): string {
  const { type, id = '', data = 'null', metadata = 'null', timestamp = 0n } = event;
  const line = encodeEvent({
    id,
    topic,
    type,
    data: data as JsonText,
    metadata: metadata as JsonText,
    timestamp,
    version: version ?? 0,
  });
  const end = line.lastIndexOf(UNKNOWN);
  const timed = timestamp === 0n ? `${line.slice(0, end)}"timestamp":(when appended),${line.slice(end + UNKNOWN.length)}` : line;
  return version === null ? timed.replace(/"version":0\}$/, '"version":(the next)}') : timed;
}
