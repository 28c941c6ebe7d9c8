import { childNodes, lengthOf, rootNode, unescape } from './json-nodes.ts';

/** The names that programs give to the two ids, the first that is there counts. */
export const CORRELATION_KEYS = ['correlationId', 'correlation_id', '$correlationId', 'correlation'] as const;
export const CAUSATION_KEYS = ['causationId', 'causation_id', '$causationId', 'causation'] as const;

/** What metadata says of what an event belongs to and what caused it; null where it says nothing. */
export interface Causes {
  readonly correlationId: string | null;
  readonly causationId: string | null;
}

/** Larger metadata is not looked through: ids stand in small ones. */
const MOST = 256 * 1024;

export function causesOf(metadata: string): Causes {
  const root = rootNode(metadata);
  if (root.kind !== 'object' || lengthOf(root) > MOST) return { correlationId: null, causationId: null };
  const texts = new Map<string, string>();
  for (const node of childNodes(metadata, root)) {
    // As survey reads it: of a repeated key the last one counts.
    if (node.kind === 'string') texts.set(node.key ?? '', unescape(metadata.slice(node.start, node.end)));
  }
  const first = (keys: readonly string[]): string | null =>
    keys.map((key) => texts.get(key)).find((text) => text !== undefined && text !== '') ?? null;
  return { correlationId: first(CORRELATION_KEYS), causationId: first(CAUSATION_KEYS) };
}
