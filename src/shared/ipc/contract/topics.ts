import { z } from 'zod';
import type { ErrorFacts } from '../../model/errors.ts';
import type { Topic } from '../../model/topic-config.ts';
import { MAX_OPTION_NAME, MAX_OPTION_TEXT, MAX_OPTIONS } from '../topic-limits.ts';

/**
 * Options between the page and main, as pairs: the bridge loses a member that is called `__proto__`, and nothing is dropped
 * silently here. At most MAX_OPTIONS of them.
 */
export type OptionPairs = readonly (readonly [string, string])[];
const options = z.array(z.tuple([z.string().max(MAX_OPTION_NAME), z.string().max(MAX_OPTION_TEXT)])).max(MAX_OPTIONS);

const name = z.string().max(4096);
const incarnation = z.int().min(0);
const adapter = z.string().max(64);
const connection = z.string().max(4096);

/** A topic as the page saw it: what is to change may not have changed since. */
const seen = z.strictObject({ name, adapter, connection, options, incarnation });
/** One entry of one repository's trash. */
const trashed = { entry: z.string().max(4096), topic: name, adapter, connection };

export const topicsInputs = {
  /** Names and configurations; nothing is asked of a repository for it. */
  'topics.list': z.strictObject({ after: name.nullable(), limit: z.int().min(1).max(500) }),
  'topics.get': z.strictObject({ topic: name }),
  'topics.count': z.strictObject({ topic: name }),
  /** What a list shows of the topics on the screen. Counts that take long are left to `topics.count`. */
  'topics.summaries': z.strictObject({ topics: z.array(name).min(1).max(50) }),
  /** What creating this topic, or with `of` changing that one, would be refused for and what it would write. */
  'topics.check': z.strictObject({ name, adapter: adapter.optional(), connection: connection.optional(), options, of: seen.nullable() }),
  'topics.create': z.strictObject({
    name,
    adapter: adapter.optional(),
    connection: connection.optional(),
    options: options.optional(),
    leftover: z.enum(['refuse', 'adopt', 'trash']).optional(),
  }),
  'topics.update': z.strictObject({ seen, adapter, connection, options }),
  'topics.delete': z.strictObject({ topic: name, incarnation }),
  /** The person's word that missing data is not coming back. */
  'topics.startEmpty': z.strictObject({ topic: name, incarnation }),
  /** Newest first. */
  'topics.trash': z.strictObject({ offset: z.int().min(0), limit: z.int().min(1).max(200) }),
  'topics.restore': z.strictObject({ ...trashed, name: name.optional() }),
  'topics.purge': z.strictObject(trashed),
  /** The configuration events of a topic's name before a version (null: from the end), newest first. */
  'topics.history': z.strictObject({ topic: name, before: z.int().min(1).nullable(), limit: z.int().min(1).max(100) }),
} as const;

export interface TopicsOutputs {
  'topics.list': { readonly topics: readonly SentTopic[]; readonly next: string | null };
  'topics.get': TopicState;
  'topics.count': TopicCounts;
  'topics.summaries': { readonly summaries: readonly TopicSummary[] };
  'topics.check': TopicCheckAnswer;
  'topics.create': TopicState;
  'topics.update': TopicState;
  'topics.delete': { readonly trashed: TrashedRef | null };
  'topics.startEmpty': null;
  'topics.trash': { readonly entries: readonly TrashRow[]; readonly total: number };
  'topics.restore': TopicState;
  'topics.purge': null;
  'topics.history': TopicHistory;
}

/** A topic as the list of all has it. */
export interface TopicEntry extends Topic {
  /** The configuration topic, shown as what it is and never appended to by hand. */
  readonly reserved: boolean;
}

/** A topic as it crosses the bridge. */
export interface SentTopic extends Omit<TopicEntry, 'options'> {
  readonly options: OptionPairs;
}

interface Reached {
  /** Null when the repository cannot be opened; then `trouble` says why. */
  readonly latestVersion: number | null;
  readonly trouble: string | null;
}
export interface TopicState extends SentTopic, Reached {}
/** The topic on the screen. */
export interface TopicRow extends TopicEntry, Reached {}

export interface TopicCounts {
  readonly events: number;
  readonly latestVersion: number;
  readonly damaged: number;
}

export interface TopicSummary {
  readonly topic: string;
  /** Null while it was not counted in the time of one call; and where there is `trouble`. */
  readonly events: number | null;
  readonly damaged: number | null;
  readonly latestVersion: number | null;
  /** Of the event of the highest version; null where there is none that can be read. */
  readonly lastTimestamp: bigint | null;
  /** Why its repository cannot be read. */
  readonly trouble: string | null;
}

export interface FieldFault {
  readonly field: 'name' | 'adapter' | 'connection' | 'options';
  readonly code: ErrorFacts['code'];
  readonly message: string;
}

export interface TopicCheckAnswer {
  readonly faults: readonly FieldFault[];
  readonly adapters: readonly { readonly name: string; readonly refusal: string | null }[];
  readonly place: { readonly path: string; readonly missing: boolean; readonly outside: boolean } | null;
  readonly leftover: { readonly latestVersion: number; readonly hasData: boolean } | null;
  /** The configuration event that would be appended, its texts cut at EVENT_CHARS; null while there is none. */
  readonly event: { readonly type: string; readonly data: string; readonly metadata: string } | null;
}
export const EVENT_CHARS = 8192;

export interface TrashedRef {
  readonly entry: string;
  readonly topic: string;
  readonly adapter: string;
  readonly connection: string;
}

export interface TrashRow extends TrashedRef {
  readonly latestVersion: number;
  /** How many options its own config holds; null where that is missing or unreadable. */
  readonly options: number | null;
  /** The configuration version of its TopicDeleted; null where the entry is not named by one. */
  readonly deletedBy: number | null;
  readonly deletedAt: bigint | null;
}

export interface TopicHistory {
  readonly changes: readonly TopicChange[];
  /** Give it as `before` for the older ones; null at the beginning. */
  readonly next: number | null;
}

/** One configuration event of a topic, and what it changed. */
export interface TopicChange {
  readonly version: number;
  readonly timestamp: bigint | null;
  readonly type: string | null;
  /** At most CHANGED_FIELDS of them, each text cut at CHANGED_CHARS. */
  readonly changed: readonly { readonly path: string; readonly before: string | null; readonly after: string | null }[];
  /** Fields that changed beyond those. */
  readonly more: number;
  /** Why the event was skipped. */
  readonly problem: string | null;
}
export const CHANGED_FIELDS = 40;
export const CHANGED_CHARS = 256;
