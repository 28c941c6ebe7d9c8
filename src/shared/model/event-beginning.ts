import type { EventPage, StoredEvent } from './event.ts';
import { textPart } from './text-part.ts';

/** An event whose data and metadata may be cut behind their beginnings. */
export interface EventBeginning extends Omit<StoredEvent, 'data' | 'metadata'> {
  readonly data: string;
  /** UTF-16 units of all data. */
  readonly dataTotal: number;
  readonly metadata: string;
  readonly metadataTotal: number;
}

/** UTF-16 units that are wanted of each event; one fewer is given where the cut would halve a surrogate pair. */
export interface BeginningLengths {
  readonly data: number;
  readonly metadata: number;
}

export function beginningOf({ data, metadata, ...event }: StoredEvent, lengths: BeginningLengths): EventBeginning {
  return {
    ...event,
    data: textPart(data, 0, lengths.data),
    dataTotal: data.length,
    metadata: textPart(metadata, 0, lengths.metadata),
    metadataTotal: metadata.length,
  };
}

export function beginningsOf(page: EventPage, lengths: BeginningLengths): EventPage<EventBeginning> {
  return { ...page, events: page.events.map((event) => beginningOf(event, lengths)) };
}
