import { EventStoreError } from '../../shared/model/errors.ts';
import type { NewEvent } from '../../shared/model/event.ts';
import { JSON_NULL } from '../../shared/model/json-text.ts';
import { createPace } from './pace.ts';
import type { PreparedEvent } from './ports/event-repository.ts';

export interface PrepareEvents {
  (events: readonly NewEvent[]): PreparedEvent[];
  /** The same for batches of any length, letting others have their turn. */
  inSlices(events: readonly NewEvent[]): Promise<PreparedEvent[]>;
}

/** Events of a slice: a fraction of a millisecond. */
const SLICE = 64;

export interface PrepareOptions {
  readonly now: () => bigint;
  readonly newId: () => string;
  readonly maxEventBytes: number;
}

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/**
 * Validates a whole batch before the first byte is written and fills in ids and timestamps.
 * @throws EventStoreError INVALID_EVENT or EVENT_TOO_LARGE, with `index` (0-based) in its details; EVENT_ID_CONFLICT
 * for an id that stands twice in the batch.
 */
export function createPrepareEvents({ now, newId, maxEventBytes }: PrepareOptions): PrepareEvents {
  const prepare = (event: NewEvent, index: number): PreparedEvent => {
    const refuse = (reason: string): never => {
      throw new EventStoreError('INVALID_EVENT', `Event ${index + 1} of the batch was refused: ${reason} Nothing was written.`, {
        index,
        reason,
      });
    };
    const { type, id = '', data = JSON_NULL, metadata = JSON_NULL, timestamp = 0n } = event;
    if (typeof type !== 'string' || type === '') refuse('its type is empty.');
    if (!type.isWellFormed()) refuse('its type holds half of a surrogate pair.');
    if (typeof id !== 'string' || !id.isWellFormed()) refuse('its id is no well-formed text.');
    if (typeof data !== 'string' || typeof metadata !== 'string') refuse('data and metadata must be JSON text.');
    if (typeof timestamp !== 'bigint') refuse('its timestamp must be whole nanoseconds (a bigint).');
    if (timestamp < INT64_MIN || timestamp > INT64_MAX) refuse('its timestamp does not fit 64 bits (nanoseconds since 1970).');
    const units = data.length + metadata.length;
    // No text has more bytes of UTF-8 than three for each unit: most need no closer look.
    const bytes = 3 * units > maxEventBytes ? utf8Bytes(data) + utf8Bytes(metadata) : units;
    if (bytes > maxEventBytes) {
      throw new EventStoreError(
        'EVENT_TOO_LARGE',
        `Event ${index + 1} of the batch has ${bytes} bytes of data and metadata; at most ${maxEventBytes} are taken. Nothing was written.`,
        { index, bytes, limit: maxEventBytes },
      );
    }
    const idGiven = id !== '';
    const timestampGiven = timestamp !== 0n;
    return { id: idGiven ? id : newId(), idGiven, type, data, metadata, timestamp: timestampGiven ? timestamp : now(), timestampGiven };
  };

  /** Prepares a batch event by event. */
  const collect = (): { readonly batch: PreparedEvent[]; readonly add: (event: NewEvent) => void } => {
    const batch: PreparedEvent[] = [];
    const seen = new Set<string>();
    const add = (event: NewEvent): void => {
      const index = batch.length;
      const prepared = prepare(event, index);
      const { id } = prepared;
      if (seen.has(id)) {
        throw new EventStoreError('EVENT_ID_CONFLICT', `The id "${id}" stands twice in the batch. Nothing was written.`, { id, index });
      }
      seen.add(id);
      batch.push(prepared);
    };
    return { batch, add };
  };

  const atOnce = (events: readonly NewEvent[]): PreparedEvent[] => {
    const { batch, add } = collect();
    events.forEach(add);
    return batch;
  };
  const inSlices = async (events: readonly NewEvent[]): Promise<PreparedEvent[]> => {
    const { batch, add } = collect();
    const breathe = createPace({ due: true });
    for (let from = 0; from < events.length; from += SLICE) {
      await breathe();
      events.slice(from, from + SLICE).forEach(add);
    }
    return batch;
  };
  return Object.assign(atOnce, { inSlices });
}

const encoder = new TextEncoder();

const utf8Bytes = (text: string): number => encoder.encode(text).length;
