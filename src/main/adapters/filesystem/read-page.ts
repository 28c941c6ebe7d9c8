import { EventStoreError } from '../../../shared/model/errors.ts';
import { MAX_PAGE, type DamagedVersion, type EventPage, type ReadQuery, type StoredEvent } from '../../../shared/model/event.ts';
import type { CountSlice, ScanSlice } from '../../eventstore/ports/event-repository.ts';
import { createScanColumns, holdsText } from '../scan-columns.ts';
import type { Fault } from './event-file.ts';
import { eventFileName, type Layout } from './layout.ts';
import type { TopicView, TopicViews } from './topic-views.ts';
import { versionAfter, versionBefore } from './version-ranges.ts';

/** Files looked at for one page: without a type filter (or as many as were asked for), and with one. */
const LOOKS = 200;
const LOOKS_FOR_TYPES = 1000;
const LOOKS_FOR_COUNT = 500;
const LOOKS_FOR_SCAN = 500;
/** Text a page may answer, and text that may be read to find it; one event is always given. */
const PAGE_BYTES = 4 * 1024 * 1024;
const READ_BYTES = 16 * 1024 * 1024;

/** @throws EventStoreError INVALID_INPUT for a limit outside 1 to 1000 or a cursor that is no whole number. */
export function requireValidQuery({ limit, cursor }: ReadQuery): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new EventStoreError('INVALID_INPUT', `A page holds 1 to ${MAX_PAGE} events, not ${limit}.`, { limit });
  }
  if (cursor !== null && !Number.isInteger(cursor)) {
    throw new EventStoreError('INVALID_INPUT', `A cursor is a whole number, not ${cursor}.`, { cursor });
  }
}

/** An empty page where the topic is known and its data is not there. */
export const NO_EVENTS: EventPage = { events: [], damaged: [], next: null, scanned: 0 };

export function readPage(layout: Layout, views: TopicViews, view: TopicView, query: ReadQuery): EventPage {
  const { direction, limit } = query;
  const forward = direction === 'forward';
  const step = (from: number): number | null => (forward ? versionAfter(view.ranges, from) : versionBefore(view.ranges, from));
  const types = query.types?.length ? new Set(query.types) : null;
  const mostLooks = types ? LOOKS_FOR_TYPES : Math.max(LOOKS, limit);
  const events: StoredEvent[] = [];
  const damaged: DamagedVersion[] = [];
  let scanned = 0;
  let answered = 0;
  let looked = 0;
  let last = query.cursor ?? (forward ? 0 : view.latest + 1);

  for (let version = step(last); version !== null; version = step(version)) {
    if (events.length === limit || scanned === mostLooks || looked > READ_BYTES) return { events, damaged, next: last, scanned };
    const reading = views.read(view, version);
    if (reading?.event && (!types || types.has(reading.event.type))) {
      if (events.length > 0 && answered + reading.bytes > PAGE_BYTES) return { events, damaged, next: last, scanned };
      events.push(reading.event);
      answered += reading.bytes;
    } else if (reading?.event === null) {
      damaged.push(damagedVersion(layout, view, version, reading.damage));
    }
    looked += reading?.bytes ?? 0;
    scanned++;
    last = version;
  }
  return { events, damaged, next: null, scanned };
}

export function countSlice(layout: Layout, views: TopicViews, view: TopicView, after: number): CountSlice {
  const damaged: DamagedVersion[] = [];
  let events = 0;
  let scanned = 0;
  let bytes = 0;
  let last = after;
  for (let version = versionAfter(view.ranges, after); version !== null; version = versionAfter(view.ranges, version)) {
    if (scanned === LOOKS_FOR_COUNT || bytes > READ_BYTES) return { events, damaged, next: last };
    const reading = views.read(view, version);
    if (reading?.event) events++;
    else if (reading) damaged.push(damagedVersion(layout, view, version, reading.damage));
    bytes += reading?.bytes ?? 0;
    scanned++;
    last = version;
  }
  return { events, damaged, next: null };
}

export function scanSlice(layout: Layout, views: TopicViews, view: TopicView, after: number, holding: string | null): ScanSlice {
  const columns = createScanColumns();
  const holds = holding === null ? null : holdsText(holding);
  let scanned = 0;
  let bytes = 0;
  let last = after;
  for (let version = versionAfter(view.ranges, after); version !== null; version = versionAfter(view.ranges, version)) {
    if (scanned === LOOKS_FOR_SCAN || bytes > READ_BYTES || columns.room(scanned) === 0) return columns.finish(scanned, last);
    const reading = views.read(view, version);
    if (reading?.event) {
      if (!holds || holds(reading.event.id, reading.event.metadata)) columns.add(version, reading.event.timestamp, reading.event.type);
    } else if (reading) columns.addDamaged(damagedVersion(layout, view, version, reading.damage));
    bytes += reading?.bytes ?? 0;
    scanned++;
    last = version;
  }
  return columns.finish(scanned, null);
}

function damagedVersion(layout: Layout, { topic, state }: TopicView, version: number, { code, reason }: Fault): DamagedVersion {
  const name = state.index.oddNames.get(version) ?? eventFileName(version);
  return { version, code, reason, place: `${layout.inside(layout.topicFolder(topic))}/${name}` };
}
