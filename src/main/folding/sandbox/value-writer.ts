import { FORMAT_VERSION, TAG } from './binary-value.ts';

/** Writes values as the sandbox reads them (binary-value.ts) into a buffer that it keeps from one to the next. */
export interface ValueWriter {
  /** Begins anew, with these texts as the first keys, whose numbers are 1, 2, 3 … */
  readonly begin: (keys: readonly string[]) => void;
  /** Makes room for so many bytes. */
  readonly reserve: (bytes: number) => void;
  /** A byte for which there is room. */
  readonly byte: (value: number) => void;
  readonly count: (value: number) => void;
  /** Room for a count that is not known yet; `closeCount` at the place it answers. */
  readonly openCount: () => number;
  readonly closeCount: (place: number, value: number) => void;
  readonly text: (text: string) => void;
  /** The number of a text as a key. */
  readonly numberOf: (key: string) => number;
  readonly key: (key: string) => void;
  readonly integer: (value: number) => void;
  readonly number: (value: number) => void;
  readonly bigint: (value: bigint) => void;
  /**
   * The text of JSON from `from` up to a quote byte by byte, for which there is room; answers the place behind it. -1, and nothing is
   * written: it holds what is not as it stands there.
   */
  readonly plainString: (json: string, from: number) => number;
  readonly place: () => number;
  /** Takes back what was written from a place on. */
  readonly cutTo: (place: number) => void;
  /** What was written, behind the keys that it has. */
  readonly finish: () => Uint8Array;
}

export function createValueWriter(): ValueWriter {
  let out = new Uint8Array(64 * 1024);
  let view = new DataView(out.buffer);
  let at = 0;
  let keys = new Map<string, number>();
  let texts: string[] = [];

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

  const plainString = (json: string, from: number): number => {
    const bytes = out;
    let read = from;
    let to = at + 5;
    let code = json.charCodeAt(read);
    while (code !== QUOTE && code !== BACKSLASH && code <= 0xff) {
      bytes[to++] = code;
      code = json.charCodeAt(++read);
    }
    if (code !== QUOTE) return -1;
    bytes[at++] = TAG.text;
    closeCount(at, (read - from) * 2);
    at = to;
    return read + 1;
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

  return {
    begin(first) {
      at = 0;
      keys = new Map(first.map((key, index) => [key, index + 1]));
      texts = [...first];
    },
    reserve,
    byte(value) {
      out[at++] = value;
    },
    count,
    openCount,
    closeCount,
    text: writeText,
    numberOf,
    key: writeKey,
    integer: writeInteger,
    number: writeNumber,
    bigint: writeBigint,
    plainString,
    place: () => at,
    cutTo(place) {
      at = place;
    },
    finish,
  };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

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
