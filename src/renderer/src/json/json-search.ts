import { skipSpace, skipValue, unescape } from './json-nodes.ts';
import type { SlicedWork } from './sliced.ts';
import type { TextSource } from './text-source.ts';

/** More matches than this are not looked for: nobody steps through them. */
export const MOST_MATCHES = 10_000;

/**
 * The nodes of a JSON text whose key or scalar value contains `wanted` as it reads, in any case: where their values begin, in
 * the order of the text. They are put into `matches` as they are found, so that whoever runs it can show the first ones early.
 */
export function* findNodes(text: string, wanted: string, matches: number[]): SlicedWork<void> {
  const lower = wanted.toLowerCase();
  const fits = (value: string): boolean => value.toLowerCase().includes(lower);
  let at = 0;
  let paused = 0;
  /** The key that was just read fits. */
  let keyFits = false;
  while (at < text.length && matches.length < MOST_MATCHES) {
    if (at - paused > PAUSE) {
      paused = at;
      yield at;
    }
    const code = text.charCodeAt(at);
    if (code === COLON || code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || code <= 0x20) {
      at++;
      continue;
    }
    if (code === OPEN_LIST || code === OPEN_OBJECT) {
      if (keyFits) matches.push(at);
      keyFits = false;
      at++;
      continue;
    }
    const end = Math.max(at + 1, yield* skipValue(text, at));
    const token = text.slice(at, end);
    const isFit = fits(code === QUOTE ? unescape(token) : token);
    if (code === QUOTE && text.charCodeAt(skipSpace(text, end)) === COLON) keyFits = isFit;
    else {
      if (keyFits || isFit) matches.push(at);
      keyFits = false;
    }
    at = end;
  }
}

/** Where `wanted` stands in a text, in any case, in the same way. */
export function* findText(text: TextSource, wanted: string, matches: number[]): SlicedWork<void> {
  if (wanted === '') return;
  const pattern = patternOf(wanted);
  for (let from = 0; from < text.length; from += PAUSE) {
    // A match that begins in this part may end in the next one.
    const part = text.slice(from, from + PAUSE + wanted.length - 1);
    for (const { index } of part.matchAll(pattern)) {
      if (index >= PAUSE) break;
      matches.push(from + index);
      if (matches.length >= MOST_MATCHES) return;
    }
    yield from;
  }
}

/** Finds `wanted` as it is written, in any case. */
export function patternOf(wanted: string): RegExp {
  return new RegExp(wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
}

const PAUSE = 64 * 1024;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
