import { textPart } from '../model/text-part.ts';
import { TextParts } from '../model/text-parts.ts';
import { MESSAGE_CHARS, PART_CHARS } from './text-chars.ts';

/** Keys and indexes from the top of a message; empty where the message is nothing but a text. */
type Path = readonly (string | number)[];

/** Where a long text belongs in a message, and how long it is in UTF-16 units. */
export interface TextPlace {
  readonly path: Path;
  readonly chars: number;
}

/** A text as it is given to a message that is to be sent. */
export type GivenText = string | TextParts;

export interface Unburdened<T> {
  /** The message, '' in the place of each text that was taken out; the very same object where nothing had to be changed. */
  readonly value: T;
  readonly places: readonly TextPlace[];
  readonly texts: readonly GivenText[];
}

/** What the place of a text takes in a message, counted as text. */
const PLACE_CHARS = 64;
/** A text that is shorter stays in its message. */
const LEAST_CHARS = 1024;

interface PlacedText {
  readonly path: Path;
  readonly text: GivenText;
}

/**
 * Takes the longest texts out of a message whose texts are together longer than MESSAGE_CHARS, until the rest is not. A message
 * is a tree of lists and plain objects; what is neither (a file, bytes) stays as it is. Texts in parts become strings where they stay.
 */
export function withoutLongTexts<T>(value: T): Unburdened<T> {
  const { chars, hasParts } = measured(value);
  if (chars <= MESSAGE_CHARS && !hasParts) return { value, places: [], texts: [] };
  const found: PlacedText[] = [];
  collect(value, [], found);
  found.sort((a, b) => b.text.length - a.text.length);
  let rest = chars;
  let count = 0;
  while (rest > MESSAGE_CHARS && count < found.length) rest -= (found[count++]?.text.length ?? 0) - PLACE_CHARS;
  const taken = found.slice(0, count);
  const stay = found.slice(count).flatMap(({ path, text }) => (typeof text === 'string' ? [] : [{ path, text: text.whole() }]));
  return {
    value: withTexts(value, [...taken.map(({ path }) => ({ path, text: '' })), ...stay], 0) as T,
    places: taken.map(({ path, text }) => ({ path, chars: text.length })),
    texts: taken.map(({ text }) => text),
  };
}

/** The message with its texts in their places. @throws RangeError for a place where no text is. */
export function withLongTexts<T>(value: T, places: readonly TextPlace[], texts: readonly GivenText[]): T {
  const wanted = places.map(({ path }, index) => ({ path, text: texts[index] ?? '' }));
  return withTexts(value, wanted, 0) as T;
}

/** A text in parts for messages of their own, no pair of surrogates halved: whoever takes a part may encode it by itself. */
export function* partsOf(text: GivenText): Generator<{ readonly offset: number; readonly part: string }> {
  let offset = 0;
  for (const piece of typeof text === 'string' ? [text] : text.parts) {
    for (let start = 0; start < piece.length;) {
      const part = textPart(piece, start, PART_CHARS);
      yield { offset, part };
      start += part.length;
      offset += part.length;
    }
  }
}

/** Where the parts of an answer's text begin, in UTF-16 units: each is PART_CHARS long, but for the last. */
export function partOffsets(chars: number): number[] {
  return Array.from({ length: Math.ceil(chars / PART_CHARS) }, (_none, part) => part * PART_CHARS);
}

/** The part of an answer's text that begins at `offset`. It may begin and end within a pair of surrogates: it is put together again. */
export function partAt(text: GivenText, offset: number): string {
  const end = offset + PART_CHARS;
  if (typeof text === 'string') return text.slice(offset, end);
  let part = '';
  let start = 0;
  for (const piece of text.parts) {
    if (start >= end) break;
    part += piece.slice(Math.max(0, offset - start), end - start);
    start += piece.length;
  }
  return part;
}

function measured(value: unknown): { readonly chars: number; readonly hasParts: boolean } {
  let chars = 0;
  let hasParts = false;
  const add = (member: unknown): void => {
    if (typeof member === 'string') chars += member.length;
    else if (member instanceof TextParts) {
      chars += member.length;
      hasParts = true;
    } else if (Array.isArray(member)) member.forEach(add);
    else if (isPlain(member)) {
      for (const key of Object.keys(member)) {
        chars += key.length;
        add(member[key]);
      }
    }
  };
  add(value);
  return { chars, hasParts };
}

function collect(value: unknown, path: Path, found: PlacedText[]): void {
  if (typeof value === 'string') {
    if (value.length > LEAST_CHARS) found.push({ path, text: value });
  } else if (value instanceof TextParts) found.push({ path, text: value });
  else if (Array.isArray(value)) value.forEach((item, index) => collect(item, [...path, index], found));
  else if (isPlain(value)) for (const key of Object.keys(value)) collect(value[key], [...path, key], found);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Copies what lies on the way, so that who gave the message keeps it as it was. `depth`: how much of the paths lies behind. */
function withTexts(value: unknown, placed: readonly PlacedText[], depth: number): unknown {
  if (placed.length === 0) return value;
  if ((typeof value === 'string' || value instanceof TextParts) && placed.length === 1 && placed[0]?.path.length === depth)
    return placed[0].text;
  const below = Map.groupBy(placed, ({ path }) => path[depth]);
  const put = <K extends string | number>(key: K, member: unknown): unknown => {
    const texts = below.get(key) ?? [];
    below.delete(key);
    return withTexts(member, texts, depth + 1);
  };
  let copy: unknown;
  if (Array.isArray(value)) copy = value.map((item: unknown, index) => put(index, item));
  // Not by assignment: a member may be called __proto__.
  else if (isPlain(value)) copy = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, put(key, member)]));
  if (below.size > 0) throw new RangeError('No text belongs there.');
  return copy;
}
