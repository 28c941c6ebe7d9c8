import type { Database } from 'better-sqlite3';
import type { DamagedVersion, EventPage, ReadQuery, StoredEvent } from '../../../shared/model/event.ts';
import { decodeRow, LARGE_EVENT_COLUMNS, SMALL_EVENT_COLUMNS, type EventRow } from './event-row.ts';
import { isDamage } from './sqlite-failure.ts';
import type { TopicRow } from './topic-rows.ts';
import { createTypeNames } from './type-names.ts';
import { createTypeVersions } from './type-versions.ts';

export type PageReader = (topic: TopicRow, query: ReadQuery) => EventPage;

/** Text in one page; one event is always given, however large. */
const PAGE_BYTES = 4 * 1024 * 1024;

/** Places of columns. */
const DATA = 4;
const METADATA = 5;

interface Page {
  readonly events: StoredEvent[];
  readonly damaged: DamagedVersion[];
  bytes: number;
  scanned: number;
  last: number | null;
}

/**
 * Reads pages by version, never by offset. A row or a database page that cannot be read becomes a damaged version and
 * hides no healthy event beside it. To be run inside a read transaction; no statement stays open.
 */
export function createPageReader(db: Database): PageReader {
  const forward = db.prepare(
    `SELECT ${SMALL_EVENT_COLUMNS} FROM events INDEXED BY events_tv WHERE topic_id = ? AND version > ? ORDER BY version LIMIT ?`,
  );
  const backward = db.prepare(
    `SELECT ${SMALL_EVENT_COLUMNS} FROM events INDEXED BY events_tv WHERE topic_id = ? AND version < ? ORDER BY version DESC LIMIT ?`,
  );
  const one = 'FROM events INDEXED BY events_tv WHERE topic_id = ? AND version = ?';
  const single = db.prepare(`SELECT ${SMALL_EVENT_COLUMNS} ${one}`);
  const large = db.prepare(`SELECT ${LARGE_EVENT_COLUMNS} ${one}`);
  const bytesOf = db
    .prepare<[number, number], [Buffer, Buffer | null, Buffer]>(
      `SELECT CAST(data AS BLOB), CAST(metadata AS BLOB), CAST(id AS BLOB) ${one}`,
    )
    .raw();
  for (const statement of [forward, backward, single, large]) statement.raw().safeIntegers();
  const types = createTypeNames(db);
  const versionsOf = createTypeVersions(db);

  /** Bytes that are not UTF-8 come out as U+FFFD; only a text that holds one is worth the comparison. */
  const isTrue = (topicId: number, event: StoredEvent): boolean => {
    if (!event.data.includes('\uFFFD') && !event.metadata.includes('\uFFFD') && !event.id.includes('\uFFFD')) return true;
    const stored = bytesOf.get(topicId, event.version);
    if (!stored) return false;
    const [data, metadata, id] = stored;
    const same = (text: string, bytes: Buffer): boolean => Buffer.from(text).equals(bytes);
    return (
      same(event.data, data) &&
      (metadata === null || same(event.metadata, metadata)) &&
      (!event.id.includes('\uFFFD') || same(event.id, id))
    );
  };

  /** Takes a row into the page; false when the page is full and the row must wait. */
  const take = (page: Page, topic: TopicRow, version: number, row: EventRow): boolean => {
    const bytes = textBytes(row);
    if (page.scanned > 0 && page.bytes + bytes > PAGE_BYTES) return false;
    const event = decodeRow(row, topic.name, types.name);
    if (typeof event === 'string') page.damaged.push(damagedRow(topic, version, event));
    else if (isTrue(topic.topicId, event)) page.events.push(event);
    else page.damaged.push(damagedRow(topic, version, 'its text is not UTF-8'));
    page.bytes += bytes;
    page.scanned++;
    page.last = version;
    return true;
  };

  const rowOf = (topicId: number, version: number, room: number, wanted?: ReadonlySet<number>): EventRow | undefined => {
    const row = single.get(topicId, version) as EventRow | undefined;
    if (row && wanted && !wanted.has(Number(row[1]))) return undefined;
    return row?.[DATA] === null ? (large.get(room, room, topicId, version) as EventRow | undefined) : row;
  };

  /** One version by itself; false when the page is full. A version that is not there is passed over. */
  const takeSingle = (page: Page, topic: TopicRow, version: number, wanted?: ReadonlySet<number>): boolean => {
    const room = page.scanned === 0 ? Number.MAX_SAFE_INTEGER : PAGE_BYTES - page.bytes;
    let row: EventRow | undefined;
    try {
      row = rowOf(topic.topicId, version, room, wanted);
    } catch (error) {
      if (!isDamage(error)) throw error;
      page.damaged.push(damagedRow(topic, version, 'the database page that holds it is damaged'));
    }
    if (row) return (row[DATA] !== null || page.scanned === 0) && take(page, topic, version, row);
    page.scanned++;
    page.last = version;
    return true;
  };

  /** The way through damage: version by version, in a window of `limit` versions. */
  const readSingly = (topic: TopicRow, query: ReadQuery, wanted?: ReadonlySet<number>): EventPage => {
    const page = emptyPage();
    const step = query.direction === 'forward' ? 1 : -1;
    let version = firstVersion(topic, query);
    for (let looked = 0; looked < query.limit && version >= 1 && version <= topic.lastVersion; looked++, version += step) {
      if (!takeSingle(page, topic, version, wanted)) break;
    }
    return finish(page, version >= 1 && version <= topic.lastVersion);
  };

  const readAll = (topic: TopicRow, query: ReadQuery): EventPage => {
    const page = emptyPage();
    const statement = query.direction === 'forward' ? forward : backward;
    let more = false;
    for (const row of statement.all(topic.topicId, cursorOf(query), query.limit + 1) as EventRow[]) {
      const version = Number(row[0]);
      more = page.scanned === query.limit || !(row[DATA] === null ? takeSingle(page, topic, version) : take(page, topic, version, row));
      if (more) break;
    }
    return finish(page, more);
  };

  const readTypes = (topic: TopicRow, query: ReadQuery, typeIds: readonly number[]): EventPage => {
    const page = emptyPage();
    let more = false;
    for (const version of versionsOf(topic.topicId, typeIds, query.direction, cursorOf(query), query.limit)) {
      more = page.scanned === query.limit || !takeSingle(page, topic, version);
      if (more) break;
    }
    return finish(page, more);
  };

  return (topic, query) => {
    const typeIds = query.types?.length ? [...new Set(query.types)].flatMap((type) => types.id(type) ?? []) : null;
    if (typeIds?.length === 0) return finish(emptyPage(), false);
    try {
      return typeIds ? readTypes(topic, query, typeIds) : readAll(topic, query);
    } catch (error) {
      if (!isDamage(error)) throw error;
      return readSingly(topic, query, typeIds ? new Set(typeIds) : undefined);
    }
  };
}

function emptyPage(): Page {
  return { events: [], damaged: [], bytes: 0, scanned: 0, last: null };
}

function finish({ events, damaged, scanned, last }: Page, more: boolean): EventPage {
  return { events, damaged, next: more ? last : null, scanned };
}

function cursorOf({ direction, cursor }: ReadQuery): number {
  return cursor ?? (direction === 'forward' ? 0 : Number.MAX_SAFE_INTEGER);
}

function firstVersion(topic: TopicRow, query: ReadQuery): number {
  const cursor = cursorOf(query);
  return query.direction === 'forward' ? Math.max(1, cursor + 1) : Math.min(topic.lastVersion, cursor - 1);
}

function textBytes(row: EventRow): number {
  const size = (value: unknown): number => (typeof value === 'string' || Buffer.isBuffer(value) ? Buffer.byteLength(value) : 0);
  return size(row[DATA]) + size(row[METADATA]);
}

export function damagedRow(topic: TopicRow, version: number, what: string): DamagedVersion {
  return {
    version,
    code: 'damaged-row',
    reason: `Version ${version} cannot be read: ${what}.`,
    place: `events(${topic.topicId}, ${version})`,
  };
}
