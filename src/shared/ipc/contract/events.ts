import { z } from 'zod';
import type { DamagedVersion } from '../../model/event.ts';

export const eventsInputs = {
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
    member: z.enum(['data', 'metadata', 'id', 'type']),
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
} as const;

export interface EventsOutputs {
  'events.page': EventRows;
  'events.get': EventDetail;
  'events.text': { readonly text: string; readonly total: number };
  'events.append': { readonly first: number | null; readonly last: number; readonly replayed: boolean };
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
