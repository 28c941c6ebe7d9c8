import { finish, type Steps } from './slices.ts';

/** Where JSON text stops being JSON, as an offset in UTF-16 units, and what was found there. */
export interface JsonFault {
  readonly at: number;
  readonly message: string;
}

/** A key that stands in its object for the second time, with the half-open range of its text. */
export interface RepeatedKey {
  readonly from: number;
  readonly to: number;
}

export interface JsonReading {
  /** Null when the text is one JSON value. */
  readonly fault: JsonFault | null;
  /** The first hundred. */
  readonly repeated: readonly RepeatedKey[];
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// oxlint-disable-next-line no-control-regex -- control characters are what a string may not hold
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

const MOST_REPEATED = 100;
/** Values between two stops. */
const VALUES_A_STEP = 2000;

/** What is wrong with a text that shall be one JSON value; null when nothing is. */
export function jsonFault(text: string): JsonFault | null {
  return finish(readJson(text)).fault;
}

/** Reads a text that shall be one JSON value, of any depth, and makes no value of it: every token stays as it is. */
export function* readJson(text: string): Steps<JsonReading> {
  let at = 0;
  /** Closing brackets that are owed, innermost last, and the keys that each object has so far. */
  const owed: ('}' | ']')[] = [];
  const keys: Set<string>[] = [];
  const repeated: RepeatedKey[] = [];

  const matches = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) return false;
    at = pattern.lastIndex;
    return true;
  };
  const space = (): void => void matches(SPACE);

  /** From the opening quote. Answers what is wrong. */
  function string(): string | null {
    at++;
    for (;;) {
      matches(PLAIN);
      const char = text[at];
      if (char === '"') {
        at++;
        return null;
      }
      if (char === undefined) return 'The text ends inside a string; a closing " is missing.';
      if (char !== '\\') return `A string may not hold ${named(char)} as it is; write it as an escape.`;
      if (!matches(ESCAPE)) return 'This is not an escape of JSON.';
    }
  }

  function key(): string | null {
    space();
    if (text[at] !== '"') return `Expected a key in double quotes, found ${found(text, at)}.`;
    const from = at;
    const wrong = string();
    if (wrong) return wrong;
    const token = text.slice(from, at);
    const name = token.includes('\\') ? (JSON.parse(token) as string) : token.slice(1, -1);
    const known = keys.at(-1);
    if (known?.has(name) && repeated.length < MOST_REPEATED) repeated.push({ from, to: at });
    known?.add(name);
    space();
    if (text[at] !== ':') return `Expected ":" after the key, found ${found(text, at)}.`;
    at++;
    return null;
  }

  /** One value, or the opening of one. */
  function value(): { readonly wrong: string | null; readonly opened: boolean } {
    space();
    const char = text[at];
    if (char === '{' || char === '[') {
      const close = char === '{' ? '}' : ']';
      at++;
      space();
      if (text[at] === close) {
        at++;
        return { wrong: null, opened: false };
      }
      owed.push(close);
      if (close === '}') keys.push(new Set());
      return { wrong: close === '}' ? key() : null, opened: true };
    }
    if (char === '"') return { wrong: string(), opened: false };
    for (const literal of ['true', 'false', 'null']) {
      if (!text.startsWith(literal, at)) continue;
      at += literal.length;
      return { wrong: null, opened: false };
    }
    if (matches(NUMBER)) return { wrong: null, opened: false };
    const wrong = char === undefined ? 'A value is missing; the text ends here.' : `Expected a value, found ${found(text, at)}.`;
    return { wrong, opened: false };
  }

  /** After a value: what may follow it. Null with `at` where the next value begins, or at the end with nothing owed. */
  function after(): string | null {
    for (;;) {
      space();
      const close = owed.at(-1);
      const char = text[at];
      if (close === undefined) return char === undefined ? null : `Nothing may follow the value, but there is ${found(text, at)}.`;
      if (char === close) {
        if (owed.pop() === '}') keys.pop();
        at++;
        continue;
      }
      if (char !== ',') return `Expected "," or "${close}", found ${found(text, at)}.`;
      at++;
      return close === '}' ? key() : null;
    }
  }

  const wrong = (message: string): JsonReading => ({ fault: { at, message }, repeated });
  let values = 0;
  do {
    if (++values % VALUES_A_STEP === 0) yield;
    const { wrong: fault, opened } = value();
    if (fault) return wrong(fault);
    if (opened) continue;
    const next = after();
    if (next) return wrong(next);
  } while (owed.length > 0);
  if (text.isWellFormed()) return { fault: null, repeated };
  at = text.search(/\p{Cs}/u);
  return wrong('Half of a surrogate pair cannot be stored as UTF-8; write it as an escape.');
}

function found(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? 'the end of the text' : named(String.fromCodePoint(code));
}

function named(char: string): string {
  if (char === '\n') return 'a line break';
  if (char === '\t') return 'a tab';
  if (/\p{C}|\p{Z}/u.test(char)) return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return char === '"' ? 'a "' : `"${char}"`;
}
