import { z } from 'zod';
import type { DamagedVersion } from '../model/event.ts';
import type { ErrorFacts } from '../model/errors.ts';
import type { StoreHealth } from '../model/health.ts';
import type { Problem } from '../model/problem.ts';
import type { Topic, TopicOptions } from '../model/topic-config.ts';

/**
 * Text by name, as it came: z.record would drop a key called `__proto__`, and nothing is dropped silently here.
 * At most 1,000 options.
 */
const options = z.custom<TopicOptions>(isOptions, 'Invalid input: expected an object of texts');

function isOptions(value: unknown): value is TopicOptions {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length <= 1000 && entries.every(([key, text]) => key.length <= 4096 && typeof text === 'string' && text.length <= 65_536);
}

/** Nanoseconds since the Unix epoch: any int64, and the one after the last, where an end is exclusive. */
const nanoseconds = z
  .bigint()
  .min(-(2n ** 63n))
  .max(2n ** 63n);

const topicName = z.string().max(4096);
const versionOf = z.int().min(1);

/** Which events of a topic: `types` null for all of them, [] for none; `from` inclusive, `to` exclusive, null without end. */
const eventFilter = z.strictObject({
  types: z.array(z.string().max(4096)).max(500).nullable(),
  from: nanoseconds.nullable(),
  to: nanoseconds.nullable(),
});

const order = z.enum(['newest', 'oldest']);

/**
 * Every method the window may call: what goes in (checked by zod in main) and what comes out (typed here).
 * Names are `noun.verb`. Adding an entry makes the compiler ask for its handler and its preload function.
 */
export const inputs = {
  'app.info': z.strictObject({}),
  /** Puts text on the clipboard: the page itself has no permission to. At most 16 Mi UTF-16 units. */
  'app.copyText': z.strictObject({ text: z.string().max(16 * 1024 * 1024) }),

  'stores.current': z.strictObject({}),
  /** Opens a path that main itself handed out (command line, recent, dialog, drop). */
  'stores.open': z.strictObject({
    path: z.string().min(1).max(4096),
    configTopic: z.string().max(1024).optional(),
    readOnly: z.boolean().optional(),
  }),
  'stores.openDialog': z.strictObject({ kind: z.enum(['file', 'folder']) }),
  'stores.createDialog': z.strictObject({ adapter: z.enum(['sqlite', 'fs']) }),
  'stores.openDemo': z.strictObject({}),
  'stores.close': z.strictObject({}),

  'topics.list': z.strictObject({ after: z.string().max(4096).nullable(), limit: z.int().min(1).max(500) }),
  'topics.count': z.strictObject({ topic: z.string().max(4096) }),
  'topics.create': z.strictObject({
    name: z.string().max(4096),
    adapter: z.string().max(64).optional(),
    connection: z.string().max(4096).optional(),
    options: options.optional(),
  }),

  'events.page': z.strictObject({
    topic: z.string().max(4096),
    direction: z.enum(['forward', 'backward']),
    cursor: z.int().min(0).nullable(),
    limit: z.int().min(1).max(200),
    types: z.array(z.string().max(4096)).max(100).optional(),
  }),
  'events.get': z.strictObject({ topic: z.string().max(4096), version: z.int().min(1) }),
  /** More of a long member: UTF-16 units from `offset`, at most two times TEXT_CHARS of them. */
  'events.text': z.strictObject({
    topic: z.string().max(4096),
    version: z.int().min(1),
    member: z.enum(['data', 'metadata']),
    offset: z.int().min(0),
  }),
  'events.append': z.strictObject({
    topic: z.string().max(4096),
    incarnation: z.int().min(0),
    expectedVersion: z.int().min(0).nullable(),
    events: z
      .array(
        z.strictObject({
          type: z.string().max(65536),
          data: z.string().optional(),
          metadata: z.string().optional(),
          id: z.string().max(65536).optional(),
          timestamp: z.bigint().optional(),
        }),
      )
      .max(10_000),
  }),

  'health.get': z.strictObject({}),

  /**
   * Answers over whole topics. Each call works for about 200 ms at most and answers what is known so far; while
   * `progress.done` is false, asking again goes on, and not asking stops.
   */
  'survey.overview': z.strictObject({
    topic: topicName,
    filter: eventFilter,
    buckets: z.int().min(1).max(400),
    /** What the histogram covers, `to` exclusive; null: from the earliest to the latest event. */
    range: z.strictObject({ from: nanoseconds, to: nanoseconds }).nullable(),
  }),
  /** The rows at places `offset` and following of the filtered list, 0 the first in `order`. */
  'survey.rows': z.strictObject({
    topic: topicName,
    filter: eventFilter,
    order,
    offset: z.int().min(0),
    limit: z.int().min(1).max(200),
  }),
  /** The place of the first event of the filtered list that is at `version` or behind it in `order`. */
  'survey.placeOf': z.strictObject({ topic: topicName, filter: eventFilter, order, version: z.int().min(0) }),
  /** The first version at or after a time; times need not ascend. */
  'survey.atTime': z.strictObject({ topic: topicName, time: nanoseconds }),
  /** What belongs to an event through correlation, or else through causation, in every topic. */
  'survey.related': z.strictObject({ topic: topicName, version: versionOf }),
  /** An event by its id, in one topic or in all. */
  'survey.find': z.strictObject({ id: z.string().min(1).max(65_536), topic: topicName.optional() }),
} as const;

export type Method = keyof typeof inputs;
export type Input<M extends Method> = z.infer<(typeof inputs)[M]>;

/** What each method answers. */
export interface Outputs {
  'app.info': AppInfo;
  'app.copyText': null;
  'stores.current': StoreInfo | null;
  'stores.open': StoreInfo;
  'stores.openDialog': StoreInfo | null;
  'stores.createDialog': StoreInfo | null;
  'stores.openDemo': StoreInfo;
  'stores.close': null;
  'topics.list': { readonly topics: readonly TopicRow[]; readonly next: string | null };
  'topics.count': TopicCounts;
  'topics.create': TopicRow;
  'events.page': EventRows;
  'events.get': EventDetail;
  'events.text': { readonly text: string; readonly total: number };
  'events.append': { readonly first: number | null; readonly last: number; readonly replayed: boolean };
  'health.get': { readonly health: StoreHealth; readonly problems: readonly Problem[] };
  'survey.overview': TopicOverview;
  'survey.rows': {
    readonly progress: SurveyProgress;
    /** Events of the whole filtered list. */
    readonly matching: number;
    readonly rows: readonly EventRow[];
    readonly damaged: readonly DamagedVersion[];
    /** The versions at these places, in order; one that has neither a row nor damage vanished since. */
    readonly versions: readonly number[];
  };
  /** `index` is the length of the list where no event is at the version or behind it. */
  'survey.placeOf': { readonly progress: SurveyProgress; readonly index: number };
  /** `version` null: none so far, and none at all once `progress.done`. */
  'survey.atTime': { readonly progress: SurveyProgress; readonly version: number | null };
  'survey.related': RelatedPicture;
  'survey.find': {
    readonly progress: SurveyProgress;
    readonly found: { readonly topic: string; readonly version: number } | null;
    readonly unreachable: readonly string[];
  };
}
export type Output<M extends Method> = Outputs[M];

/** How a call comes back, across every boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };

export interface AppInfo {
  readonly version: string;
  /** electron, chrome, node, v8 and, where known, sqlite */
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly logFile: string;
}

export interface StoreInfo {
  /** Absolute, the picked file or folder. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'sqlite' | 'fs' | 'memory';
  readonly configTopic: string | null;
  /** Why nothing can be written; null when writing is possible. */
  readonly readOnly: string | null;
}

export interface TopicRow extends Topic {
  /** The configuration topic, shown as what it is and never appended to by hand. */
  readonly reserved: boolean;
  /** Null when the repository cannot be opened; then `trouble` says why. */
  readonly latestVersion: number | null;
  readonly trouble: string | null;
}

export interface TopicCounts {
  readonly events: number;
  readonly latestVersion: number;
  readonly damaged: number;
}

/** An event as one row of a grid: texts are cut to `PREVIEW_CHARS`. */
export interface EventRow {
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly timestamp: bigint;
  readonly preview: string;
  /** UTF-16 units of data and metadata together. */
  readonly size: number;
}
export const PREVIEW_CHARS = 240;

export interface EventRows {
  readonly rows: readonly EventRow[];
  readonly damaged: readonly DamagedVersion[];
  readonly next: number | null;
  readonly latestVersion: number;
}

/** One event whole, but for long members, which are cut at TEXT_CHARS; read on with `events.text`. */
export interface EventDetail {
  readonly version: number;
  readonly topic: string;
  readonly id: string;
  readonly type: string;
  readonly timestamp: bigint;
  readonly data: string;
  readonly dataTotal: number;
  readonly metadata: string;
  readonly metadataTotal: number;
}
/** UTF-16 units; two members of two bytes a unit at worst keep one message under 256 KiB. */
export const TEXT_CHARS = 60 * 1024;

/** How far an answer has come, in versions looked at. */
export interface SurveyProgress {
  readonly scanned: number;
  readonly total: number;
  /** The answer is whole. */
  readonly done: boolean;
}

export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** The most frequent types first, at most 500 of them, names not cut; `otherTypes` sums up the rest. */
export interface TypeCounts {
  readonly types: readonly TypeCount[];
  readonly otherTypes: { readonly types: number; readonly count: number };
}

export interface TopicOverview extends TypeCounts {
  readonly progress: SurveyProgress;
  /** Readable events of the topic. */
  readonly events: number;
  readonly damaged: number;
  /** Timestamps of the earliest and the latest event; null where there is none. */
  readonly times: { readonly earliest: bigint; readonly latest: bigint } | null;
  /** Events that the filter lets through. Damaged versions have no type and no time: no filter does. */
  readonly matching: number;
  readonly matchingTypes: TypeCounts;
  /** Null where there is no range to cover. */
  readonly histogram: TimeHistogram | null;
}

/** Bucket n counts the events from `from + n * step` on, before the next; the last one ends with the range. */
export interface TimeHistogram {
  readonly from: bigint;
  readonly step: bigint;
  readonly counts: readonly number[];
  readonly matchingCounts: readonly number[];
}

/** An event among those it belongs to. Ids longer than a row shows are cut, the same text to the same. */
export interface RelatedEvent {
  readonly topic: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly timestamp: bigint;
  readonly causationId: string | null;
  readonly correlationId: string | null;
}

export interface RelatedPicture {
  readonly progress: SurveyProgress;
  /** What the events have in common; null where the event names none and causation was followed instead. */
  readonly correlationId: string | null;
  /** By time, the event itself among them; at most 500. */
  readonly events: readonly RelatedEvent[];
  /** There are more than are given here. */
  readonly truncated: boolean;
  /** Topics that could not be looked through. */
  readonly unreachable: readonly string[];
}
