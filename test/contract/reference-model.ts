import type { Leftover, PreparedEvent } from '../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError, type ErrorCode } from '../../src/shared/model/errors.ts';
import type { StoredEvent } from '../../src/shared/model/event.ts';
import type { TopicConfig } from '../../src/shared/model/topic-config.ts';
import { storedAs } from './observations.ts';

interface ModelTopic {
  config: TopicConfig;
  events: readonly StoredEvent[];
}

/** The port's promises in the plainest words there are: slow, in memory, and with nothing clever to get wrong. */
export function createReferenceModel() {
  const topics = new Map<string, ModelTopic>();
  const trash = new Map<string, ModelTopic>();
  const refuse = (code: ErrorCode): never => {
    throw new EventStoreError(code, 'The model refuses.');
  };
  const find = (name: string): ModelTopic => topics.get(name) ?? refuse('TOPIC_NOT_FOUND');
  const discard = (name: string, entry: string): string => {
    const topic = find(name);
    if (trash.has(entry)) throw new Error('The model is not told how a taken entry is called.');
    trash.set(entry, topic);
    topics.delete(name);
    return entry;
  };
  const sameAs = (event: PreparedEvent, stored: StoredEvent | undefined): boolean =>
    event.id === stored?.id &&
    event.type === stored.type &&
    event.data === stored.data &&
    (!event.timestampGiven || event.timestamp === stored.timestamp);

  return {
    create(config: TopicConfig, leftover: Leftover, entry: string): void {
      const living = topics.get(config.name);
      if (living && leftover === 'refuse') refuse('LEFTOVER_DATA');
      if (living && leftover === 'trash') discard(config.name, entry);
      topics.set(config.name, { config, events: topics.get(config.name)?.events ?? [] });
    },
    writeConfig: (config: TopicConfig): void => void (find(config.name).config = config),
    discard,
    restore(entry: string, name: string, config: TopicConfig): void {
      const topic = trash.get(entry);
      if (topic?.config.name !== name) return refuse('TOPIC_NOT_FOUND');
      if (topics.has(config.name)) refuse('LEFTOVER_DATA');
      topics.set(config.name, { config, events: topic.events.map((event) => ({ ...event, topic: config.name })) });
      trash.delete(entry);
    },
    purge(entry: string, name: string): void {
      if (trash.get(entry)?.config.name !== name) refuse('TOPIC_NOT_FOUND');
      trash.delete(entry);
    },
    append(name: string, batch: readonly PreparedEvent[], expected: number | null) {
      const topic = find(name);
      if (new Set(batch.map((event) => event.id)).size < batch.length) refuse('EVENT_ID_CONFLICT');
      const places = batch.map((event) => topic.events.findIndex((stored) => stored.id === event.id));
      if (places.some((place) => place >= 0)) {
        const first = places[0] ?? -1;
        if (first < 0 || !batch.every((event, n) => event.idGiven && sameAs(event, topic.events[first + n]))) refuse('EVENT_ID_CONFLICT');
        return { first: first + 1, last: first + batch.length, replayed: true };
      }
      const actual = topic.events.length;
      if (expected !== null && expected !== actual) refuse('VERSION_CONFLICT');
      topic.events = [...topic.events, ...storedAs(batch, name, actual + 1)];
      return { first: actual + 1, last: topic.events.length, replayed: false };
    },
    read(name: string, direction: 'forward' | 'backward', cursor: number | null, types: readonly string[]): readonly StoredEvent[] {
      const { events } = find(name);
      const some = events.filter((event) => types.length === 0 || types.includes(event.type));
      if (direction === 'forward') return some.filter((event) => event.version > (cursor ?? 0));
      return some.filter((event) => cursor === null || event.version < cursor).toReversed();
    },
    count: (name: string, after: number): number => find(name).events.filter((event) => event.version > after).length,
    latest: (name: string): number => find(name).events.length,
    topics: () => [...topics.entries()].map(([name, { config }]) => ({ name, config, hasData: true })).sort(byKey((topic) => topic.name)),
    trash: () =>
      [...trash.entries()]
        .map(([entry, { config, events }]) => ({ entry, topic: config.name, config, latestVersion: events.length }))
        .sort(byKey((trashed) => trashed.entry)),
  };
}

export type ReferenceModel = ReturnType<typeof createReferenceModel>;

function byKey<T>(key: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
}
