/** How well a text fits what was typed, and which of its UTF-16 units did. */
export interface FuzzyMatch {
  /** Higher is better; comparable within one query. */
  readonly score: number;
  /** Ascending, each once. */
  readonly at: readonly number[];
}

/** Longer texts and queries are matched by their beginnings only, so that no name can hold the window. */
const MOST_TEXT = 160;
const MOST_QUERY = 64;

const FIRST = 12;
const WORD_START = 8;
const ADJACENT = 10;
const SAME_CASE = 1;

/**
 * Matches every word of `query` somewhere in `text`, its letters in their order but not necessarily side by side. Letters at
 * the start of words and runs of letters count for more. An empty query fits everything.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const words = query.slice(0, MOST_QUERY).split(/\s+/).filter(Boolean);
  const shown = text.slice(0, MOST_TEXT);
  const at = new Set<number>();
  let score = 0;
  for (const word of words) {
    const match = matchWord(word, shown);
    if (!match) return null;
    score += match.score;
    for (const index of match.at) at.add(index);
  }
  // Of two that fit alike, the shorter one is closer to what was typed.
  return { score: score - Math.min(text.length, 1000) / 1000, at: [...at].toSorted((a, b) => a - b) };
}

function matchWord(word: string, text: string): FuzzyMatch | null {
  const wanted = folded(word);
  const units = folded(text);
  if (!isSubsequence(wanted, units)) return null;

  const starts = wordStarts(text);
  // The best way to have matched the letters up to one of them, when that one lies at each unit of the text.
  let best = new Float64Array(units.length).fill(-Infinity);
  const from: Int16Array[] = [];
  for (let letter = 0; letter < wanted.length; letter++) {
    const next = new Float64Array(units.length).fill(-Infinity);
    const cameFrom = new Int16Array(units.length).fill(-1);
    let before = -Infinity;
    let beforeAt = -1;
    for (let unit = 0; unit < units.length; unit++) {
      if (letter > 0 && unit > 1 && (best[unit - 2] ?? -Infinity) > before) {
        before = best[unit - 2] ?? -Infinity;
        beforeAt = unit - 2;
      }
      if (units[unit] !== wanted[letter]) continue;
      const gain = 1 + (unit === 0 ? FIRST : starts[unit] === 1 ? WORD_START : 0) + (text[unit] === word[letter] ? SAME_CASE : 0);
      const adjacent = letter > 0 && unit > 0 ? (best[unit - 1] ?? -Infinity) + ADJACENT : -Infinity;
      const apart = letter === 0 ? 0 : before;
      if (adjacent === -Infinity && apart === -Infinity) continue;
      next[unit] = gain + Math.max(adjacent, apart);
      cameFrom[unit] = adjacent >= apart ? unit - 1 : beforeAt;
    }
    best = next;
    from.push(cameFrom);
  }

  let end = 0;
  for (let unit = 1; unit < units.length; unit++) if ((best[unit] ?? -Infinity) > (best[end] ?? -Infinity)) end = unit;
  const score = best[end] ?? -Infinity;
  const at: number[] = [];
  for (let letter = wanted.length - 1, unit = end; letter >= 0; unit = from[letter]?.[unit] ?? -1, letter--) at.push(unit);
  return { score, at: at.toReversed() };
}

/** Unit by unit, so that places in the folded text are places in the text: a few letters grow when they are folded whole. */
function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text;
}

function isSubsequence(wanted: string, units: string): boolean {
  let found = -1;
  for (const letter of wanted.split('')) {
    found = units.indexOf(letter, found + 1);
    if (found === -1) return false;
  }
  return true;
}

/** 1 where a word starts: after a sign or a space, or where a capital follows a small letter or a digit. */
function wordStarts(text: string): Uint8Array {
  const starts = new Uint8Array(text.length);
  let before = 'sign';
  for (let unit = 0; unit < text.length; unit++) {
    const kind = kindOf(text.charAt(unit));
    if (before === 'sign' || (kind === 'capital' && before !== 'capital')) starts[unit] = 1;
    before = kind;
  }
  return starts;
}

function kindOf(letter: string): 'small' | 'capital' | 'digit' | 'sign' {
  if (letter >= 'a' && letter <= 'z') return 'small';
  if (letter >= 'A' && letter <= 'Z') return 'capital';
  if (/\p{Lu}/u.test(letter)) return 'capital';
  if (/\p{L}/u.test(letter)) return 'small';
  return /\p{N}/u.test(letter) ? 'digit' : 'sign';
}
