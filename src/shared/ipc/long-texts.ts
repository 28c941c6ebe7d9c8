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

export interface Unburdened<T> {
  /** The message, '' in the place of each text that was taken out; the very same object where nothing had to be changed. */
  readonly value: T;
  readonly places: readonly TextPlace[];
  /** What was taken out, one text after the other as in `places`. */
  readonly text: TextParts;
}

/** What anything but a text takes in a message, counted as text: a number, a place of a text. */
const VALUE_CHARS = 6;
const PLACE_CHARS = 64;

interface PlacedText {
  readonly path: Path;
  readonly text: string | TextParts;
}

/**
 * Takes the longest texts out of a message that is longer than MESSAGE_CHARS, until the rest is not. Names of members and texts
 * that are no longer than a place stay: how many of them a message has is bounded by its method. A message is a tree of lists and plain objects; what is neither (a file, bytes) stays as it is. Texts in parts become strings
 * where they stay.
 */
export function withoutLongTexts<T>(value: T): Unburdened<T> {
  const { chars, hasParts } = measure(value, { chars: 0, hasParts: false });
  if (chars <= MESSAGE_CHARS && !hasParts) return { value, places: [], text: NOTHING };
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
    text: new TextParts(taken.flatMap(({ text }) => (typeof text === 'string' ? [text] : text.parts))),
  };
}

const NOTHING = new TextParts([]);

/** The message with its texts in their places. @throws RangeError for a place where no text is. */
export function withLongTexts<T>(value: T, places: readonly TextPlace[], texts: readonly (string | TextParts)[]): T {
  const wanted = places.map(({ path }, index) => ({ path, text: texts[index] ?? '' }));
  return withTexts(value, wanted, 0) as T;
}

/** The texts of these lengths, which lie one after the other in `text`. */
export function textsOf(text: TextParts, places: readonly TextPlace[]): TextParts[] {
  const left = [...text.parts].reverse();
  return places.map(({ chars }) => {
    const parts: string[] = [];
    for (let missing = chars; missing > 0;) {
      const part = left.pop() ?? '';
      if (part.length > missing) left.push(part.slice(missing));
      parts.push(part.slice(0, missing));
      missing -= part.length;
      if (part === '') break;
    }
    return new TextParts(parts);
  });
}

/** A text in parts for messages of their own, no pair of surrogates halved: whoever takes a part may encode it by itself. */
export function* partsOf({ parts }: TextParts): Generator<{ readonly offset: number; readonly part: string }> {
  let offset = 0;
  let part = '';
  for (const piece of parts) {
    for (let start = 0; start < piece.length;) {
      const more = textPart(piece, start, PART_CHARS - part.length);
      part += more;
      start += more.length;
      // One unit of room may be left that half a pair would need.
      if (part.length < PART_CHARS - 1) continue;
      yield { offset, part };
      offset += part.length;
      part = '';
    }
  }
  if (part !== '') yield { offset, part };
}

/** Where the parts of an answer's text begin, in UTF-16 units: each is PART_CHARS long, but for the last. */
export function partOffsets(chars: number): number[] {
  return Array.from({ length: Math.ceil(chars / PART_CHARS) }, (_none, part) => part * PART_CHARS);
}

/** The part of an answer's text that begins at `offset`. It may begin and end within a pair of surrogates: it is put together again. */
export function partAt({ parts }: TextParts, offset: number): string {
  const end = offset + PART_CHARS;
  let part = '';
  let start = 0;
  for (const piece of parts) {
    if (start >= end) break;
    if (start + piece.length > offset) part += piece.slice(Math.max(0, offset - start), end - start);
    start += piece.length;
  }
  return part;
}

interface Measured {
  chars: number;
  hasParts: boolean;
}

/** Every message is measured: a page of 200 rows in 0.02 ms. Loops and their order are what makes it so. */
function measure(value: unknown, sum: Measured): Measured {
  sum.chars += VALUE_CHARS;
  if (typeof value === 'string') sum.chars += value.length;
  if (typeof value !== 'object' || value === null) return sum;
  if (Array.isArray(value)) for (let index = 0; index < value.length; index++) measure(value[index], sum);
  else if (isPlain(value)) {
    for (const key in value) {
      sum.chars += key.length;
      measure(value[key], sum);
    }
  } else if (value instanceof TextParts) {
    sum.chars += value.length;
    sum.hasParts = true;
  }
  return sum;
}

function collect(value: unknown, path: Path, found: PlacedText[]): void {
  if (value instanceof TextParts) found.push({ path, text: value });
  else if (typeof value === 'string') {
    if (value.length > PLACE_CHARS) found.push({ path, text: value });
  } else if (Array.isArray(value)) value.forEach((item, index) => collect(item, [...path, index], found));
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
  if ((typeof value === 'string' || value instanceof TextParts) && placed.length === 1 && placed[0]?.path.length === depth) {
    return placed[0].text;
  }
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
