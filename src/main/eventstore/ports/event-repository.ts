import type { BeginningLengths, EventBeginning } from '../../../shared/model/event-beginning.ts';
import type { DamagedVersion, EventPage, ReadQuery } from '../../../shared/model/event.ts';
import type { RepositoryHealth } from '../../../shared/model/health.ts';
import type { JsonText } from '../../../shared/model/json-text.ts';
import type { Problem } from '../../../shared/model/problem.ts';
import type { TopicConfig } from '../../../shared/model/topic-config.ts';
import type { TrashedTopic } from '../../../shared/model/trash.ts';

/**
 * One place that holds topics: a folder, a database file, a piece of memory. Every method is bounded, answers
 * plain data that survives structured clone, and throws EventStoreError only. A repository knows nothing of the
 * catalogue: it holds what it was told, and says what it finds.
 *
 * Opening and reading never write. What must exist before the first write (folders, schema) is made by the first write.
 * Any method after `close` is REPOSITORY_CLOSED.
 */
export interface EventRepository {
  readonly capabilities: RepositoryCapabilities;

  /** Topics whose name sorts after `after` (null: from the start), by code unit order, at most `limit` (1 to 1000). */
  listTopics(after: string | null, limit: number): Promise<readonly RepositoryTopic[]>;

  /** One topic, or null where this repository knows nothing of it. */
  findTopic(name: string): Promise<RepositoryTopic | null>;

  /**
   * Makes an empty topic. Data already there under this name is LEFTOVER_DATA with `refuse`, kept with `adopt`,
   * moved to the trash as `trashEntry` with `trash`. A config without events counts as data too.
   */
  createTopic(config: TopicConfig, leftover: Leftover, trashEntry: string): Promise<void>;

  /** Writes the repository's own copy of a topic's config; makes it where it is missing. TOPIC_NOT_FOUND if the topic is not here. */
  writeTopicConfig(config: TopicConfig): Promise<void>;

  /** Moves a topic's data to the trash and answers the entry's name (`entry`, or `entry.n` if taken). TOPIC_NOT_FOUND if not here. */
  trashTopic(name: string, entry: string): Promise<string>;

  /** Everything in the trash, ordered by entry, at most `limit` after `after`. */
  listTrash(after: string | null, limit: number): Promise<readonly TrashedTopic[]>;

  /**
   * Brings a trashed topic back as `config.name` with `config`. TOPIC_NOT_FOUND for an unknown entry,
   * LEFTOVER_DATA when data of that name is here. Its events then carry the new name.
   */
  restoreTopic(entry: string, topic: string, config: TopicConfig): Promise<void>;

  /** Removes a trashed topic for good. TOPIC_NOT_FOUND for an unknown entry. */
  purgeTopic(entry: string, topic: string): Promise<void>;

  /**
   * Appends all events or none, durable when it resolves. In this order, all under the writer's lock:
   * the guard holds (VERSION_CONFLICT with the guard's `topic`), the topic is here (TOPIC_NOT_FOUND), ids (EVENT_ID_CONFLICT, or the first time's versions with `replayed`),
   * expected version (VERSION_CONFLICT { topic, expected, actual }), write. `batch` holds at least one event.
   * STORE_LOCKED after waiting for another writer, STORAGE_FULL, STORAGE_UNAVAILABLE, EXTERNAL_WRITER.
   */
  append(topic: string, batch: readonly PreparedEvent[], expectedVersion: number | null, guard?: AppendGuard): Promise<Appended>;

  /**
   * One page. Bounded in results (`query.limit`), in versions looked at and in bytes (about 4 MiB, but at least one
   * event), so a page may hold fewer events than asked, even none, while `next` is not null. TOPIC_NOT_FOUND.
   */
  read(topic: string, query: ReadQuery): Promise<EventPage>;

  /**
   * The page that `read` gives, damage and all, with no more of data and metadata than is wanted: for who shows a row of each
   * event. Whole texts are looked at where they are stored, and do not go further. TOPIC_NOT_FOUND.
   */
  readBeginnings(topic: string, query: ReadQuery, lengths: BeginningLengths): Promise<EventPage<EventBeginning>>;

  /** Counts readable events after version `after`, one bounded slice a call. TOPIC_NOT_FOUND. */
  count(topic: string, after: number): Promise<CountSlice>;

  /**
   * What each event after version `after` (exclusive) is, without its data: one slice in version order, bounded in time
   * (about 10 ms), in events given (MAX_SCAN) and in versions looked at (MAX_LOOKED), so that an answer over a whole topic
   * holds nobody up. `holding` null: every event; else only those whose id is exactly this text, or whose metadata contains it as JSON writes it,
   * wherever that is: a hit is a candidate, to be read before it is believed. Damage that the slice comes across is
   * named; where data is not looked at, what lies in the data alone goes unnoticed. TOPIC_NOT_FOUND.
   */
  scan(topic: string, after: number, holding: string | null): Promise<ScanSlice>;

  /**
   * The lowest version above `after` whose event has exactly this id, 0 where there is none; whether it can be read is not looked
   * at. Null where no index of ids is kept, as where foreign programs write, or it is damaged: then a scan finds it. TOPIC_NOT_FOUND.
   */
  versionOfId(topic: string, id: string, after: number): Promise<number | null>;

  /**
   * What the repository counts as it writes, so that nobody need look at every event of a topic. Null where it does not
   * count, where its counts may differ from what a scan would count (damage was met, somebody else wrote), and where one
   * answer cannot hold them. `span` null: times from the first to the last. TOPIC_NOT_FOUND.
   */
  statistics(topic: string, span: TimeSpan | null): Promise<TopicStatistics | null>;

  /** Highest version, 0 for an empty topic. TOPIC_NOT_FOUND. */
  latestVersion(topic: string): Promise<number>;

  /**
   * A cheap opaque text that changes after anyone, also another process, wrote to `topic`. It may change without a
   * write; it must not stay the same after one. Answers '' for a topic that is not here.
   */
  changeToken(topic: string): Promise<string>;

  /** What was found so far that a person should know; at most 1000, newest findings last. */
  problems(): Promise<readonly Problem[]>;

  /** Never throws, opens nothing, reads names and counters only. */
  health(): Promise<RepositoryHealth>;

  /** Settles background work, gives back every handle. A second call does nothing. */
  close(): Promise<void>;
}

/** What an adapter can promise. Tests and commands read these, never an adapter's name. */
export interface RepositoryCapabilities {
  /** Data outlives the process. */
  readonly durable: boolean;
  /** Other processes can write the same place. */
  readonly shared: boolean;
  /** The layout is shared with programs that take no lock and read only JSON objects as data (the Go original). */
  readonly foreignWriters: boolean;
  /** `append` looks at its guard; otherwise it must not be given one. */
  readonly guardsAppends: boolean;
}

/** Another topic of the same repository that must be at this version, 0 meaning empty or not there, when a batch is written. */
export interface AppendGuard {
  readonly topic: string;
  readonly version: number;
}

export interface RepositoryTopic {
  readonly name: string;
  /** The repository's own copy of the config; null where it is missing or unreadable (then a problem says why). */
  readonly config: TopicConfig | null;
  /** False when only the config is here and the place for events is gone. */
  readonly hasData: boolean;
}

export type Leftover = 'refuse' | 'adopt' | 'trash';

/** A validated event, ready for its version. */
export interface PreparedEvent {
  readonly id: string;
  /** The caller gave the id, so a second append of it is a retry. */
  readonly idGiven: boolean;
  readonly type: string;
  readonly data: JsonText;
  readonly metadata: JsonText;
  readonly timestamp: bigint;
  /** The caller gave the timestamp, so a retry must carry the same. */
  readonly timestampGiven: boolean;
}

export interface Appended {
  readonly first: number;
  readonly last: number;
  /** True when the batch was already there and nothing was written. */
  readonly replayed: boolean;
}

export interface CountSlice {
  readonly events: number;
  readonly damaged: readonly DamagedVersion[];
  /** Call again with this as `after`; null when done. */
  readonly next: number | null;
}

/** Nanoseconds since the Unix epoch, `to` exclusive. */
export interface TimeSpan {
  readonly from: bigint;
  readonly to: bigint;
}

/** Exact counts of a topic at one moment. */
export interface TopicStatistics {
  readonly events: number;
  /** Each type once, in no order. */
  readonly types: readonly { readonly type: string; readonly count: number }[];
  /** No event lies outside, not all of the span need be used; null where there is none. */
  readonly times: TimeSpan | null;
  /** Nanoseconds: bucket n counts the events from n * width on, before (n + 1) * width. */
  readonly width: bigint;
  /** The buckets that overlap the span asked for and hold events, ascending; any integers. */
  readonly buckets: Float64Array;
  /** Events of each of these buckets. */
  readonly counts: Float64Array;
}

/** The most events, read or damaged, that one slice of a scan gives. */
export const MAX_SCAN = 16_384;
/** The most versions one slice of a scan looks at. */
export const MAX_LOOKED = 131_072;

/** Columns of equal length, in ascending order of version. */
export interface ScanSlice {
  readonly versions: Float64Array;
  /** Nanoseconds since the Unix epoch. */
  readonly timestamps: BigInt64Array;
  /** Places in `names`. */
  readonly types: Uint32Array;
  /** Each type of this slice once. */
  readonly names: readonly string[];
  readonly damaged: readonly DamagedVersion[];
  /** Versions looked at. */
  readonly scanned: number;
  /** Call again with this as `after`; null when done. */
  readonly next: number | null;
}

/** One kind of storage, as compose hands it to the EventStore. */
export interface RepositoryAdapter {
  /**
   * Where `connection` points, resolved against `base` (the store's folder, absolute) without opening anything.
   * @throws EventStoreError INVALID_TOPIC_CONFIG for a connection this adapter cannot have,
   * STORAGE_UNAVAILABLE for a place it must not look at (UNC and device paths without permission).
   */
  locate(connection: string, base: string): Promise<RepositoryLocation>;
  /** Opens a place. Unless `create`, a missing one is STORAGE_UNAVAILABLE { missing: true }; damage or another program's file is typed too. */
  open(location: RepositoryLocation, options: OpenOptions): Promise<EventRepository>;
}

export interface RepositoryLocation {
  readonly adapter: string;
  /** As the events say it. */
  readonly connection: string;
  /** Absolute path, or a label for memory. */
  readonly place: string;
  /** Two connections with one identity are one repository (realpath). */
  readonly identity: string;
  /** The place lies outside the store's folder. */
  readonly outside: boolean;
}

export interface OpenOptions {
  /** Make the place if it is missing: the first write of a topic only. */
  readonly create: boolean;
  /** Milliseconds an append waits for another writer before STORE_LOCKED. */
  readonly lockWait: number;
}

export type RepositoryAdapters = Readonly<Record<string, RepositoryAdapter>>;
