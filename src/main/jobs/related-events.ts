import type { RelatedEvent, RelatedPicture } from '../../shared/ipc/contract/survey.ts';
import { causationOf } from '../../shared/model/causation.ts';
import type { StoredEvent } from '../../shared/model/event.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { createDrivenWork, type DrivenWork } from './driven-work.ts';
import { createStoreSearch, type StoreSearch } from './store-search.ts';
import { storeTopics } from './store-topics.ts';

/** The events that belong to one event, as far as they have been found. */
export interface RelatedEvents {
  /** Looks for what is new once everything has been looked at; false when what was found cannot be trusted any more. */
  refresh(): Promise<boolean>;
  readonly advance: DrivenWork;
  picture(): RelatedPicture;
}

const MOST_EVENTS = 500;
/** Ids whose causes and effects are looked for: each of them is a way through the whole store. */
const MOST_SEARCHES = 50;

/**
 * With a correlation: all that carry it, the event whose id it is, and what that event caused. Without one: causes and
 * effects, and theirs in turn.
 */
export function createRelatedEvents(store: EventStore, origin: StoredEvent): RelatedEvents {
  const { correlationId } = causationOf(origin.metadata);
  const events = new Map<string, RelatedEvent>();
  const searches: { readonly text: string; readonly search: StoreSearch }[] = [];
  let topics: Awaited<ReturnType<typeof storeTopics>> = [];
  let refreshing: Promise<boolean> | null = null;
  let truncated = false;

  const lookFor = (text: string | null): void => {
    if (text === null || searches.some((known) => known.text === text)) return;
    if (searches.length === MOST_SEARCHES) {
      truncated = true;
      return;
    }
    const search = createStoreSearch(store, text, 'ids and metadata');
    search.follow(topics);
    searches.push({ text, search });
  };

  const keep = (event: StoredEvent): void => {
    const key = `${event.version} ${event.topic}`;
    if (events.has(key)) return;
    if (events.size === MOST_EVENTS) {
      truncated = true;
      return;
    }
    const causation = causationOf(event.metadata);
    const { id, topic, type, timestamp, version } = event;
    events.set(key, { topic, version, id, type, timestamp, ...causation });
    if (correlationId !== null) return;
    lookFor(id);
    lookFor(causation.causationId);
  };

  const belongs = (event: StoredEvent, text: string): boolean => {
    const causation = causationOf(event.metadata);
    return event.id === text || causation.causationId === text || (correlationId !== null && causation.correlationId === text);
  };

  const isFull = (): boolean => truncated && events.size === MOST_EVENTS;
  const open = (): (typeof searches)[number] | undefined => (isFull() ? undefined : searches.find(({ search }) => !search.isDone));

  const step = async (): Promise<boolean> => {
    const current = open();
    if (!current) return false;
    for (const event of await current.search.step()) if (belongs(event, current.text)) keep(event);
    return open() !== undefined;
  };

  const look = async (): Promise<boolean> => {
    topics = await storeTopics(store);
    return searches.map(({ search }) => search.follow(topics)).every(Boolean);
  };

  if (correlationId !== null) lookFor(correlationId);
  keep(origin);

  return {
    async refresh() {
      if (open()) return true;
      refreshing ??= look().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
    advance: createDrivenWork(step),
    picture() {
      const sum = (of: (search: StoreSearch) => number): number => searches.reduce((all, { search }) => all + of(search), 0);
      const total = sum((search) => search.total);
      const done = open() === undefined;
      return {
        progress: { scanned: done ? total : sum((search) => search.scanned), total, done },
        correlationId,
        events: [...events.values()].sort(inTime),
        truncated,
        unreachable: [...new Set(searches.flatMap(({ search }) => search.unreachable))].sort(),
      };
    },
  };
}

function inTime(a: RelatedEvent, b: RelatedEvent): number {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1;
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.version - b.version;
}
