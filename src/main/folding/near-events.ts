import { MAX_PAGE, type StoredEvent } from '../../shared/model/event.ts';
import type { History } from './history.ts';

/** Events of a history by version. Whoever moves along it asks for nearly the same ones again: the last ones are kept. */
export interface NearEvents {
  /** The readable events after a version up to another. */
  readonly between: (after: number, to: number) => Promise<readonly StoredEvent[]>;
}

/** UTF-16 units of data and metadata that are kept. */
const MOST_CHARS = 16 * 1024 * 1024;

interface Stretch {
  readonly after: number;
  readonly to: number;
  readonly events: readonly StoredEvent[];
}

const NONE: Stretch = { after: 0, to: 0, events: [] };

export function createNearEvents(history: History): NearEvents {
  let kept = NONE;

  const read = async (after: number, to: number): Promise<StoredEvent[]> => {
    const found: StoredEvent[] = [];
    let cursor: number | null = after;
    while (cursor !== null && cursor < to) {
      const page = await history.read(cursor, Math.min(MAX_PAGE, to - cursor));
      for (const event of page.events) if (event.version <= to) found.push(event);
      cursor = page.next;
    }
    return found;
  };

  return {
    async between(after, to) {
      const before = kept;
      const isKnown = after >= before.after && after <= before.to;
      const known = isKnown ? before.events.filter(({ version }) => version > after && version <= to) : [];
      if (isKnown && to <= before.to) return known;
      const events = [...known, ...(await read(isKnown ? before.to : after, to))];
      const chars = events.reduce((sum, { data, metadata }) => sum + data.length + metadata.length, 0);
      kept = chars <= MOST_CHARS ? { after, to, events } : NONE;
      return events;
    },
  };
}
