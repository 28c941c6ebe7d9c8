import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { newEventStoreConfig } from '../shared/model/event-store-config.ts';
import type { EventStreamConfig } from '../shared/model/event-stream-config.ts';
import { silentLogger, type Logger } from '../shared/model/logger.ts';
import { memoryAdapter } from './adapters/memory/memory-adapter.ts';
import type { StoreLocation } from './discovery/store-location.ts';
import { discoverStore } from './discovery/discover-store.ts';
import { writeTrouble } from './discovery/write-trouble.ts';
import { createStorePlace, type NewStore } from './discovery/create-store-place.ts';
import { seedDemo, type TimeAndIds } from './demo/seed-demo.ts';
import { createEventStore, type EventStore } from './eventstore/event-store.ts';
import type { RepositoryAdapters } from './eventstore/ports/event-repository.ts';
import { foldPlaces } from './fold-places.ts';
import { openFoldSession, type FoldSession, type FoldSessionOptions } from './folding/fold-session.ts';
import { topicHistory } from './folding/history.ts';
import { nanosecondClock } from './nanosecond-clock.ts';
import { timeOrderedIds } from './time-ordered-ids.ts';
import { openAdapters, type OpenedAdapters, type StorageKind } from './adapter-table.ts';

export interface OpenStoreOptions {
  readonly logger?: Logger | undefined;
  /** Which topic is the configuration, where several could be. */
  readonly configTopic?: string | undefined;
  /** Refuse every write. */
  readonly readOnly?: boolean | undefined;
  /** Repositories outside the store's folder may be written, and network and device paths opened. */
  readonly allowOutside?: boolean | undefined;
  /** Where repositories run: in this thread (a command), or on a thread of their own (a window). Default `thread`. */
  readonly storage?: StorageKind | undefined;
  /** Nanoseconds since the Unix epoch; the system's clock. */
  readonly now?: (() => bigint) | undefined;
  /** Ids of events that come without one; UUID v7. */
  readonly newId?: (() => string) | undefined;
}

/** An initialised store and what is known of its place. Whoever opened it closes it. */
export interface OpenedStore {
  readonly store: EventStore;
  readonly location: Omit<StoreLocation, 'kind'> & { readonly kind: StoreLocation['kind'] | 'memory' };
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
  /** It is read-only because `readOnly` was asked for, and could be written. */
  readonly byChoice: boolean;
  /** Resolves when all writes have settled and every handle is given back. */
  close(): Promise<void>;
}

const WITHOUT_CONFIGURATION = 'it has no configuration topic, so its topics are shown as they are.';

/**
 * Opens whatever store lies at `path`. Writes nothing.
 * @throws EventStoreError NOT_A_STORE, INVALID_INPUT (see discoverStore), and what the adapters and initialize throw.
 */
export async function openStore(path: string, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  const { allowOutside, configTopic } = options;
  const opened = openAdapters(options.storage ?? 'thread', allowOutside ?? false);
  try {
    const location = await discoverStore(path, { adapters: opened.adapters, configTopic });
    return await openLocation(location, opened, options);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function openLocation(location: StoreLocation, opened: OpenedAdapters, options: OpenStoreOptions): Promise<OpenedStore> {
  const adapters = withOwnPlace(opened.adapters, location);
  const fixed = location.configStream ? await whyNeverWritable(location, location.configStream) : WITHOUT_CONFIGURATION;
  const readOnly = fixed ?? (options.readOnly === true ? 'it was opened read-only.' : null);
  const store = newStore(location.configStream ?? nobodysStream(location), adapters, {
    ...options,
    base: location.base,
    readOnly,
    topics: location.configStream ? undefined : location.topics,
  });
  await store.initialize();
  return {
    store,
    location,
    readOnly,
    byChoice: fixed === null && readOnly !== null,
    close: () => closeBoth(store, opened),
  };
}

/** Why this user cannot write the repository of the configuration, be it wanted or not; null where they can, or it is elsewhere. */
async function whyNeverWritable({ own, base }: StoreLocation, { adapter, connection }: EventStreamConfig): Promise<string | null> {
  if (adapter !== own.adapter) return null;
  const trouble = await writeTrouble(connection === '.' ? own.place : resolve(base, connection));
  const reason = trouble?.code === 'READ_ONLY' ? trouble.details['reason'] : null;
  return typeof reason === 'string' ? reason : null;
}

interface NewStoreOptions extends OpenStoreOptions {
  readonly base: string;
  readonly topics?: StoreLocation['topics'] | undefined;
}

function newStore(
  configStream: EventStreamConfig,
  adapters: RepositoryAdapters,
  options: Omit<NewStoreOptions, 'readOnly'> & { readonly readOnly: string | null },
): EventStore {
  const { base, readOnly, topics, allowOutside, logger = silentLogger, now = nanosecondClock(), newId = timeOrderedIds() } = options;
  return createEventStore(newEventStoreConfig({ configStream, logger }), {
    adapters,
    base,
    now,
    newId,
    allowOutside,
    readOnly: readOnly ?? undefined,
    topicsWithoutConfiguration: topics,
  });
}

/** The adapters go last: closing the store still writes through them. */
async function closeBoth(store: EventStore, adapters: OpenedAdapters): Promise<void> {
  try {
    await store.close();
  } finally {
    await adapters.close();
  }
}

/** `.` with the store's own adapter is the store itself, wherever the file was moved or renamed to. */
function withOwnPlace(adapters: RepositoryAdapters, { own, base }: StoreLocation): RepositoryAdapters {
  const adapter = adapters[own.adapter];
  if (!adapter || own.connection === '.') return adapters;
  return {
    ...adapters,
    [own.adapter]: {
      ...adapter,
      locate: async (connection, from) => {
        if (connection !== '.' || from !== base) return adapter.locate(connection, from);
        return { ...(await adapter.locate(own.connection, base)), connection };
      },
    },
  };
}

/** A name that no topic has, at the store's own place: nothing is ever read from it. */
function nobodysStream({ own, topics }: StoreLocation): EventStreamConfig {
  let name = 'configuration';
  while (topics.some((topic) => topic.name === name)) name += '-';
  return { name, adapter: own.adapter, connection: topics[0]?.connection ?? '.', options: {} };
}

/**
 * Makes a new, empty store at `path` with its configuration topic: one SQLite file, or a folder with tidemark.json.
 * @throws EventStoreError INVALID_INPUT where something is already there, INVALID_TOPIC_NAME, UNKNOWN_ADAPTER,
 * ADAPTER_NOT_AVAILABLE.
 */
export async function createStore(path: string, wanted: Partial<NewStore> = {}): Promise<StoreLocation> {
  const opened = openAdapters('inline', false);
  try {
    return await createStorePlace(path, { adapter: 'sqlite', configTopic: undefined, ...wanted }, opened.adapters);
  } finally {
    await opened.close();
  }
}

/** A store in memory with a history worth looking at, the same at every opening; gone when it is closed. */
export async function openDemoStore(options: Pick<OpenStoreOptions, 'logger'> = {}): Promise<OpenedStore> {
  // Memory alone: nothing that is tried here may land on a disk.
  const adapters = { memory: memoryAdapter() };
  const base = tmpdir();
  const own = { adapter: 'memory', place: 'demo', connection: '.' };
  const configStream: EventStreamConfig = { name: 'configuration', adapter: 'memory', connection: '.', options: {} };
  const live: TimeAndIds = { now: nanosecondClock(), newId: timeOrderedIds() };
  let source = live;
  const store = newStore(configStream, adapters, {
    ...options,
    base,
    readOnly: null,
    now: () => source.now(),
    newId: () => source.newId(),
  });
  await store.initialize();
  await seedDemo(store, (seeding) => {
    source = seeding ?? live;
  });
  return {
    store,
    location: { path: 'Demo store', kind: 'memory', base, own, configStream, topics: [] },
    readOnly: null,
    byChoice: false,
    close: () => store.close(),
  };
}

/**
 * A fold over a topic of an open store. Whoever opened it closes it, before the store.
 * @throws EventStoreError TOPIC_NOT_FOUND; FOLD_FAILED where the text is no fold.
 */
export async function openFold(
  store: EventStore,
  topic: string,
  options: Omit<FoldSessionOptions, 'history' | 'places'> & { readonly upTo?: number | undefined },
): Promise<FoldSession> {
  return openFoldSession({ ...options, history: await topicHistory(store, topic, options.upTo), places: foldPlaces() });
}
