import { elementSpans, memberSpans, type JsonText } from './json-text.ts';

/** One place in which two JSON texts differ. Values are text, so numbers of any length and every other token are as they were. */
export interface JsonChange {
  /** A JSON pointer; of something removed from a list the index that it had, else the index that it has. */
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Null for what was added. */
  readonly before: JsonText | null;
  /** Null for what was removed. */
  readonly after: JsonText | null;
}

export interface JsonDiff {
  /** In the order of the texts, removed members last. */
  readonly changes: readonly JsonChange[];
  /** There are more changes than were asked for. */
  readonly isCut: boolean;
}

/** Deeper than this, two values that differ are one change. */
const MOST_LEVELS = 500;

/**
 * Where two JSON texts differ, at most `most` places. Members are compared by key, whatever their order; of a repeated key
 * the last value counts. Lists are compared behind what they begin with and before what they end with in common. Two tokens
 * that are written differently are different.
 */
export function diffJson(before: JsonText, after: JsonText, most = 1000): JsonDiff {
  const changes: JsonChange[] = [];
  let isCut = false;

  const add = (change: JsonChange): void => {
    if (changes.length < most) changes.push(change);
    else isCut = true;
  };

  const compare = (was: JsonText, is: JsonText, path: string, level: number): void => {
    if (isCut || was === is) return;
    const isBoth = (open: string): boolean => was.startsWith(open) && is.startsWith(open) && level < MOST_LEVELS;
    if (isBoth('{')) compareObjects(was, is, path, level);
    else if (isBoth('[')) compareLists(elementsOf(was), elementsOf(is), path, level);
    else add({ path, kind: 'changed', before: was, after: is });
  };

  const compareObjects = (was: JsonText, is: JsonText, path: string, level: number): void => {
    const earlier = membersOf(was);
    const later = membersOf(is);
    for (const [key, value] of later) {
      const old = earlier.get(key);
      const pointer = `${path}/${escapeKey(key)}`;
      if (old === undefined) add({ path: pointer, kind: 'added', before: null, after: value });
      else compare(old, value, pointer, level + 1);
    }
    for (const [key, value] of earlier) {
      if (!later.has(key)) add({ path: `${path}/${escapeKey(key)}`, kind: 'removed', before: value, after: null });
    }
  };

  const compareLists = (was: readonly JsonText[], is: readonly JsonText[], path: string, level: number): void => {
    const shorter = Math.min(was.length, is.length);
    let start = 0;
    while (start < shorter && was[start] === is[start]) start++;
    let tail = 0;
    while (tail < shorter - start && was[was.length - 1 - tail] === is[is.length - 1 - tail]) tail++;
    const both = shorter - tail;
    for (let index = start; index < both; index++) compare(was[index] as JsonText, is[index] as JsonText, `${path}/${index}`, level + 1);
    for (let index = both; index < is.length - tail; index++) {
      add({ path: `${path}/${index}`, kind: 'added', before: null, after: is[index] as JsonText });
    }
    for (let index = both; index < was.length - tail; index++) {
      add({ path: `${path}/${index}`, kind: 'removed', before: was[index] as JsonText, after: null });
    }
  };

  compare(before, after, '', 0);
  return { changes, isCut };
}

const escapeKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function membersOf(text: JsonText): Map<string, JsonText> {
  return new Map((memberSpans(text) ?? []).map(({ key, start, end }) => [key, text.slice(start, end) as JsonText]));
}

function elementsOf(text: JsonText): JsonText[] {
  return (elementSpans(text) ?? []).map(({ start, end }) => text.slice(start, end) as JsonText);
}
