import { replyValue } from '../../../shared/ipc/api.ts';
import { batchParts } from '../../../shared/ipc/batch-parts.ts';
import type { SentEvent } from '../../../shared/ipc/contract/events.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import { tidemark } from './tidemark.ts';

/**
 * Appends a batch, all of it or none. A large one goes in parts, so that neither side is held by a message; main keeps them
 * until the last has come. @throws EventStoreError as events.append.
 */
export async function appendBatch(
  to: Pick<Input<'events.append'>, 'topic' | 'incarnation' | 'expectedVersion'>,
  events: readonly SentEvent[],
): Promise<Output<'events.append'>> {
  const parts = batchParts(events);
  const last = parts.pop() ?? [];
  const batch = crypto.randomUUID();
  let first = 0;
  for (const part of parts) first = replyValue(await tidemark.eventsStage({ batch, first, events: part })).events;
  const staged = first > 0 ? { batch, events: first } : undefined;
  return replyValue(await tidemark.eventsAppend({ ...to, ...(staged && { staged }), events: last }));
}
