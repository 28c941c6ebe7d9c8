import { inParts } from '../model/in-parts.ts';
import type { SentEvent } from './contract/events.ts';

/** UTF-16 units of one message: at most twice as many bytes. */
const PART_CHARS = 100 * 1024;
const PART_EVENTS = 1000;

/** A batch as parts whose messages stay under 256 KiB, but for an event that is larger by itself; at least one part. */
export function batchParts(events: readonly SentEvent[]): SentEvent[][] {
  return inParts(events, { items: PART_EVENTS, size: PART_CHARS, sizeOf: charsOf });
}

/** Names of members and what the message needs for each count as a hundred. */
export function charsOf({ type, data, metadata, id }: SentEvent): number {
  return type.length + (data?.length ?? 0) + (metadata?.length ?? 0) + (id?.length ?? 0) + 100;
}
