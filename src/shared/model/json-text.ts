import { isCompactJson } from './compact-json.ts';
import { EventStoreError } from './errors.ts';

declare const brand: unique symbol;

/**
 * Valid JSON text, well-formed UTF-16, with no white space between tokens and every token as it came:
 * numbers, escapes, key order and duplicate keys are the writer's own. Only `parseJsonText` and
 * `toJsonText` make one, so whoever holds one need not look again.
 */
export type JsonText = string & { readonly [brand]: 'JsonText' };

export const JSON_NULL = 'null' as JsonText;

/**
 * Reads any JSON text, dropping white space between tokens and nothing else.
 * @throws EventStoreError INVALID_EVENT for text that is not one JSON value or holds a raw lone surrogate.
 */
export function parseJsonText(text: string): JsonText {
  if (!text.isWellFormed()) {
    throw new EventStoreError('INVALID_EVENT', 'The JSON text holds half of a surrogate pair, which UTF-8 cannot store.');
  }
  if (isCompactJson(text)) return text as JsonText;
  try {
    JSON.parse(text);
  } catch (error) {
    throw new EventStoreError('INVALID_EVENT', `This is not valid JSON: ${(error as Error).message}`);
  }
  return compact(text) as JsonText;
}

/**
 * The JSON text of a JavaScript value. For programs that hold values; whoever holds text uses `parseJsonText`.
 * @throws EventStoreError INVALID_EVENT for anything JSON cannot hold exactly: NaN, Infinity, undefined inside,
 * functions, symbols, BigInt, cycles, lone surrogates. Nothing is dropped silently.
 */
export function toJsonText(value: unknown): JsonText {
  if (isPlain(value, 0)) return JSON.stringify(value) as JsonText;
  const open = new Set<object>();
  /** The keys that led here; a path is written of them only to refuse. */
  const keys: (string | number)[] = [];
  const refuse = (what: string): never => {
    const path = keys.map((key) => `/${key}`).join('');
    throw new EventStoreError('INVALID_EVENT', `JSON cannot hold ${what} (at ${path === '' ? 'the top' : path}).`, { path });
  };
  const check = (item: unknown): void => {
    if (item === null || typeof item === 'boolean') return;
    if (typeof item === 'number') return Number.isFinite(item) ? undefined : refuse(String(item));
    if (typeof item === 'string') return item.isWellFormed() ? undefined : refuse('half of a surrogate pair');
    if (typeof item !== 'object') return refuse(`a value of type ${typeof item}`);
    if (open.has(item)) refuse('a value that contains itself');
    open.add(item);
    const checkAt = (key: string | number, entry: unknown): void => {
      keys.push(key);
      check(entry);
      keys.pop();
    };
    if (Array.isArray(item)) {
      for (let index = 0; index < item.length; index++) checkAt(index, item[index]);
    } else {
      const prototype: unknown = Object.getPrototypeOf(item);
      if (prototype !== null && prototype !== Object.prototype) refuse('an object of a class');
      for (const [key, entry] of Object.entries(item)) {
        if (!key.isWellFormed()) refuse('half of a surrogate pair in a key');
        checkAt(key, entry);
      }
    }
    open.delete(item);
  };
  try {
    check(value);
    return JSON.stringify(value) as JsonText;
  } catch (error) {
    if (error instanceof RangeError) throw new EventStoreError('INVALID_EVENT', 'The value is nested too deeply to be written.');
    throw error;
  }
}

/** Deeper values are left to the closer look. */
const QUICK_DEPTH = 100;

/** True only for what JSON holds exactly, told without noting the way: nearly every value needs no more. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'boolean' || value === null) return true;
  if (typeof value !== 'object' || depth === QUICK_DEPTH) return false;
  if (Array.isArray(value)) {
    // By index: a hole counts as undefined, which JSON has not.
    for (let index = 0; index < value.length; index++) if (!isPlain(value[index], depth + 1)) return false;
    return true;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return false;
  for (const key of Object.keys(value)) {
    if (!key.isWellFormed() || !isPlain((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

/**
 * The top-level members of a JSON object, each value as its raw text; a repeated key keeps its last value, as Go
 * and JSON.parse do. Null when `text` (valid JSON) is not an object.
 */
export function splitMembers(text: JsonText): Map<string, JsonText> | null {
  const spans = memberSpans(text);
  return spans && new Map(spans.map(({ key, start, end }) => [key, text.slice(start, end) as JsonText]));
}

/** Where one member of an object stands: its key, and the half-open range of its value's text. */
export interface MemberSpan {
  readonly key: string;
  readonly start: number;
  readonly end: number;
}

/** The top-level members of a JSON object in their order, repeated keys too. Null when `text` is not an object. */
export function memberSpans(text: JsonText): MemberSpan[] | null {
  if (text[0] !== '{') return null;
  const spans: MemberSpan[] = [];
  let at = 1;
  while (text[at] !== '}') {
    const keyEnd = skipString(text, at);
    const end = skipValue(text, keyEnd + 1);
    spans.push({ key: JSON.parse(text.slice(at, keyEnd)) as string, start: keyEnd + 1, end });
    at = text[end] === ',' ? end + 1 : end;
  }
  return spans;
}

/** The elements of a JSON list in their order. Null when `text` is not a list. */
export function elementSpans(text: JsonText): Pick<MemberSpan, 'start' | 'end'>[] | null {
  if (text[0] !== '[') return null;
  const spans: Pick<MemberSpan, 'start' | 'end'>[] = [];
  let at = 1;
  while (text[at] !== ']') {
    const end = skipValue(text, at);
    spans.push({ start: at, end });
    at = text[end] === ',' ? end + 1 : end;
  }
  return spans;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** The index after the string literal that starts at `start`. */
function skipString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
}

/** The index after the value that starts at `start` in compact JSON. */
function skipValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = skipString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === 0x2c || Number.isNaN(code))) return at;
    at++;
  }
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

function compact(text: string): string {
  if (!/[ \t\r\n]/.test(text)) return text;
  const parts: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = skipString(text, at);
    else if (isSpace(code)) {
      parts.push(text.slice(from, at));
      do at++;
      while (at < text.length && isSpace(text.charCodeAt(at)));
      from = at;
    } else at++;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
