import type { DamagedVersion, EventPage } from '../../shared/model/event.ts';
import type { ReadOptions } from '../eventstore/event-store.ts';

export interface Run<Event> {
  readonly events: readonly Event[];
  readonly damaged: readonly DamagedVersion[];
  /** How many of the versions asked for have been looked at: at least one. */
  readonly taken: number;
}

const LONGEST_RUN = 200;

/** Reads the first of these ascending versions and those that follow it without a gap, as many as one page gives. */
export async function readRun<Event extends { readonly version: number }>(
  read: (page: ReadOptions) => Promise<EventPage<Event>>,
  versions: readonly number[],
): Promise<Run<Event>> {
  const first = versions[0] ?? 1;
  let length = 1;
  while (length < LONGEST_RUN && versions[length] === first + length) length++;
  const last = first + length - 1;
  const page = await read({ direction: 'forward', after: first - 1, limit: length });
  const end = Math.min(last, page.next ?? last);
  return {
    events: page.events.filter(({ version }) => version <= end),
    damaged: page.damaged.filter(({ version }) => version <= end),
    taken: Math.max(1, end - first + 1),
  };
}
