import type { StoredEvent } from '../../../shared/model/event.ts';
import { JSON_NULL, parseJsonText, type JsonText } from '../../../shared/model/json-text.ts';

/** version, type_id, ts, id, data, metadata: as a statement with safe integers answers them. Typed unknown, for a damaged file may hold anything. */
export type EventRow = readonly unknown[];

/** Bytes and text are told apart by a letter before them: making a Buffer for each row takes as long as reading the row. */
const ID = "iif(typeof(id) = 'blob' AND length(id) = 16, 'b' || hex(id), iif(typeof(id) = 'text', 't' || id, NULL))";

/**
 * Data is null in a row whose texts have more bytes than this, and each of them that has: many rows can be taken at once. So is
 * metadata behind such data, for the way there leads through all of it.
 */
const SMALL_BYTES = 32_768;
const isSmall = (bytes: string): string => `${bytes} <= ${SMALL_BYTES}`;
export const SMALL_EVENT_COLUMNS = `version, type_id, ts, iif(${isSmall('octet_length(id)')}, ${ID}, NULL),
  iif(${isSmall('octet_length(data) + octet_length(id) + ifnull(octet_length(metadata), 0)')}, data, NULL),
  iif(${isSmall('octet_length(metadata)')} AND ${isSmall('octet_length(data)')}, metadata, NULL)`;

/**
 * The same of one row that is not small. Large texts come as bytes, which are read three times as fast. Data and metadata are null
 * where they have more bytes than each `?`: what does not fit is not read to find that out.
 */
const within = (text: string): string => `iif(octet_length(data) + ifnull(octet_length(metadata), 0) <= ?,
  iif(${isSmall(`octet_length(${text})`)}, ${text}, CAST(${text} AS BLOB)), NULL)`;
export const LARGE_EVENT_COLUMNS = `version, type_id, ts, ${ID}, ${within('data')}, ${within('metadata')}`;

const DASH = 0x2d;
const UUID_LENGTH = 36;

/** The column value of an id: 16 bytes for a canonical lower-case UUID, the text itself for anything else. */
export function encodeId(id: string): string | Buffer {
  if (id.length !== UUID_LENGTH) return id;
  const bytes = Buffer.allocUnsafe(16);
  let at = 0;
  for (let n = 0; n < 16; n++) {
    if ((n === 4 || n === 6 || n === 8 || n === 10) && id.charCodeAt(at++) !== DASH) return id;
    const value = (hexValue(id.charCodeAt(at++)) << 4) | hexValue(id.charCodeAt(at++));
    if (value < 0) return id;
    bytes[n] = value;
  }
  return bytes;
}

/** Negative for anything but 0 to 9 and a to f. */
function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** The event of a row, or in one sentence why the row is damaged. */
export function decodeRow(row: EventRow, topic: string, typeName: (typeId: number) => string | null): StoredEvent | string {
  const [version, typeId, ts, rawId, rawData, rawMetadata] = row;
  if (typeof version !== 'bigint' || typeof ts !== 'bigint' || typeof typeId !== 'bigint') return 'its numbers are not numbers';
  const type = typeName(Number(typeId));
  if (type === null) return `its type number ${typeId} is not in the table of types`;
  const id = typeof rawId === 'string' ? decodeId(rawId) : null;
  if (id === null) return 'its id is neither text nor 16 bytes';
  const data = readJson(rawData);
  if (data === null) return 'its data is not JSON';
  const metadata = rawMetadata === null ? JSON_NULL : readJson(rawMetadata);
  if (metadata === null) return 'its metadata is not JSON';
  return { id, topic, type, data, metadata, timestamp: ts, version: Number(version) };
}

function decodeId(marked: string): string {
  if (marked[0] === 't') return marked.slice(1);
  const hex = marked.toLowerCase();
  return `${hex.slice(1, 9)}-${hex.slice(9, 13)}-${hex.slice(13, 17)}-${hex.slice(17, 21)}-${hex.slice(21)}`;
}

/**
 * The text as JsonText, null if it is not. A database is input like any other: a flipped byte or a foreign hand may
 * have put anything there, and whoever holds a JsonText walks it without looking for its end.
 */
function readJson(stored: unknown): JsonText | null {
  const text = Buffer.isBuffer(stored) ? stored.toString() : stored;
  if (typeof text !== 'string') return null;
  try {
    return parseJsonText(text);
  } catch {
    return null;
  }
}
