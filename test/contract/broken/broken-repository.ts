import type { EventRepository, RepositoryAdapter, ScanSlice } from '../../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError, type ErrorCode } from '../../../src/shared/model/errors.ts';
import type { StoredEvent } from '../../../src/shared/model/event.ts';

/** A repository with one mistake in it, and the laws that must notice. */
export interface BrokenRepository {
  readonly mistake: string;
  /** How the names of these laws begin. */
  readonly breaks: readonly string[];
  readonly wrap: (adapter: RepositoryAdapter) => RepositoryAdapter;
}

/** A mistake in some methods of a repository; made anew for every handle that is opened. */
export function mistake(
  what: string,
  change: (right: EventRepository, place: string) => Partial<EventRepository>,
  ...breaks: readonly string[]
): BrokenRepository {
  const wrap = (adapter: RepositoryAdapter): RepositoryAdapter => ({
    ...adapter,
    async open(location, options) {
      const right = await adapter.open(location, options);
      return { ...right, ...change(right, location.place) };
    },
  });
  return { mistake: what, breaks, wrap };
}

/** A mistake in finding and opening places. */
export function adapterMistake(
  what: string,
  change: (right: RepositoryAdapter) => Partial<RepositoryAdapter>,
  ...breaks: readonly string[]
): BrokenRepository {
  return { mistake: what, breaks, wrap: (adapter) => ({ ...adapter, ...change(adapter) }) };
}

/** `read` with every event passed through `spoil`. */
export function spoiling(right: EventRepository, spoil: (event: StoredEvent) => StoredEvent): Pick<EventRepository, 'read'> {
  return {
    async read(topic, query) {
      const page = await right.read(topic, query);
      return { ...page, events: page.events.map(spoil) };
    },
  };
}

/** The rows of a slice at these places. */
export function columnsOf(slice: ScanSlice, places: readonly number[]): Pick<ScanSlice, 'versions' | 'timestamps' | 'types'> {
  return {
    versions: Float64Array.from(places, (place) => slice.versions[place]!),
    timestamps: BigInt64Array.from(places, (place) => slice.timestamps[place]!),
    types: Uint32Array.from(places, (place) => slice.types[place]!),
  };
}

export function refuse(code: ErrorCode): never {
  throw new EventStoreError(code, 'The broken repository refuses.', {});
}

/** Everything of a topic; none where it is not here. */
export async function allOf(right: EventRepository, topic: string): Promise<readonly StoredEvent[]> {
  if (!(await right.findTopic(topic))) return [];
  const events: StoredEvent[] = [];
  let cursor: number | null = 0;
  while (cursor !== null) {
    const page: Awaited<ReturnType<EventRepository['read']>> = await right.read(topic, { direction: 'forward', cursor, limit: 1000 });
    events.push(...page.events);
    cursor = page.next;
  }
  return events;
}

export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
