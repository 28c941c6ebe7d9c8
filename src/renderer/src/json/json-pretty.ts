import { isBranch, keyToken, MOST_CHILDREN, readChildren, rootNode, type JsonNode } from './json-nodes.ts';
import type { SlicedWork } from './sliced.ts';

/** Deeper values are indented like this one: a text of deep nesting must not become a text of spaces. */
const DEEPEST = 60;

/**
 * A JSON text spread over lines, every token as it is; null when it would be longer than `most` UTF-16 units or a list of it is too long. `sorted` puts the
 * members of every object in the order of their keys, so that two texts that differ in order alone read the same.
 */
export function* prettyJson(text: string, most: number, sorted = false): SlicedWork<string | null> {
  const parts: string[] = [];
  let length = 0;
  const write = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  const indent = (depth: number): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`;
  /** What is left to write, the next last. */
  const waiting: (JsonNode | string)[] = [rootNode(text)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (length > most) return null;
    if (typeof next === 'string') {
      write(next);
      continue;
    }
    if (next.parent?.kind === 'object') write(`${keyToken(text, next)}: `);
    const children = isBranch(next) ? yield* readChildren(text, next) : [];
    if (children.length >= MOST_CHILDREN) return null;
    if (children.length === 0) {
      write(text.slice(next.start, next.end));
      continue;
    }
    const [open, close] = next.kind === 'object' ? '{}' : '[]';
    write(`${open}`);
    waiting.push(`${indent(next.depth)}${close}`);
    const ordered = sorted && next.kind === 'object' ? children.toSorted(byKey) : children;
    for (const [index, child] of ordered.toReversed().entries()) {
      if (index > 0) waiting.push(',');
      waiting.push(child, indent(child.depth));
    }
    yield next.start;
  }
  return parts.join('');
}

function byKey(a: JsonNode, b: JsonNode): number {
  const [x, y] = [a.key ?? '', b.key ?? ''];
  if (x !== y) return x < y ? -1 : 1;
  return a.position - b.position;
}
