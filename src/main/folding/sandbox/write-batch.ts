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
  /** By the number of a key: which one came behind it last, as it is written in JSON. Events of one type have the same keys in turn. */
  let followers: Follower[] = [];
  let lastKey = 0;
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

  const numberOf = (key: string): number => {
    const known = keys.get(key);
    if (known !== undefined) return known;
    keys.set(key, texts.push(key));
    return texts.length;
  };

  const writeKey = (key: string): void => {
    reserve(5);
    count(numberOf(key) * 2);
  };

  /** The key that starts at `pos`, its colon too. */
  const copyKey = (): void => {
    const follower = followers[lastKey];
    if (follower !== undefined && json.startsWith(follower.written, pos)) {
      pos += follower.written.length;
      lastKey = follower.number;
    } else {
      const start = pos;
      const number = numberOf(readString());
      pos++;
      followers[lastKey] = { number, written: json.slice(start, pos) };
      lastKey = number;
    }
    count(lastKey * 2);
  };

  const writeInteger = (value: number): void => {
    reserve(6);
    out[at++] = TAG.int32;
    count(((value << 1) ^ (value >> 31)) >>> 0);
  };

  const writeNumber = (value: number): void => {
    if ((value | 0) === value && !Object.is(value, -0)) return writeInteger(value);
    reserve(9);
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
    const start = pos;
    let end = start + 1;
    let code = json.charCodeAt(end);
    while (code !== QUOTE && code !== BACKSLASH) code = json.charCodeAt(++end);
    if (code === QUOTE) {
      pos = end + 1;
      return json.slice(start + 1, end);
    }
    for (; code !== QUOTE; code = json.charCodeAt(++end)) if (code === BACKSLASH) end++;
    pos = end + 1;
    return JSON.parse(json.slice(start, pos)) as string;
  };

  /** A string value goes byte by byte from the text into the buffer as long as that is possible. */
  const copyString = (): void => {
    const text = json;
    const bytes = out;
    let from = pos + 1;
    let to = at + 5;
    let code = text.charCodeAt(from);
    while (code !== QUOTE && code !== BACKSLASH && code <= 0xff) {
      bytes[to++] = code;
      code = text.charCodeAt(++from);
    }
    if (code !== QUOTE) return writeText(readString());
    bytes[at++] = TAG.text;
    closeCount(at, (from - pos - 1) * 2);
    at = to;
    pos = from + 1;
  };

  const copyNumber = (): void => {
    const start = pos;
    let end = start;
    let value = 0;
    let code = json.charCodeAt(end);
    while (code >= ZERO && code <= NINE) {
      value = value * 10 + code - ZERO;
      code = json.charCodeAt(++end);
    }
    const isDone = end > start && end - start <= 9 && !isNumberPart(code);
    while (isNumberPart(code)) code = json.charCodeAt(++end);
    pos = end;
    if (isDone) return writeInteger(value);
    const token = json.slice(start, end);
    const number = foldNumber(token);
    if (typeof number === 'number') writeNumber(number);
    else if (number === null) writeExact(token);
    else writeBigint(number);
  };

  const copyMembers = (close: number, hasKeys: boolean): void => {
    if (++depth > MOST_LEVELS) throw new TooDeep();
    const place = openCount();
    let members = 0;
    if (json.charCodeAt(++pos) === close) pos++;
    else {
      do {
        if (hasKeys) copyKey();
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
    lastKey = 0;
    copyValue();
  };

  /** Members have the numbers of their keys: every batch begins with those. */
  const openMember = (number: number): void => {
    reserve(1);
    out[at++] = number * 2;
  };

  const writeEvent = (event: StoredEvent): void => {
    reserve(2);
    out[at++] = TAG.object;
    count(MEMBERS.length);
    openMember(1);
    writeText(event.id);
    openMember(2);
    writeText(event.topic);
    openMember(3);
    writeText(event.type);
    openMember(4);
    writeNumber(event.version);
    openMember(5);
    writeBigint(event.timestamp);
    openMember(6);
    copyJson(event.data);
    openMember(7);
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
    keys = new Map(MEMBERS.map((member, index) => [member, index + 1]));
    texts = [...MEMBERS];
    followers = [];
    const unfit = new Map<number, string>();
    const exact: number[] = [];
    reserve(16);
    out[at++] = TAG.array;
    count(2);
    out[at++] = TAG.array;
    count(events.length);
    for (let index = 0; index < events.length; index++) {
      const event = events[index] as StoredEvent;
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

/** The members of an event in the order in which a fold finds them. */
const MEMBERS = ['id', 'topic', 'type', 'version', 'timestamp', 'data', 'metadata'] as const;

interface Follower {
  readonly number: number;
  readonly written: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;

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
