import type { DamagedVersion, EventPage, NewEvent, StoredEvent } from '../../shared/model/event.ts';
import type { EventStoreConfig } from '../../shared/model/event-store-config.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { StoreHealth } from '../../shared/model/health.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { Topic, TopicConfig, TopicOptions } from '../../shared/model/topic-config.ts';
import type { TrashedTopic } from '../../shared/model/trash.ts';
import type { Leftover, RepositoryAdapters } from './ports/event-repository.ts';

export interface EventStoreOptions {
  readonly adapters: RepositoryAdapters;
  /** The store's folder (absolute): relative connections resolve against it. */
  readonly base: string;
  /** Nanoseconds since the Unix epoch. */
  readonly now: () => bigint;
  /** A new unique id for an event, time-ordered. */
  readonly newId: () => string;
  /** Refuse every write, below the facade. The text says why, for the person who tries. */
  readonly readOnly?: string | undefined;
  /** Repositories outside the store's folder may be written (otherwise they open read-only). */
  readonly allowOutside?: boolean | undefined;
  /** Milliseconds to wait for another writer; 5000. */
  readonly lockWait?: number | undefined;
  /** Largest event in bytes of data plus metadata; 16 MiB. */
  readonly maxEventBytes?: number | undefined;
}

/** A topic to create. Absent adapter and connection: where the configuration topic is. */
export interface NewTopic {
  readonly name: string;
  readonly adapter?: string | undefined;
  readonly connection?: string | undefined;
  readonly options?: TopicOptions | undefined;
}

export interface AppendResult {
  /** Null for an empty batch. */
  readonly first: number | null;
  readonly last: number;
  /** The batch was already there: a safe retry. */
  readonly replayed: boolean;
}

export interface EventList {
  readonly events: readonly StoredEvent[];
  readonly damaged: readonly DamagedVersion[];
}

/** Both cursors are exclusive; give `after` (forward) or `before` (backward). Neither: from the start, or the end. */
export interface ReadOptions {
  readonly direction?: 'forward' | 'backward' | undefined;
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  /** 1 to 1000. */
  readonly limit: number;
  readonly types?: readonly string[] | undefined;
}

export interface TopicCount {
  /** Readable events. */
  readonly events: number;
  readonly latestVersion: number;
  readonly damaged: readonly DamagedVersion[];
}

/** A trashed topic and the repository that keeps it. */
export interface TrashedTopicAt extends TrashedTopic {
  readonly adapter: string;
  readonly connection: string;
}

export interface Subscription {
  close(): void;
  /** Resolves after `close`; rejects with TOPIC_NOT_FOUND when the topic is deleted, or with the error that ended it. */
  readonly ended: Promise<void>;
}

/** Topics over several repositories, configured by events. See docs/event-sourcing.md. */
export interface EventStore {
  readonly configStream: EventStreamConfig;
  initialize(): Promise<void>;
  close(): Promise<void>;

  createTopic(topic: NewTopic, leftover?: Leftover): Promise<Topic>;
  /** Replaces adapter, connection and options. TOPIC_NOT_EMPTY when the place changes under stored events. */
  updateTopic(config: TopicConfig): Promise<Topic>;
  /** Writes TopicDeleted, then moves the data to the trash. `entry` is null when there was no data to keep. */
  deleteTopic(name: string): Promise<{ readonly entry: string | null }>;
  /** Makes a topic whose data is missing empty again, so that it can be appended to. */
  startEmpty(name: string): Promise<void>;
  getTopic(name: string): Promise<Topic>;
  listTopics(): Promise<readonly Topic[]>;

  listTrash(): Promise<readonly TrashedTopicAt[]>;
  restoreTopic(entry: string, name?: string): Promise<Topic>;
  purgeTopic(entry: string): Promise<void>;

  appendEvents(topic: string, events: readonly NewEvent[], options?: { readonly expectedVersion?: number | undefined }): Promise<AppendResult>;
  /** Every healthy event after version `fromVersion`. For whole histories; a screen uses `readEvents`. */
  getEvents(topic: string, fromVersion?: number): Promise<EventList>;
  getEventsByType(topic: string, type: string, fromVersion?: number): Promise<EventList>;
  readEvents(topic: string, options: ReadOptions): Promise<EventPage>;
  getLatestVersion(topic: string): Promise<number>;
  countEvents(topic: string, signal?: AbortSignal): Promise<TopicCount>;
  /** Catch-up then live, in order, each version once. The next delivery waits until `listener` has resolved. */
  subscribe(topic: string, after: number, listener: (delivery: EventList) => void | Promise<void>): Promise<Subscription>;

  health(): Promise<StoreHealth>;
  /** What a person should know: of the configuration history and of every repository opened so far. */
  problems(): Promise<readonly Problem[]>;
}

/** @throws EventStoreError INVALID_TOPIC_CONFIG for an invalid config. */
export declare function createEventStore(config: EventStoreConfig, options: EventStoreOptions): EventStore;
