import { runWhole, type SlicedWork } from './sliced.ts';

/** One value of a JSON text by its place in it. Nothing is turned into a JavaScript value, so every token stays as written. */
export interface JsonNode {
  readonly parent: JsonNode | null;
  readonly depth: number;
  /** A member's key, unescaped; the index of an element; null for the root. */
  readonly key: string | null;
  readonly kind: 'object' | 'array' | 'string' | 'number' | 'literal';
  /** Where its key begins, or it itself where it has none. */
  readonly keyStart: number;
  /** Where its token begins: no other node of the text begins there. */
  readonly start: number;
  readonly end: number;
  /** 1-based place among its siblings. */
  readonly position: number;
  /** How many members before it have the same key. */
  readonly nth: number;
}

/** Takes no time at any size: the end of the text is the end of its value. */
export function rootNode(text: string): JsonNode {
  const start = skipSpace(text, 0);
  let end = text.length;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return { parent: null, depth: 0, key: null, kind: kindAt(text, start), keyStart: start, start, end, position: 1, nth: 0 };
}

export const isBranch = ({ kind }: JsonNode): boolean => kind === 'object' || kind === 'array';

/** UTF-16 units of a node's text. */
export const lengthOf = ({ start, end }: JsonNode): number => end - start;

/** The most children a node shows; a longer list is read in Raw. */
export const MOST_CHILDREN = 250_000;

/** What has been read of a node: its children, and how many of them have each key. */
interface Inside {
  readonly children: readonly JsonNode[];
  readonly keys: ReadonlyMap<string, number>;
}
const known = new WeakMap<JsonNode, Inside>();
const NONE: readonly JsonNode[] = [];

/** The children of a node where they have been read before. */
export function knownChildren(node: JsonNode): readonly JsonNode[] | undefined {
  return isBranch(node) ? known.get(node)?.children : NONE;
}

/** How many there are of a node and its siblings. */
export function siblingsOf({ parent }: JsonNode): number {
  return parent ? (known.get(parent)?.children.length ?? 1) : 1;
}

/** Whether another member of its object has the same key. */
export function isRepeated({ parent, key }: JsonNode): boolean {
  return parent?.kind === 'object' && (known.get(parent)?.keys.get(key ?? '') ?? 0) > 1;
}

/** The members or elements of a node, in their order, at most MOST_CHILDREN; repeated keys are each there. */
export function childNodes(text: string, parent: JsonNode): readonly JsonNode[] {
  return knownChildren(parent) ?? runWhole(readChildren(text, parent));
}

/** The same in slices, for nodes of megabytes. Yields the place in the text that has been reached. */
export function* readChildren(text: string, parent: JsonNode): SlicedWork<readonly JsonNode[]> {
  const before = knownChildren(parent);
  if (before) return before;
  const children: JsonNode[] = [];
  const keys = new Map<string, number>();
  const isObject = parent.kind === 'object';
  let at = skipSpace(text, parent.start + 1);
  let paused = at;
  while (at < parent.end - 1 && children.length < MOST_CHILDREN) {
    let key = String(children.length);
    let nth = 0;
    const keyStart = at;
    if (isObject) {
      const keyEnd = yield* skipValue(text, at);
      key = unescape(text.slice(at, keyEnd));
      nth = keys.get(key) ?? 0;
      keys.set(key, nth + 1);
      at = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const start = at;
    const end = yield* skipValue(text, at);
    children.push({
      parent,
      depth: parent.depth + 1,
      key,
      kind: kindAt(text, start),
      keyStart,
      start,
      end,
      position: children.length + 1,
      nth,
    });
    at = skipSpace(text, end);
    if (text[at] === ',') at = skipSpace(text, at + 1);
    // What is no JSON must have an end, too.
    else if (at <= start) at++;
    if (at - paused > PAUSE) {
      paused = at;
      yield at;
    }
  }
  known.set(parent, { children, keys });
  return children;
}

/** The key of a member as it is stored, with its quotes and escapes; the index of an element. */
export function keyToken(text: string, { parent, key, keyStart }: JsonNode): string {
  return parent?.kind === 'object' ? text.slice(keyStart, runWhole(skipValue(text, keyStart))) : (key ?? '');
}

/** A string as it reads, or its raw token where it holds half a surrogate pair. */
export function unescape(token: string): string {
  if (token.length > 1 && token.endsWith('"') && !token.includes('\\')) return token.slice(1, -1);
  try {
    return JSON.parse(token) as string;
  } catch {
    return token;
  }
}

/** The nodes from below the root down to this one. */
function wayTo(node: JsonNode): JsonNode[] {
  const way: JsonNode[] = [];
  for (let at: JsonNode | null = node; at?.parent; at = at.parent) way.push(at);
  return way.reverse();
}

/** RFC 6901: `/lines/0/price`, empty for the root. Of a repeated key it can only say the key. */
export function jsonPointer(node: JsonNode): string {
  return wayTo(node)
    .map(({ key }) => `/${(key ?? '').replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

/** As JavaScript reaches it from `root`: `data.lines[0]["unit price"]`. */
export function scriptPath(node: JsonNode, root: string): string {
  const steps = wayTo(node).map(({ key, parent }) => {
    if (parent?.kind === 'array') return `[${key}]`;
    return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key ?? '') ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return root + steps.join('');
}

function kindAt(text: string, at: number): JsonNode['kind'] {
  const first = text[at];
  if (first === '{') return 'object';
  if (first === '[') return 'array';
  if (first === '"') return 'string';
  return first === 't' || first === 'f' || first === 'n' ? 'literal' : 'number';
}

/** UTF-16 units that are looked at between two pauses: a fraction of a millisecond. */
const PAUSE = 64 * 1024;

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++;
  return at;
}

/** The place after the value that begins at `start`. */
export function* skipValue(text: string, start: number): SlicedWork<number> {
  let at = start;
  let depth = 0;
  let inString = false;
  for (;;) {
    const stop = Math.min(text.length, at + PAUSE);
    while (at < stop) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (code === 0x5c) {
          at += 2;
          continue;
        }
        at++;
        if (code !== 0x22) continue;
        inString = false;
        if (depth === 0) return at;
      } else if (code === 0x22) {
        inString = true;
        at++;
      } else if (code === 0x7b || code === 0x5b) {
        depth++;
        at++;
      } else if (code === 0x7d || code === 0x5d) {
        if (depth === 0) return at;
        depth--;
        at++;
        if (depth === 0) return at;
      } else if (depth === 0 && (code === 0x2c || code <= 0x20)) return at;
      else at++;
    }
    if (at >= text.length) return text.length;
    yield at;
  }
}
