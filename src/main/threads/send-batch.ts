import { setImmediate } from 'node:timers/promises';
import { inParts } from '../../shared/model/in-parts.ts';
import type { PreparedEvent } from '../eventstore/ports/event-repository.ts';
import type { Ask } from './storage-messages.ts';

/** Events and UTF-16 units of their texts that one message takes: cloning them holds the sender for a millisecond or so. */
const PART_EVENTS = 500;
const PART_UNITS = 256 * 1024;

let batches = 0;

/** A batch in pieces that each go into one message. */
export function partsOf(batch: readonly PreparedEvent[]): readonly (readonly PreparedEvent[])[] {
  // One event is one part, whatever is in it: it is not ours to look into.
  if (batch.length <= 1) return [batch];
  return inParts(batch, { items: PART_EVENTS, size: PART_UNITS, sizeOf: ({ data, metadata }) => data.length + metadata.length });
}

/** Sends parts ahead of the call that is about them, with the loop free in between; answers the number the other side knows them by. */
export async function sendParts(parts: readonly (readonly PreparedEvent[])[], ask: Ask): Promise<number> {
  const batch = ++batches;
  try {
    for (const events of parts) {
      await setImmediate();
      await ask({ kind: 'part', batch, events });
    }
    return batch;
  } catch (error) {
    await ask({ kind: 'forget', batch }).catch(() => undefined);
    throw error;
  }
}
