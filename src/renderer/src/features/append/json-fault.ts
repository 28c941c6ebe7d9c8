/** Where JSON text stops being JSON: line and column from 1, counted in UTF-16 units, and what was found there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// oxlint-disable-next-line no-control-regex -- control characters are what a string may not hold
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** What is wrong with a text that shall be one JSON value; null when nothing is. Any depth, and no value is ever made. */
export function jsonFault(text: string): JsonFault | null {
  let at = 0;
  /** Closing brackets that are owed, innermost last. */
  const owed: ('}' | ']')[] = [];

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
    const wrong = string();
    if (wrong) return wrong;
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
        owed.pop();
        at++;
        continue;
      }
      if (char !== ',') return `Expected "," or "${close}", found ${found(text, at)}.`;
      at++;
      return close === '}' ? key() : null;
    }
  }

  do {
    const { wrong, opened } = value();
    if (wrong) return faultAt(text, at, wrong);
    if (opened) continue;
    const next = after();
    if (next) return faultAt(text, at, next);
  } while (owed.length > 0);
  if (text.isWellFormed()) return null;
  return faultAt(text, text.search(/\p{Cs}/u), 'Half of a surrogate pair cannot be stored as UTF-8; write it as an escape.');
}

function faultAt(text: string, at: number, message: string): JsonFault {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n'), message };
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
