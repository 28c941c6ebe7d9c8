/** One value of a JSON text by its place in it. Nothing is turned into a JavaScript value, so every token stays as written. */
export interface JsonNode {
  /** Unique in its tree: the way from the root by position. */
  readonly path: string;
  readonly depth: number;
  /** A member's key as written, unescaped; the index of an element; null for the root. */
  readonly key: string | null;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal';
  readonly start: number;
  readonly end: number;
  /** 1-based place among its siblings, and how many there are. */
  readonly position: number;
  readonly siblings: number;
}

export function rootNode(text: string): JsonNode {
  const start = skipSpace(text, 0);
  return { path: '', depth: 0, key: null, kind: kindAt(text, start), start, end: skipValue(text, start), position: 1, siblings: 1 };
}

export const isBranch = ({ kind }: JsonNode): boolean => kind === 'object' || kind === 'array';

/** The most children a node shows; a longer list is read in Raw. */
export const MOST_CHILDREN = 100_000;

const known = new WeakMap<JsonNode, readonly JsonNode[]>();

/** The members or elements of a node, in their order, at most MOST_CHILDREN; repeated keys are each there. */
export function childNodes(text: string, parent: JsonNode): readonly JsonNode[] {
  if (!isBranch(parent)) return [];
  const before = known.get(parent);
  if (before) return before;
  const found = readChildren(text, parent);
  known.set(parent, found);
  return found;
}

function readChildren(text: string, parent: JsonNode): JsonNode[] {
  const found: { key: string; start: number; end: number }[] = [];
  let at = skipSpace(text, parent.start + 1);
  while (at < parent.end - 1 && found.length < MOST_CHILDREN) {
    let key = String(found.length);
    if (parent.kind === 'object') {
      const keyEnd = skipString(text, at);
      key = unescape(text.slice(at, keyEnd));
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const end = skipValue(text, at);
    found.push({ key, start: at, end });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
  }
  return found.map(({ key, start, end }, index) => ({
    path: `${parent.path}/${index}`,
    depth: parent.depth + 1,
    key,
    kind: kindAt(text, start),
    start,
    end,
    position: index + 1,
    siblings: found.length,
  }));
}

/** A string as it reads, or its raw token where it holds half a surrogate pair. */
export function unescape(token: string): string {
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}

function kindAt(text: string, at: number): JsonNode['kind'] {
  const first = text[at];
  if (first === '{') return 'object';
  if (first === '[') return 'array';
  if (first === '"') return 'string';
  return first === 't' || first === 'f' || first === 'n' ? 'literal' : 'number';
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

function skipString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    at += code === 0x5c ? 2 : 1;
  }
  return text.length;
}

function skipValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x22) {
      at = skipString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      if (depth === 0) return at;
      depth--;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === 0x2c || code <= 0x20)) return at;
    at++;
  }
  return at;
}
