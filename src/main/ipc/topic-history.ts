import { CHANGED_CHARS, CHANGED_FIELDS, type TopicChange, type TopicHistory } from '../../shared/ipc/contract/topics.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import { configHistory } from '../eventstore/config-history.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import type { ConfigChange, FieldChange } from '../eventstore/topic-catalogue.ts';
import { textPart } from '../../shared/model/text-part.ts';

/**
 * The configuration events of a topic's name before version `before` (null: all), the newest `limit` of them, newest first.
 * What an event changed is known only from the start, so the configuration topic is folded in pages; `limit` changes are held.
 * @throws EventStoreError CANCELLED
 */
export async function topicHistory(
  store: EventStore,
  { topic, before, limit }: { readonly topic: string; readonly before: number | null; readonly limit: number },
  signal: AbortSignal,
): Promise<TopicHistory> {
  const newest: ConfigChange[] = [];
  let older = false;
  for await (const change of configHistory(store)) {
    if (signal.aborted) throw new EventStoreError('CANCELLED', 'Reading the history was stopped.', { topic });
    if (before !== null && change.version >= before) break;
    if (change.topic !== topic) continue;
    newest.push(change);
    if (newest.length <= limit) continue;
    newest.shift();
    older = true;
  }
  const changes = newest.toReversed().map(shortChange);
  return { changes, next: older ? (changes.at(-1)?.version ?? null) : null };
}

export function shortChange({ version, timestamp, type, changed, problem }: ConfigChange): TopicChange {
  return {
    version,
    timestamp,
    type: type === null ? null : short(type),
    ...shortFields(changed),
    problem: problem ? short(problem.reason) : null,
  };
}

/** As many fields as are sent of one change, their texts cut. */
export function shortFields(changed: readonly FieldChange[]): Pick<TopicChange, 'changed' | 'more'> {
  return {
    changed: changed.slice(0, CHANGED_FIELDS).map(({ path, before, after }) => ({
      path: short(path),
      before: before === null ? null : short(before),
      after: after === null ? null : short(after),
    })),
    more: Math.max(0, changed.length - CHANGED_FIELDS),
  };
}

function short(text: string): string {
  return text.length <= CHANGED_CHARS ? text : `${textPart(text, 0, CHANGED_CHARS - 1)}…`;
}
