import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EventDetail } from '../../../../shared/ipc/contract/events.ts';
import { EventStoreError } from '../../../../shared/model/errors.ts';
import { nearestOfType, readEvent } from '../../api/neighbours.ts';
import { useTopics, type GridTopic } from '../../api/queries.ts';
import { loadWhole, type WholeEvent } from '../../api/whole-event.ts';
import type { Marked } from '../../state/place.ts';
import type { DiffBase } from './use-detail.ts';

/** Two events with more text than this (UTF-16 units) together are not compared: the window would hold both and their trees. */
const MOST_COMPARED = 64 * 1024 * 1024;

export interface BaseEvent {
  /** Null while it is looked for, and where there is none. */
  readonly event: WholeEvent | null;
  /** There is nothing to compare with: why, in a sentence. */
  readonly absent: string | null;
  readonly error: unknown;
  readonly loaded: number;
  readonly retry: () => void;
}

/** The event that another one is compared with. `wholeType`: the type of that one, once it is known whole. */
export function useBaseEvent(
  topic: GridTopic,
  event: EventDetail,
  wholeType: string | null,
  base: DiffBase,
  marked: Marked | null,
): BaseEvent {
  const { path, name, incarnation } = topic;
  const topics = useTopics(path);
  const [loaded, setLoaded] = useState(0);
  const isSame = marked?.topic === name && marked.incarnation === incarnation && marked.version === event.version;
  const type = event.typeTotal > event.type.length ? wholeType : event.type;
  const isWanted = base === 'previous' ? type !== null : marked !== null && !isSame;
  const query = useQuery({
    queryKey: [
      'base',
      path,
      name,
      incarnation,
      event.version,
      base,
      ...(base === 'marked' && marked ? [marked.topic, marked.incarnation, marked.version] : []),
    ],
    enabled: isWanted && topics.data !== undefined,
    gcTime: 5000,
    structuralSharing: false,
    queryFn: async ({ signal }): Promise<WholeEvent | null> => {
      const place = base === 'previous' ? await previous(signal) : markedPlace();
      if (!place) return null;
      const found = await readEvent(place.topic, place.version, signal);
      const total = found.dataTotal + found.metadataTotal + event.dataTotal + event.metadataTotal;
      if (total > MOST_COMPARED) {
        throw new EventStoreError('EVENT_TOO_LARGE', 'The two events are too large to be compared here: more than 64 MB together.', {
          total,
        });
      }
      return loadWhole(place.topic, found, signal, setLoaded);
    },
  });

  async function previous(signal: AbortSignal): Promise<{ readonly topic: string; readonly version: number } | null> {
    const found = await nearestOfType(name, event.version, type ?? '', 'backward', signal);
    return found && { topic: name, version: found.version };
  }

  /** @throws EventStoreError TOPIC_NOT_FOUND where the topic is gone, or another one has its name. */
  function markedPlace(): Marked | null {
    if (!marked) return null;
    const isThere = topics.data?.some((row) => row.name === marked.topic && row.incarnation === marked.incarnation);
    if (isThere) return marked;
    throw new EventStoreError('TOPIC_NOT_FOUND', `The marked event was in "${marked.topic}", which has been deleted since.`, {
      topic: marked.topic,
    });
  }

  return { event: query.data ?? null, absent: absentReason(), error: query.error, loaded, retry: () => void query.refetch() };

  function absentReason(): string | null {
    if (base === 'marked' && marked === null) return 'No event is marked. Mark one (Space in the list), then choose another to compare.';
    if (isSame && base === 'marked') return 'This is the marked event. Choose another one to compare it with.';
    return query.data === null ? 'This is the first event of its type: there is no earlier one to compare it with.' : null;
  }
}
