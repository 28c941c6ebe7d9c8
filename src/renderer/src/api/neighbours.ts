import { replyValue } from '../../../shared/ipc/api.ts';
import type { EventDetail, EventRow } from '../../../shared/ipc/contract/events.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { tidemark } from './tidemark.ts';

/** The longest type that main can be asked for. */
const LONGEST_TYPE = 4096;

/**
 * The nearest event of a type before or after a version; null where there is none.
 * @throws EventStoreError what main answers; INVALID_INPUT for a type too long to be looked for; CANCELLED after the abort.
 */
export async function nearestOfType(
  topic: string,
  version: number,
  type: string,
  direction: 'backward' | 'forward',
  signal: AbortSignal,
): Promise<EventRow | null> {
  if (type.length > LONGEST_TYPE) {
    throw new EventStoreError('INVALID_INPUT', `A type of more than ${LONGEST_TYPE} characters cannot be looked for.`, { field: 'type' });
  }
  let cursor: number | null = version;
  while (cursor !== null) {
    const page: { readonly rows: readonly EventRow[]; readonly next: number | null } = replyValue(
      await tidemark.eventsPage({ topic, direction, cursor, limit: 1, types: [type] }, { signal }),
    );
    const [row] = page.rows;
    if (row) return row;
    cursor = page.next;
  }
  return null;
}

/** @throws EventStoreError what main answers. */
export async function readEvent(topic: string, version: number, signal: AbortSignal): Promise<EventDetail> {
  return replyValue(await tidemark.eventsGet({ topic, version }, { signal }));
}
