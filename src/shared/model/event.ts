import { goString } from './go-string.ts';
import type { JsonText } from './json-text.ts';

/** The newest version a topic may reach: above it JavaScript numbers are no longer exact. */
export const MAX_VERSION = Number.MAX_SAFE_INTEGER - 1;
/** The most events one paged read answers. */
export const MAX_PAGE = 1000;
/** The largest event (bytes of data plus metadata) an append takes unless told otherwise. Larger ones already stored are read. */
export const DEFAULT_MAX_EVENT_BYTES = 16 * 1024 * 1024;

/** One event as a topic holds it. */
export interface StoredEvent {
  readonly id: string;
  readonly topic: string;
  readonly type: string;
  readonly data: JsonText;
  readonly metadata: JsonText;
  /** Nanoseconds since the Unix epoch, any int64; not monotone. */
  readonly timestamp: bigint;
  /** Position in the topic, from 1. */
  readonly version: number;
}

/** One event as a caller gives it to append. */
export interface NewEvent {
  readonly type: string;
  /** Absent: `null`. */
  readonly data?: JsonText | undefined;
  /** Absent: `null`. */
  readonly metadata?: JsonText | undefined;
  /** Absent or empty: a new UUID v7. Given ids make a retry safe. */
  readonly id?: string | undefined;
  /** Nanoseconds since the Unix epoch; absent or 0: now. */
  readonly timestamp?: bigint | undefined;
}

/** A version that is there and cannot be read. */
export interface DamagedVersion {
  readonly version: number;
  /** Kebab-case, one of the damage codes in docs/errors.md. */
  readonly code: string;
  readonly reason: string;
  /** Where it is stored: a path inside the repository, or a table row. */
  readonly place: string;
}

/** What every read answers: ascending or descending by version, as asked. */
export interface EventPage<Event = StoredEvent> {
  readonly events: readonly Event[];
  readonly damaged: readonly DamagedVersion[];
  /** The cursor of the next page in the same direction (`after` or `before`); null at the end. */
  readonly next: number | null;
  /** Versions looked at to answer this page. */
  readonly scanned: number;
}

/** Which page of a topic to read. Both cursors are exclusive. */
export interface ReadQuery {
  readonly direction: 'forward' | 'backward';
  /** forward: versions greater than this; 0 from the start. backward: versions less than this; null from the end. */
  readonly cursor: number | null;
  /** 1 to MAX_PAGE. */
  readonly limit: number;
  /** Only these types; absent or empty: all. */
  readonly types?: readonly string[] | undefined;
}

/**
 * One compact JSON object, byte for byte as the Go original writes an event: members id, topic, type, data,
 * metadata, timestamp, version. This is the fs layout's file and a line of `tidemark events`.
 */
export function encodeEvent(event: StoredEvent): string {
  return (
    `{"id":${goString(event.id)},"topic":${goString(event.topic)},"type":${goString(event.type)}` +
    `,"data":${event.data},"metadata":${event.metadata},"timestamp":${event.timestamp},"version":${event.version}}`
  );
}
