import { EventStoreError } from '../../../shared/model/errors.ts';
import { MAX_PAGE, type EventPage, type ReadQuery, type StoredEvent } from '../../../shared/model/event.ts';
import { topicOptions, type TopicConfig } from '../../../shared/model/topic-config.ts';
import type { Appended, CountSlice, PreparedEvent, ScanSlice } from '../../eventstore/ports/event-repository.ts';
import { createScanColumns, holdsText } from '../scan-columns.ts';
import { pageVersions } from './page-versions.ts';

/** The text a page may hold; one event is always given, however large. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** The events of one topic: an array where index + 1 is the version, and what finds an event by id and by type. */
export interface MemoryTopic {
  readonly config: TopicConfig;
  readonly latest: number;
  setConfig(config: TopicConfig): void;
  append(batch: readonly PreparedEvent[], expectedVersion: number | null): Appended;
  read(query: ReadQuery): EventPage;
  count(after: number): CountSlice;
  scan(after: number, holding: string | null): ScanSlice;
  versionOfId(id: string, after: number): number;
  /** Takes another name: config and events carry it from now on. */
  rename(config: TopicConfig): void;
}

export function createMemoryTopic(given: TopicConfig): MemoryTopic {
  let config = frozenConfig(given);
  const events: StoredEvent[] = [];
  const sizes: number[] = [];
  const versions = new Map<string, number>();
  const versionsOfType = new Map<string, number[]>();

  const keep = (prepared: PreparedEvent): void => {
    const version = events.length + 1;
    const { id, type, data, metadata, timestamp } = prepared;
    // Frozen once here, so that a page hands out the stored objects themselves instead of copies.
    events.push(Object.freeze({ id, topic: config.name, type, data, metadata, timestamp, version }));
    sizes.push(Buffer.byteLength(data) + Buffer.byteLength(metadata));
    if (!versions.has(id)) versions.set(id, version);
    const ofType = versionsOfType.get(type);
    if (ofType) ofType.push(version);
    else versionsOfType.set(type, [version]);
  };

  /** The versions of the first time where the whole batch is a repetition, null where none of it is. */
  const findRepeated = (batch: readonly PreparedEvent[]): Appended | null => {
    const ids = new Set(batch.map((event) => event.id));
    if (ids.size < batch.length) throw idConflict('An event id occurs twice in the batch', config.name, firstRepeated(batch));
    const found = batch.map((event) => versions.get(event.id));
    const known = batch.find((_event, index) => found[index] !== undefined);
    if (!known) return null;
    const first = found[0];
    const same = batch.every((event, index) => event.idGiven && first !== undefined && isSame(event, events[first - 1 + index]));
    if (!same) throw idConflict('The topic already holds an event of this id that is not the one given', config.name, known.id);
    return { first: first!, last: first! + batch.length - 1, replayed: true };
  };

  return {
    get config() {
      return config;
    },
    get latest() {
      return events.length;
    },
    setConfig(next) {
      config = frozenConfig(next);
    },
    append(batch, expectedVersion) {
      const repeated = findRepeated(batch);
      if (repeated) return repeated;
      const actual = events.length;
      if (expectedVersion !== null && expectedVersion !== actual) {
        throw versionConflict(config.name, expectedVersion, actual);
      }
      batch.forEach(keep);
      return { first: actual + 1, last: events.length, replayed: false };
    },
    read(query) {
      if (!Number.isInteger(query.limit) || query.limit < 1 || query.limit > MAX_PAGE) {
        throw new EventStoreError('INVALID_INPUT', `A page holds 1 to ${MAX_PAGE} events, not ${query.limit}.`, { limit: query.limit });
      }
      const lists = query.types?.length ? [...new Set(query.types)].map((type) => versionsOfType.get(type) ?? []) : null;
      const page: StoredEvent[] = [];
      let bytes = 0;
      for (const version of pageVersions(query.direction, query.cursor, events.length, lists)) {
        const size = sizes[version - 1]!;
        if (page.length === query.limit || (page.length > 0 && bytes + size > PAGE_BYTES)) {
          return { events: page, damaged: [], next: page.at(-1)!.version, scanned: page.length };
        }
        page.push(events[version - 1]!);
        bytes += size;
      }
      return { events: page, damaged: [], next: null, scanned: page.length };
    },
    count: (after) => ({ events: Math.max(0, events.length - Math.max(0, after)), damaged: [], next: null }),
    scan(after, holding) {
      const columns = createScanColumns();
      const holds = holding === null ? null : holdsText(holding);
      const first = Math.max(0, after);
      let at = first;
      for (; at < events.length && columns.room(at - first) > 0; at++) {
        const event = events[at]!;
        if (!holds || holds(event.id, event.metadata)) columns.add(event.version, event.timestamp, event.type);
      }
      return columns.finish(Math.max(0, at - first), at < events.length ? at : null);
    },
    // Ids are unique here: a second append of one is a retry or refused.
    versionOfId(id, after) {
      const version = versions.get(id) ?? 0;
      return version > after ? version : 0;
    },
    rename(next) {
      config = frozenConfig(next);
      events.forEach((event, index) => (events[index] = Object.freeze({ ...event, topic: config.name })));
    },
  };
}

function isSame(given: PreparedEvent, stored: StoredEvent | undefined): boolean {
  return (
    stored !== undefined &&
    given.id === stored.id &&
    given.type === stored.type &&
    given.data === stored.data &&
    given.metadata === stored.metadata &&
    (!given.timestampGiven || given.timestamp === stored.timestamp)
  );
}

function firstRepeated(batch: readonly PreparedEvent[]): string | undefined {
  const seen = new Set<string>();
  return batch.find((event) => seen.size === seen.add(event.id).size)?.id;
}

function idConflict(reason: string, topic: string, id: string | undefined): EventStoreError {
  const advice = 'Nothing was written. Repeat a batch exactly as it was, or give new events new ids.';
  return new EventStoreError('EVENT_ID_CONFLICT', `${reason}: "${id}" in topic "${topic}". ${advice}`, { topic, id });
}

function frozenConfig({ name, adapter, connection, options }: TopicConfig): TopicConfig {
  return Object.freeze({ name, adapter, connection, options: Object.freeze(topicOptions(Object.entries(options))) });
}

export function versionConflict(topic: string, expected: number, actual: number): EventStoreError {
  const message = `The topic "${topic}" is at version ${actual}, not ${expected}: someone else has written to it. Read what is new, then decide again.`;
  return new EventStoreError('VERSION_CONFLICT', message, { topic, expected, actual });
}
