import { EventStoreError } from '../../shared/model/errors.ts';
import { DEFAULT_MAX_EVENT_BYTES, type DamagedVersion, type EventPage, type NewEvent, type StoredEvent } from '../../shared/model/event.ts';
import type { BeginningLengths, EventBeginning } from '../../shared/model/event-beginning.ts';
import { validateEventStoreConfig, type EventStoreConfig } from '../../shared/model/event-store-config.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { StoreHealth } from '../../shared/model/health.ts';
import type { Problem } from '../../shared/model/problem.ts';
import type { Topic, TopicConfig, TopicOptions } from '../../shared/model/topic-config.ts';
import type { TrashedTopic } from '../../shared/model/trash.ts';
import { appendEvents, type AppendOptions } from './commands/append-events.ts';
import type { CommandContext, MeantTopic } from './commands/context.ts';
import { createTopic } from './commands/create-topic.ts';
import { deleteTopic } from './commands/delete-topic.ts';
import { planRestoration, restoreConfiguration } from './commands/restore-configuration.ts';
import { startEmpty } from './commands/start-empty.ts';
import { purgeTopic, restoreTopic, type TrashPlace } from './commands/trash.ts';
import { updateTopic } from './commands/update-topic.ts';
import { fixedConfiguration, followConfiguration, type Configuration } from './configuration.ts';
import type { Leftover, RepositoryAdapters, ScanSlice, TimeSpan, TopicStatistics } from './ports/event-repository.ts';
import { createPrepareEvents } from './prepare-events.ts';
import { checkTopic, type TopicCheck } from './queries/check-topic.ts';
import { eventQueries, type EventQueries } from './queries/events.ts';
import { healthQueries, healthWhenDown, type HealthQueries } from './queries/health.ts';
import { topicQueries, type TopicQueries } from './queries/topics.ts';
import { readOnlyError } from './read-only-repository.ts';
import { findAdapter } from './repository-factory.ts';
import { createRepositoryRegistry, type RepositoryRegistry } from './repository-registry.ts';
import type { RestorePlan } from './restore-plan.ts';
import { createStorage } from './storage.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTurns } from './turns.ts';

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
  /** For a repository that has no configuration topic: its topics as they are, to be read only. */
  readonly topicsWithoutConfiguration?: readonly TopicConfig[] | undefined;
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
  /** With `seen`, a change of someone else since is VERSION_CONFLICT, and another incarnation TOPIC_NOT_FOUND. */
  updateTopic(config: TopicConfig, seen?: Topic): Promise<Topic>;
  /** Writes TopicDeleted, then moves the data to the trash. `entry` is null when there was no data to keep. */
  deleteTopic(name: string, meant?: MeantTopic): Promise<{ readonly entry: string | null }>;
  /** Makes a topic whose data is missing empty again, so that it can be appended to. */
  startEmpty(name: string, meant?: MeantTopic): Promise<void>;
  /** What creating this topic, or with `of` changing that one, would meet and write. Writes nothing and refuses nothing. */
  checkTopic(topic: NewTopic, of?: Topic): Promise<TopicCheck>;
  getTopic(name: string): Promise<Topic>;
  listTopics(): Promise<readonly Topic[]>;

  listTrash(): Promise<readonly TrashedTopicAt[]>;
  restoreTopic(entry: string, name?: string, at?: TrashPlace): Promise<Topic>;
  purgeTopic(entry: string, at?: TrashPlace): Promise<void>;

  /** What would bring all topics back to how they were after a configuration version. Writes nothing. */
  planRestore(version: number): Promise<RestorePlan>;
  /** Carries a plan out, if nothing changed since. VERSION_CONFLICT, INVALID_INPUT; `details.done` steps were carried out. */
  restoreConfiguration(plan: RestorePlan): Promise<{ readonly version: number }>;

  appendEvents(topic: string, events: readonly NewEvent[], options?: AppendOptions): Promise<AppendResult>;
  /** Every healthy event after version `fromVersion`. For whole histories; a screen uses `readEvents`. */
  getEvents(topic: string, fromVersion?: number): Promise<EventList>;
  getEventsByType(topic: string, type: string, fromVersion?: number): Promise<EventList>;
  readEvents(topic: string, options: ReadOptions): Promise<EventPage>;
  /** The same page with the beginnings of data and metadata alone, which a large event costs far less (EventRepository.readBeginnings). */
  readBeginnings(topic: string, options: ReadOptions, lengths: BeginningLengths): Promise<EventPage<EventBeginning>>;
  getLatestVersion(topic: string): Promise<number>;
  countEvents(topic: string, signal?: AbortSignal): Promise<TopicCount>;
  /**
   * One bounded slice of what the events after version `after` are, without their data; go on with `next`. `holding`: only
   * events of this id, or with this text in their metadata (EventRepository.scan).
   */
  scanEvents(topic: string, after: number, holding?: string | null): Promise<ScanSlice>;
  /** The lowest version above `after` of this id, 0 for none; null where only a scan can tell (EventRepository.versionOfId). */
  versionOfId(topic: string, id: string, after: number): Promise<number | null>;
  /** What is counted of a topic as it is written, null where nothing is (EventRepository.statistics). */
  topicStatistics(topic: string, span?: TimeSpan | null): Promise<TopicStatistics | null>;
  /** Catch-up then live, in order, each version once. The next delivery waits until `listener` has resolved. */
  subscribe(topic: string, after: number, listener: (delivery: EventList) => void | Promise<void>): Promise<Subscription>;

  health(): Promise<StoreHealth>;
  /** What a person should know: of the configuration history and of every repository opened so far. */
  problems(): Promise<readonly Problem[]>;
}

const DEFAULT_LOCK_WAIT = 5000;

/**
 * Builds a store; nothing is opened before `initialize`.
 * @throws EventStoreError INVALID_TOPIC_CONFIG for an invalid config.
 */
export function createEventStore(config: EventStoreConfig, options: EventStoreOptions): EventStore {
  validateEventStoreConfig(config);
  const { configStream, logger } = config;
  let session: Session | null = null;
  let opening: Promise<void> | null = null;

  const open = (): Session => {
    if (session) return session;
    throw new EventStoreError('NOT_INITIALIZED', 'The store is not initialised. Call initialize first, and not after close.');
  };

  return {
    configStream,
    async initialize() {
      if (session) return;
      opening ??= openSession(config, options)
        .then((opened) => {
          session = opened;
        })
        .finally(() => {
          opening = null;
        });
      await opening;
    },
    async close() {
      await opening?.catch(() => {});
      const closing = session;
      session = null;
      if (!closing) return;
      closing.subscriptions.closeAll();
      await closing.registry.close();
      logger.info('Store closed', { configStream: configStream.name });
    },
    createTopic: async (topic, leftover) => createTopic(open().context, topic, leftover),
    updateTopic: async (topic, seen) => updateTopic(open().context, topic, seen),
    deleteTopic: async (name, meant) => deleteTopic(open().context, name, meant),
    startEmpty: async (name, meant) => startEmpty(open().context, name, meant),
    checkTopic: async (topic, of) => checkTopic(open().context, topic, of),
    getTopic: async (name) => open().topics.getTopic(name),
    listTopics: async () => open().topics.listTopics(),
    listTrash: async () => open().topics.listTrash(),
    restoreTopic: async (entry, name, at) => restoreTopic(open().context, open().topics.listTrash, entry, name, at),
    planRestore: async (version) => planRestoration(open().context, open().reader, open().topics.listTrash, version),
    restoreConfiguration: async (plan) => restoreConfiguration(open().context, open().reader, open().topics.listTrash, plan),
    purgeTopic: async (entry, at) => purgeTopic(open().context, open().topics.listTrash, entry, at),
    appendEvents: async (topic, events, append) => appendEvents(open().context, topic, events, append),
    getEvents: async (topic, fromVersion) => open().events.getEvents(topic, fromVersion),
    getEventsByType: async (topic, type, fromVersion) => open().events.getEventsByType(topic, type, fromVersion),
    readEvents: async (topic, read) => open().events.readEvents(topic, read),
    readBeginnings: async (topic, read, lengths) => open().events.readBeginnings(topic, read, lengths),
    getLatestVersion: async (topic) => open().events.getLatestVersion(topic),
    countEvents: async (topic, signal) => open().events.countEvents(topic, signal),
    scanEvents: async (topic, after, holding) => open().events.scanEvents(topic, after, holding),
    versionOfId: async (topic, id, after) => open().events.versionOfId(topic, id, after),
    topicStatistics: async (topic, span) => open().events.topicStatistics(topic, span),
    subscribe: async (topic, after, listener) => open().subscriptions.subscribe(topic, after, listener),
    health: async () => session?.health.health() ?? healthWhenDown(configStream.name),
    problems: async () => open().health.problems(),
  };
}

/** Everything of one time between initialize and close. */
interface Session {
  readonly registry: RepositoryRegistry;
  readonly context: CommandContext;
  readonly topics: TopicQueries;
  readonly events: EventQueries;
  /** The configuration topic for who replays it. */
  readonly reader: Pick<EventStore, 'configStream' | 'readEvents'>;
  readonly health: HealthQueries;
  readonly subscriptions: Subscriptions;
}

async function openSession({ configStream: stream, logger }: EventStoreConfig, options: EventStoreOptions): Promise<Session> {
  const { adapters, base, now, newId, readOnly, topicsWithoutConfiguration } = options;
  const { lockWait = DEFAULT_LOCK_WAIT, allowOutside = false, maxEventBytes = DEFAULT_MAX_EVENT_BYTES } = options;
  findAdapter(adapters, stream.adapter);
  const registry = createRepositoryRegistry({ adapters, base, lockWait, readOnly, allowOutside });
  const prepare = createPrepareEvents({ now, newId, maxEventBytes });
  const configuration: Configuration = topicsWithoutConfiguration
    ? fixedConfiguration(topicsWithoutConfiguration)
    : followConfiguration({ stream, registry, prepare, onChange: () => subscriptions.catalogueChanged() });
  const storage = createStorage({ stream, configuration, registry });
  const subscriptions = createSubscriptions({ storage, configuration });
  const context: CommandContext = {
    stream,
    adapters,
    configuration,
    registry,
    storage,
    prepare,
    logger,
    turns: createTurns(),
    refuseReadOnly: () => {
      if (readOnly !== undefined) throw readOnlyError(readOnly);
    },
    appended: (topic) => subscriptions.appended(topic),
  };
  const events = eventQueries(storage);
  const session: Session = {
    registry,
    context,
    subscriptions,
    topics: topicQueries({ stream, configuration, registry }),
    events,
    reader: { configStream: stream, readEvents: events.readEvents },
    health: healthQueries({ stream, configuration, registry }),
  };
  try {
    const { version, topics, problems } = await configuration.catchUp();
    logger.info('Store opened', { configStream: stream.name, version, topics: topics.size, problems: problems.length });
    return session;
  } catch (error) {
    await registry.close();
    throw error;
  }
}
