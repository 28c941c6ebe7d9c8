import { setImmediate } from 'node:timers/promises';
import type { PreparedEvent } from '../eventstore/ports/event-repository.ts';
import type { Ask } from './storage-messages.ts';

/** Events and UTF-16 units of their texts that one message takes: cloning them holds the sender for a millisecond or so. */
const PART_EVENTS = 500;
const PART_UNITS = 256 * 1024;

let batches = 0;

/** A batch in pieces that each go into one message. */
export function partsOf(batch: readonly PreparedEvent[]): readonly (readonly PreparedEvent[])[] {
  if (batch.length <= 1) return [batch];
  const parts: PreparedEvent[][] = [];
  let units = 0;
  for (const event of batch) {
    const size = event.data.length + event.metadata.length;
    const last = parts.at(-1);
    units += size;
    if (last && last.length < PART_EVENTS && units <= PART_UNITS) {
      last.push(event);
    } else {
      parts.push([event]);
      units = size;
    }
  }
  return parts;
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
