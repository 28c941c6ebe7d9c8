import { textPart } from '../../shared/model/text-part.ts';
import { METADATA_CHARS, PREVIEW_CHARS, type EventDetail, type EventRow } from '../../shared/ipc/contract/events.ts';
import { TEXT_CHARS } from '../../shared/ipc/text-chars.ts';
import { beginningOf, type BeginningLengths, type EventBeginning } from '../../shared/model/event-beginning.ts';
import type { DamagedVersion, EventPage, StoredEvent } from '../../shared/model/event.ts';

/** Ids and types longer than this are shown cut in a row; `events.get` gives up to NAME_CHARS of them. */
export const ROW_NAME_CHARS = 128;
const NAME_CHARS = 1024;
const REASON_CHARS = 200;

/** What a row shows of an event's texts. */
export const ROW_LENGTHS: BeginningLengths = { data: PREVIEW_CHARS, metadata: METADATA_CHARS };

export function rowOfEvent(event: StoredEvent): EventRow {
  return eventRow(beginningOf(event, ROW_LENGTHS));
}

function eventRow(event: EventBeginning): EventRow {
  return {
    version: event.version,
    id: shorten(event.id, ROW_NAME_CHARS),
    type: shorten(event.type, ROW_NAME_CHARS),
    timestamp: event.timestamp,
    preview: event.data,
    metadata: event.metadata,
    size: event.dataTotal + event.metadataTotal,
  };
}

export function eventDetail(event: StoredEvent): EventDetail {
  return {
    version: event.version,
    topic: event.topic,
    id: shorten(event.id, NAME_CHARS),
    idTotal: event.id.length,
    type: shorten(event.type, NAME_CHARS),
    typeTotal: event.type.length,
    timestamp: event.timestamp,
    data: textPart(event.data, 0, TEXT_CHARS),
    dataTotal: event.data.length,
    metadata: textPart(event.metadata, 0, TEXT_CHARS),
    metadataTotal: event.metadata.length,
  };
}

export interface RowPart {
  readonly rows: readonly EventRow[];
  readonly damaged: readonly DamagedVersion[];
  readonly next: number | null;
}

/**
 * The rows of a page, readable and damaged together at most `room`, in the page's direction. What does not fit is left
 * for the next page, so that a page of any store has a bounded size.
 */
export function pageRows(page: EventPage<EventBeginning>, direction: 'forward' | 'backward', room: number): RowPart {
  const versions = [...page.events, ...page.damaged].map(({ version }) => version);
  if (versions.length <= room) return { rows: page.events.map(eventRow), damaged: page.damaged.map(shortDamage), next: page.next };
  const ordered = versions.toSorted((a, b) => (direction === 'forward' ? a - b : b - a));
  const last = ordered[room - 1] ?? 0;
  const fits = ({ version }: { readonly version: number }): boolean => (direction === 'forward' ? version <= last : version >= last);
  return { rows: page.events.filter(fits).map(eventRow), damaged: page.damaged.filter(fits).map(shortDamage), next: last };
}

function shortDamage({ version, code, reason, place }: DamagedVersion): DamagedVersion {
  return { version, code, reason: shorten(reason, REASON_CHARS), place: shorten(place, REASON_CHARS) };
}

export function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${textPart(text, 0, length - 1)}…`;
}
