import { charsOf } from '../../shared/ipc/batch-parts.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, type SentEvent } from '../../shared/ipc/contract/events.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { NewEvent } from '../../shared/model/event.ts';

/** The parts of one large batch that came before its append. */
export interface StagedBatch {
  /** Answers how many events lie ready. @throws EventStoreError INVALID_INPUT where parts are missing or it is too large. */
  add(batch: string, first: number, sent: readonly SentEvent[], events: readonly NewEvent[]): number;
  /** Gives them away. @throws EventStoreError INVALID_INPUT where it is not what lies here. */
  take(batch: string, events: number): NewEvent[];
}

/** Room for a batch of the largest file, with ids and types. */
const MOST_CHARS = 2 * MAX_BATCH_BYTES;

/** One batch at a time: who begins another has given up the last. */
export function createStagedBatch(): StagedBatch {
  let name = '';
  let staged: NewEvent[] = [];
  let chars = 0;

  const begin = (batch: string): void => {
    name = batch;
    staged = [];
    chars = 0;
  };

  return {
    add(batch, first, sent, events) {
      if (first === 0) begin(batch);
      if (batch !== name || first !== staged.length) throw incomplete();
      chars += sent.reduce((sum, event) => sum + charsOf(event), 0);
      if (first + events.length > MAX_BATCH_EVENTS || chars > MOST_CHARS) {
        begin('');
        throw new EventStoreError(
          'INVALID_INPUT',
          `A window appends at most ${MAX_BATCH_EVENTS.toLocaleString('en')} events and ${MAX_BATCH_BYTES / 1024 / 1024} MB at once. "tidemark append" on the command line takes more.`,
          { events: first + events.length },
        );
      }
      staged.push(...events);
      return staged.length;
    },
    take(batch, events) {
      const taken = staged;
      const isWhole = batch === name && events === taken.length;
      begin('');
      if (!isWhole) throw incomplete();
      return taken;
    },
  };
}

function incomplete(): EventStoreError {
  return new EventStoreError('INVALID_INPUT', 'Parts of this batch are missing, so nothing was appended. Append it again.', {});
}
