import { TAG } from './binary-value.ts';
import { foldNumber } from './number-token.ts';
import type { ValueWriter } from './value-writer.ts';

/** The deepest nesting that an event or a state may have. */
export const MOST_LEVELS = 500;

export class TooDeep extends Error {}

/** Writes JSON texts as values. */
export interface JsonCopier {
  /** Another batch begins: what was seen of the last one does not count. */
  readonly begin: () => void;
  /** Answers whether there is a number in it that no JavaScript value holds. @throws TooDeep */
  readonly copy: (text: string) => boolean;
}

export function createJsonCopier(writer: ValueWriter): JsonCopier {
  const { byte, count, openCount, closeCount, plainString } = writer;
  /** By the number of a key: which one came behind it last, as it is written in JSON. Events of one type have the same keys in turn. */
  let followers: Follower[] = [];
  let lastKey = 0;
  /** The JSON text being read, and the place in it. */
  let json = '';
  let pos = 0;
  let depth = 0;
  let hasExact = false;

  /** The key that starts at `pos`, its colon too. */
  const copyKey = (): void => {
    const follower = followers[lastKey];
    if (follower !== undefined && json.startsWith(follower.written, pos)) {
      pos += follower.written.length;
      lastKey = follower.number;
    } else {
      const start = pos;
      const number = writer.numberOf(readString());
      pos++;
      followers[lastKey] = { number, written: json.slice(start, pos) };
      lastKey = number;
    }
    count(lastKey * 2);
  };

  /** The text of an exact number as the object that the sandbox makes one of. */
  const writeExact = (token: string): void => {
    hasExact = true;
    writer.reserve(2);
    byte(TAG.object);
    count(1);
    writer.key('text');
    writer.text(token);
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
  /** A string value goes byte by byte from the text into the buffer as long as that is possible. */
  const copyString = (): void => {
    const end = plainString(json, pos + 1);
    if (end < 0) writer.text(readString());
    else pos = end;
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
    if (isDone) return writer.integer(value);
    const token = json.slice(start, end);
    const number = foldNumber(token);
    if (typeof number === 'number') writer.number(number);
    else if (number === null) writeExact(token);
    else writer.bigint(number);
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
        byte(TAG.object);
        return copyMembers(0x7d, true);
      case 0x5b:
        byte(TAG.array);
        return copyMembers(0x5d, false);
      case QUOTE:
        return copyString();
      case 0x74:
        byte(TAG.true);
        pos += 4;
        return;
      case 0x66:
        byte(TAG.false);
        pos += 5;
        return;
      case 0x6e:
        byte(TAG.null);
        pos += 4;
        return;
      default:
        return copyNumber();
    }
  };

  return {
    begin() {
      followers = [];
    },
    copy(text) {
      writer.reserve(text.length * 5 + 16);
      json = text;
      pos = 0;
      depth = 0;
      lastKey = 0;
      hasExact = false;
      copyValue();
      return hasExact;
    },
  };
}

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
