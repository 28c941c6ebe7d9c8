/** Walks through texts that are known to be JSON, white space and all. No value is made: what is cut out is the writer's own text. */

/** A half-open range of a text, in UTF-16 units. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** A member of an object: its decoded key, where the key stands, and where its value does. */
export interface MemberPlace {
  readonly key: string;
  readonly keyAt: TextRange;
  readonly value: TextRange;
}

const SPACE = /[ \t\r\n]*/y;
const PLAIN = /[^"\\]*/y;
const NO_BRACKET = /[^"{}[\]]*/y;
const SCALAR = /[^,}\]\s]*/y;

function past(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  pattern.test(text);
  return pattern.lastIndex;
}

export const skipSpace = (text: string, at: number): number => past(SPACE, text, at);

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    at = past(PLAIN, text, at);
    if (text[at] !== '\\') return at + 1;
    at += 2;
  }
}

/** The index after the value that starts at `start`. */
function valueEnd(text: string, start: number): number {
  const first = text[start];
  if (first === '"') return stringEnd(text, start);
  if (first !== '{' && first !== '[') return past(SCALAR, text, start);
  let depth = 0;
  let at = start;
  do {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at);
    else {
      depth += char === '{' || char === '[' ? 1 : -1;
      at++;
    }
    if (depth > 0) at = past(NO_BRACKET, text, at);
  } while (depth > 0);
  return at;
}

/** The items of the array that starts at `start`. */
export function* arrayItems(text: string, start: number): Generator<TextRange> {
  let at = skipSpace(text, start + 1);
  while (text[at] !== ']') {
    const to = valueEnd(text, at);
    yield { from: at, to };
    at = skipSpace(text, to);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

/** The members of the object that starts at `start`, in their order, repeated ones too. */
export function* objectMembers(text: string, start: number): Generator<MemberPlace> {
  let at = skipSpace(text, start + 1);
  while (text[at] !== '}') {
    const keyEnd = stringEnd(text, at);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = valueEnd(text, from);
    yield { key: JSON.parse(text.slice(at, keyEnd)) as string, keyAt: { from: at, to: keyEnd }, value: { from, to } };
    at = skipSpace(text, to);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
}

const TOKEN_END = /[^"{}[\],:\s]*/y;

/** The tokens of a JSON text, each as it was written. */
function* tokens(text: string): Generator<string> {
  let at = skipSpace(text, 0);
  while (at < text.length) {
    const char = text[at] ?? '';
    const end = char === '"' ? stringEnd(text, at) : '{}[],:'.includes(char) ? at + 1 : past(TOKEN_END, text, at);
    yield text.slice(at, end);
    at = skipSpace(text, end);
  }
}

/** Without white space between tokens. */
export function minifyJson(text: string): string {
  return /[ \t\r\n]/.test(text) ? [...tokens(text)].join('') : text;
}

const INDENT = '  ';
/** Deeper than this, white space would outweigh the text: of a text of one million brackets it would be a terabyte. */
const DEEPEST = 100;

/** One member or item a line, indented by two. */
export function formatJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  let last = '';
  const line = (): string => `\n${INDENT.repeat(Math.min(depth, DEEPEST))}`;
  for (const token of tokens(text)) {
    const closes = token === '}' || token === ']';
    if (closes) depth--;
    const opened = last === '{' || last === '[';
    if ((opened && !closes) || last === ',' || (closes && !opened)) parts.push(line());
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') depth++;
    last = token;
  }
  return parts.join('');
}
