import type { StoredEvent } from '../../../shared/model/event.ts';
import { exactPaths } from './exact-paths.ts';
import { FORMAT_VERSION, TAG } from './binary-value.ts';
import { foldNumber } from './number-token.ts';

/** The deepest nesting that an event or a state may have. */
export const MOST_LEVELS = 500;

/** Events as the sandbox reads them: a list of the events and a list of the places of exact numbers in them. */
export interface WrittenBatch {
  readonly bytes: Uint8Array;
  /** Events that a fold cannot be given, by their index, with the reason. They stand in the list as null. */
  readonly unfit: ReadonlyMap<number, string>;
}

export type WriteBatch = (events: readonly StoredEvent[]) => WrittenBatch;

class TooDeep extends Error {}

/** A writer keeps its buffer from batch to batch. */
export function createBatchWriter(): WriteBatch {
  let out = new Uint8Array(64 * 1024);
  let view = new DataView(out.buffer);
  let at = 0;
  let keys = new Map<string, number>();
  let texts: string[] = [];
  /** The JSON text being read, and the place in it. */
  let json = '';
  let pos = 0;
  let depth = 0;
  let hasExact = false;

  const reserve = (bytes: number): void => {
    if (at + bytes <= out.length) return;
    const larger = new Uint8Array(Math.max(out.length * 2, at + bytes));
    larger.set(out.subarray(0, at));
    out = larger;
    view = new DataView(out.buffer);
  };

  const count = (value: number): void => {
    let rest = value;
    while (rest > 127) {
      out[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    out[at++] = rest;
  };

  /** Four bytes for a count that is not known yet; LEB128 allows leading zeros. */
  const openCount = (): number => {
    at += 4;
    return at - 4;
  };
  const closeCount = (place: number, value: number): void => {
    out[place] = (value & 127) | 128;
    out[place + 1] = ((value >>> 7) & 127) | 128;
    out[place + 2] = ((value >>> 14) & 127) | 128;
    out[place + 3] = (value >>> 21) & 127;
  };

  const writeUnits = (text: string): void => {
    reserve(8 + text.length * 2);
    const place = openCount();
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0xff) return writeWide(text, place);
      out[at++] = unit;
    }
    closeCount(place, text.length * 2);
  };

  const writeWide = (text: string, place: number): void => {
    at = place + 4;
    for (let i = 0; i < text.length; i++) {
      view.setUint16(at, text.charCodeAt(i), true);
      at += 2;
    }
    closeCount(place, text.length * 2 + 1);
  };

  const writeText = (text: string): void => {
    reserve(1);
    out[at++] = TAG.text;
    writeUnits(text);
  };

  const writeKey = (key: string): void => {
    let number = keys.get(key);
    if (number === undefined) {
      number = texts.push(key);
      keys.set(key, number);
    }
    reserve(5);
    count(number * 2);
  };

  const writeNumber = (value: number): void => {
    reserve(9);
    if ((value | 0) === value && !Object.is(value, -0)) {
      out[at++] = TAG.int32;
      count(((value << 1) ^ (value >> 31)) >>> 0);
      return;
    }
    out[at++] = TAG.float64;
    view.setFloat64(at, value, true);
    at += 8;
  };

  const writeBigint = (value: bigint): void => {
    if (BigInt.asIntN(64, value) === value) return writeInt64(value);
    const bytes = bigintBytes(value);
    reserve(6 + bytes.length);
    out[at++] = TAG.bigint;
    count(bytes.length);
    out.set(bytes, at);
    at += bytes.length;
  };

  const writeInt64 = (value: bigint): void => {
    reserve(10);
    out[at++] = TAG.bigint;
    view.setBigInt64(at + 1, value, true);
    let size = 8;
    while (size > 1 && isSignOnly(out[at + size], out[at + size - 1])) size--;
    out[at] = size;
    at += size + 1;
  };

  /** The text of an exact number as the object that the sandbox makes one of. */
  const writeExact = (token: string): void => {
    hasExact = true;
    reserve(2);
    out[at++] = TAG.object;
    count(1);
    writeKey('text');
    writeText(token);
  };

  /** The string that starts at `pos`, and `pos` behind it. */
  const readString = (): string => {
    const start = pos++;
    for (;;) {
      const code = json.charCodeAt(pos++);
      if (code === QUOTE) return json.slice(start + 1, pos - 1);
      if (code === BACKSLASH) break;
    }
    for (pos++; ; pos++) {
      const code = json.charCodeAt(pos);
      if (code === QUOTE) break;
      if (code === BACKSLASH) pos++;
    }
    pos++;
    return JSON.parse(json.slice(start, pos)) as string;
  };

  /** A string value goes byte by byte from the text into the buffer as long as that is possible. */
  const copyString = (): void => {
    const start = pos;
    const place = at;
    out[at++] = TAG.text;
    const length = openCount();
    for (pos++; ; pos++) {
      const code = json.charCodeAt(pos);
      if (code === QUOTE) break;
      if (code === BACKSLASH || code > 0xff) {
        at = place;
        pos = start;
        writeText(readString());
        return;
      }
      out[at++] = code;
    }
    closeCount(length, (pos - start - 1) * 2);
    pos++;
  };

  const copyNumber = (): void => {
    const start = pos;
    do pos++;
    while (isNumberPart(json.charCodeAt(pos)));
    const token = json.slice(start, pos);
    const value = foldNumber(token);
    if (typeof value === 'number') writeNumber(value);
    else if (value === null) writeExact(token);
    else writeBigint(value);
  };

  const copyMembers = (close: number, hasKeys: boolean): void => {
    if (++depth > MOST_LEVELS) throw new TooDeep();
    const place = openCount();
    let members = 0;
    if (json.charCodeAt(++pos) === close) pos++;
    else {
      do {
        if (hasKeys) {
          writeKey(readString());
          pos++;
        }
        copyValue();
        members++;
      } while (json.charCodeAt(pos++) !== close);
    }
    closeCount(place, members);
    depth--;
  };

  const copyValue = (): void => {
    // No token of JSON needs more than five times its length, and everything but keys and numbers is reserved for here.
    switch (json.charCodeAt(pos)) {
      case 0x7b:
        out[at++] = TAG.object;
        return copyMembers(0x7d, true);
      case 0x5b:
        out[at++] = TAG.array;
        return copyMembers(0x5d, false);
      case QUOTE:
        return copyString();
      case 0x74:
        out[at++] = TAG.true;
        pos += 4;
        return;
      case 0x66:
        out[at++] = TAG.false;
        pos += 5;
        return;
      case 0x6e:
        out[at++] = TAG.null;
        pos += 4;
        return;
      default:
        return copyNumber();
    }
  };

  const copyJson = (text: string): void => {
    reserve(text.length * 5 + 16);
    json = text;
    pos = 0;
    depth = 0;
    copyValue();
  };

  const writeEvent = (event: StoredEvent): void => {
    reserve(2);
    out[at++] = TAG.object;
    count(7);
    writeKey('id');
    writeText(event.id);
    writeKey('topic');
    writeText(event.topic);
    writeKey('type');
    writeText(event.type);
    writeKey('version');
    writeNumber(event.version);
    writeKey('timestamp');
    writeBigint(event.timestamp);
    writeKey('data');
    copyJson(event.data);
    writeKey('metadata');
    copyJson(event.metadata);
  };

  const writePath = (index: number, member: string, path: readonly (string | number)[]): void => {
    reserve(6);
    out[at++] = TAG.array;
    count(path.length + 2);
    writeNumber(index);
    writeText(member);
    for (const step of path) {
      if (typeof step === 'number') writeNumber(step);
      else writeText(step);
    }
  };

  const writeExactPaths = (events: readonly StoredEvent[], indexes: readonly number[]): void => {
    const found = indexes.flatMap((index) =>
      (['data', 'metadata'] as const).flatMap((member) =>
        exactPaths(events[index]?.[member] ?? '').map((path) => ({ index, member, path })),
      ),
    );
    reserve(6);
    out[at++] = TAG.array;
    count(found.length);
    for (const { index, member, path } of found) writePath(index, member, path);
  };

  const finish = (): Uint8Array => {
    const body = out.slice(0, at);
    at = 0;
    reserve(6);
    out[at++] = FORMAT_VERSION;
    count(texts.length);
    for (const text of texts) writeUnits(text);
    const bytes = new Uint8Array(at + body.length);
    bytes.set(out.subarray(0, at));
    bytes.set(body, at);
    return bytes;
  };

  return (events) => {
    at = 0;
    keys = new Map();
    texts = [];
    const unfit = new Map<number, string>();
    const exact: number[] = [];
    reserve(16);
    out[at++] = TAG.array;
    count(2);
    out[at++] = TAG.array;
    count(events.length);
    for (const [index, event] of events.entries()) {
      const start = at;
      hasExact = false;
      try {
        writeEvent(event);
        if (hasExact) exact.push(index);
      } catch (error) {
        if (!(error instanceof TooDeep)) throw error;
        at = start;
        reserve(1);
        out[at++] = TAG.null;
        unfit.set(index, `It is nested more than ${MOST_LEVELS} levels deep, which is more than a fold is given.`);
      }
    }
    writeExactPaths(events, exact);
    return { bytes: finish(), unfit };
  };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Digits, sign, point, exponent. */
function isNumberPart(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2e || code === 0x2d || code === 0x2b || code === 0x45 || code === 0x65;
}

/** Two's complement, lowest byte first, as few bytes as hold it. */
function bigintBytes(value: bigint): Uint8Array {
  let size = 16;
  while (BigInt.asIntN(size * 8, value) !== value) size *= 2;
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let i = 0; i < size; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  while (size > 1 && isSignOnly(bytes[size - 1], bytes[size - 2])) size--;
  return bytes.subarray(0, size);
}

const isSignOnly = (last = 0, before = 0): boolean => (last === 0 && before < 128) || (last === 255 && before >= 128);
