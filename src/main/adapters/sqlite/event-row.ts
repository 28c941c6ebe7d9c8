import type { StoredEvent } from '../../../shared/model/event.ts';
import { JSON_NULL, parseJsonText, type JsonText } from '../../../shared/model/json-text.ts';

/** version, type_id, ts, id, data, metadata: as a statement with safe integers answers them. Typed unknown, for a damaged file may hold anything. */
export type EventRow = readonly unknown[];

export const EVENT_COLUMNS = 'version, type_id, ts, id, data, metadata';

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
  const id = decodeId(rawId);
  if (id === null) return 'its id is neither text nor 16 bytes';
  const data = readJson(rawData);
  if (data === null) return 'its data is not JSON';
  const metadata = rawMetadata === null ? JSON_NULL : readJson(rawMetadata);
  if (metadata === null) return 'its metadata is not JSON';
  return { id, topic, type, data, metadata, timestamp: ts, version: Number(version) };
}

function decodeId(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (!Buffer.isBuffer(value) || value.length !== 16) return null;
  const hex = value.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** JSON outside strings without white space, given that the text is valid JSON. */
const COMPACT = /^(?:[^\s"]+|"[^"\\]*(?:\\.[^"\\]*)*")*$/;
/** Longer texts go the slow way: the expression above could exhaust its stack on them. */
const QUICK_LENGTH = 65_536;

/**
 * The text as JsonText, null if it is not. A database is input like any other: a flipped byte or a foreign hand may
 * have put anything there, and whoever holds a JsonText walks it without looking for its end.
 */
function readJson(text: unknown): JsonText | null {
  if (typeof text !== 'string') return null;
  try {
    if (text.length > QUICK_LENGTH) return parseJsonText(text);
    JSON.parse(text);
    return COMPACT.test(text) ? (text as JsonText) : parseJsonText(text);
  } catch {
    return null;
  }
}
