import { EventStoreError } from '../../../shared/model/errors.ts';
import { MAX_PAGE, type DamagedVersion, type EventPage, type ReadQuery, type StoredEvent } from '../../../shared/model/event.ts';
import type { BeginningLengths, EventBeginning } from '../../../shared/model/event-beginning.ts';
import type { EventList, ReadOptions, TopicCount } from '../event-store.ts';
import type { ScanSlice, TimeSpan, TopicStatistics } from '../ports/event-repository.ts';
import type { Storage } from '../storage.ts';

export interface EventQueries {
  getEvents(topic: string, fromVersion?: number): Promise<EventList>;
  getEventsByType(topic: string, type: string, fromVersion?: number): Promise<EventList>;
  readEvents(topic: string, options: ReadOptions): Promise<EventPage>;
  readBeginnings(topic: string, options: ReadOptions, lengths: BeginningLengths): Promise<EventPage<EventBeginning>>;
  getLatestVersion(topic: string): Promise<number>;
  countEvents(topic: string, signal?: AbortSignal): Promise<TopicCount>;
  scanEvents(topic: string, after: number, holding?: string | null): Promise<ScanSlice>;
  versionOfId(topic: string, id: string, after: number): Promise<number | null>;
  topicStatistics(topic: string, span?: TimeSpan | null): Promise<TopicStatistics | null>;
}

const nothing: EventPage<never> = { events: [], damaged: [], next: null, scanned: 0 };

export function eventQueries(storage: Storage): EventQueries {
  const all = (topic: string, fromVersion: number, types?: readonly string[]): Promise<EventList> =>
    storage.query(topic, { events: [], damaged: [] }, async (repository) => {
      const events: StoredEvent[] = [];
      const damaged: DamagedVersion[] = [];
      let cursor: number | null = Math.max(0, fromVersion);
      while (cursor !== null) {
        const page: EventPage = await repository.read(topic, { direction: 'forward', cursor, limit: MAX_PAGE, types });
        for (const event of page.events) events.push(event);
        for (const version of page.damaged) damaged.push(version);
        cursor = page.next;
      }
      return { events, damaged };
    });

  return {
    getEvents(topic, fromVersion = 0) {
      return all(topic, wholeVersion(fromVersion));
    },
    async getEventsByType(topic, type, fromVersion = 0) {
      if (typeof type !== 'string' || type === '') {
        throw new EventStoreError('INVALID_EVENT', 'Events can only be asked for by a type that is not empty.', { field: 'type' });
      }
      return all(topic, wholeVersion(fromVersion), [type]);
    },
    async readEvents(topic, options) {
      const query = readQuery(options);
      return storage.query<EventPage>(topic, nothing, (repository) => repository.read(topic, query));
    },
    async readBeginnings(topic, options, lengths) {
      const query = readQuery(options);
      return storage.query<EventPage<EventBeginning>>(topic, nothing, (repository) => repository.readBeginnings(topic, query, lengths));
    },
    getLatestVersion(topic) {
      return storage.query(topic, 0, (repository) => repository.latestVersion(topic));
    },
    async scanEvents(topic, after, holding = null) {
      const from = wholeVersion(after);
      return storage.query(topic, nothingScanned(), (repository) => repository.scan(topic, from, holding));
    },
    async versionOfId(topic, id, after) {
      const from = wholeVersion(after);
      return storage.query<number | null>(topic, 0, (repository) => repository.versionOfId(topic, id, from));
    },
    topicStatistics(topic, span = null) {
      return storage.query<TopicStatistics | null>(topic, null, (repository) => repository.statistics(topic, span));
    },
    countEvents(topic, signal) {
      return storage.query<TopicCount>(topic, { events: 0, latestVersion: 0, damaged: [] }, async (repository) => {
        let events = 0;
        const damaged: DamagedVersion[] = [];
        let after: number | null = 0;
        while (after !== null) {
          if (signal?.aborted) throw new EventStoreError('CANCELLED', `Counting "${topic}" was stopped.`, { topic });
          const slice = await repository.count(topic, after);
          events += slice.events;
          for (const version of slice.damaged) damaged.push(version);
          after = slice.next;
        }
        return { events, latestVersion: await repository.latestVersion(topic), damaged };
      });
    },
  };
}

function nothingScanned(): ScanSlice {
  return {
    versions: new Float64Array(),
    timestamps: new BigInt64Array(),
    types: new Uint32Array(),
    names: [],
    damaged: [],
    scanned: 0,
    next: null,
  };
}

/** A negative version asks for everything, as in the Go original. */
function wholeVersion(version: number): number {
  if (Number.isInteger(version)) return Math.max(0, version);
  throw new EventStoreError('INVALID_INPUT', `A version is a whole number, not ${version}.`, { version });
}

function readQuery(options: ReadOptions): ReadQuery {
  const { direction, cursor } = readCursor(options);
  const { limit, types } = options;
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_PAGE) return { direction, cursor, limit, types };
  throw new EventStoreError('INVALID_INPUT', `A page holds 1 to ${MAX_PAGE} events, not ${limit}.`, { limit });
}

function readCursor({ direction = 'forward', after, before }: ReadOptions): { direction: 'forward' | 'backward'; cursor: number | null } {
  const wrong = direction === 'forward' ? before : after;
  if (wrong !== undefined) {
    throw new EventStoreError('INVALID_INPUT', 'A forward page is read "after" a version, a backward one "before" a version.', {
      direction,
    });
  }
  if (direction === 'forward') return { direction, cursor: wholeVersion(after ?? 0) };
  return { direction, cursor: before === undefined ? null : wholeVersion(before) };
}
