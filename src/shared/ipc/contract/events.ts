import { z } from 'zod';
import type { DamagedVersion } from '../../model/event.ts';

/** The most events that a window appends at once. */
export const MAX_BATCH_EVENTS = 10_000;
/** The largest file of events that a window takes, in bytes. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024;
const copyFormat = z.enum(['ndjson', 'csv', 'csv-safe', 'ids', 'versions', 'links']);
export type CopyFormat = z.infer<typeof copyFormat>;

const sentEvents = z
  .array(
    z.strictObject({
      type: z.string().max(65536),
      data: z.string().optional(),
      metadata: z.string().optional(),
      id: z.string().max(65536).optional(),
      timestamp: z.bigint().optional(),
    }),
  )
  .max(MAX_BATCH_EVENTS);
/** An event as the page sends it: data and metadata as JSON texts. */
export type SentEvent = z.infer<typeof sentEvents>[number];

export const eventsInputs = {
  'events.page': z.strictObject({
    topic: z.string().max(4096),
    direction: z.enum(['forward', 'backward']),
    cursor: z.int().min(0).nullable(),
    limit: z.int().min(1).max(200),
    types: z.array(z.string().max(4096)).max(100).optional(),
  }),
  'events.get': z.strictObject({ topic: z.string().max(4096), version: z.int().min(1) }),
  /** More of a long member: UTF-16 units from `offset`, at most PART_CHARS of them. */
  'events.text': z.strictObject({
    topic: z.string().max(4096),
    version: z.int().min(1),
    member: z.enum(['data', 'metadata', 'id', 'type']),
    offset: z.int().min(0),
  }),
  /**
   * Puts events on the clipboard, in the order of their versions. A call works for some 200 ms and answers how far it came;
   * the same call again goes on, until `done`. Not asking again for 10 s, or a call for another `job`, gives it up: until
   * `done` the clipboard is what it was. `csv-safe` disarms what a spreadsheet would run as a formula.
   */
  'events.copy': z.strictObject({
    job: z.string().min(1).max(64),
    topic: z.string().max(4096),
    incarnation: z.int().min(0),
    /** Ascending, apart from each other, both ends inclusive. */
    ranges: z
      .array(z.strictObject({ first: z.int().min(1), last: z.int().min(1) }))
      .min(1)
      .max(10_000),
    /** Only these of the ranges; times are nanoseconds since the epoch, `from` inclusive, `to` exclusive. */
    filter: z
      .strictObject({
        types: z.array(z.string().max(65_536)).max(500).nullable(),
        from: z.bigint().nullable(),
        to: z.bigint().nullable(),
      })
      .nullable(),
    format: copyFormat,
  }),
  /**
   * Lays a part of a large batch ready for `events.append`, which comes after the last part. `first`: how many events were
   * laid ready before; 0 begins the batch, in the place of any other. INVALID_INPUT where parts before are missing.
   */
  'events.stage': z.strictObject({
    batch: z.string().min(1).max(64),
    first: z.int().min(0).max(MAX_BATCH_EVENTS),
    events: sentEvents,
  }),
  /** `staged`: the batch whose parts come before `events`. They are gone afterwards, whatever came of it. */
  'events.append': z.strictObject({
    topic: z.string().max(4096),
    incarnation: z.int().min(0),
    expectedVersion: z.int().min(0).nullable(),
    staged: z.strictObject({ batch: z.string().min(1).max(64), events: z.int().min(1).max(MAX_BATCH_EVENTS) }).optional(),
    events: sentEvents,
  }),
  /** Asks the person for a file of events and reads it; null when they turned away. */
  'events.pickBatch': z.strictObject({}),
} as const;

export interface EventsOutputs {
  'events.page': EventRows;
  'events.get': EventDetail;
  'events.text': { readonly text: string; readonly total: number };
  'events.copy': CopyProgress;
  'events.stage': { readonly events: number };
  'events.append': { readonly first: number | null; readonly last: number; readonly replayed: boolean };
  'events.pickBatch': BatchFile | null;
}

/** A file that a person chose, as text. */
export interface BatchFile {
  readonly name: string;
  readonly text: string;
}

/** An event as one row of a grid: texts are cut to `PREVIEW_CHARS`. */
export interface EventRow {
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly timestamp: bigint;
  readonly preview: string;
  /** Of the metadata, cut to METADATA_CHARS. */
  readonly metadata: string;
  /** UTF-16 units of data and metadata together. */
  readonly size: number;
}
export const PREVIEW_CHARS = 240;
export const METADATA_CHARS = 64;

export interface CopyProgress {
  /** The text is on the clipboard. */
  readonly done: boolean;
  readonly events: number;
  /** Bytes of UTF-8. */
  readonly bytes: number;
  /** Versions that are there and cannot be read: they are left out. */
  readonly damaged: number;
  /** Versions looked at, of `total` in the ranges. */
  readonly scanned: number;
  readonly total: number;
}
/** The most text one copy puts on the clipboard, in bytes of UTF-8. */
export const MAX_COPY_BYTES = 64 * 1024 * 1024;

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
  /** An id or a type beyond its total is cut, as shown by an ellipsis. */
  readonly id: string;
  readonly idTotal: number;
  readonly type: string;
  readonly typeTotal: number;
  readonly timestamp: bigint;
  readonly data: string;
  readonly dataTotal: number;
  readonly metadata: string;
  readonly metadataTotal: number;
}
