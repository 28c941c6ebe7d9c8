import type { WholeEvent } from '../../api/whole-event.ts';
import type { JsonNode } from '../../json/json-nodes.ts';

/**
 * What two events are compared by, as one JSON text: type, data, metadata. Ids, times and versions always differ.
 * `dataAt` and `metadataAt` say where in it each of them begins.
 */
export interface ComparedText {
  readonly text: string;
  readonly dataAt: number;
  readonly metadataAt: number;
}

export function comparedText({ type, data, metadata }: Pick<WholeEvent, 'type' | 'data' | 'metadata'>): ComparedText {
  const head = `{"type":${JSON.stringify(type)},"data":`;
  const middle = `${head}${data},"metadata":`;
  return { text: `${middle}${metadata}}`, dataAt: head.length, metadataAt: middle.length };
}

/** The tab and the place in its own text of a node of a compared text; null for the type. */
export function placeOf(
  { dataAt, metadataAt }: ComparedText,
  { start }: JsonNode,
): { readonly tab: 'Tree' | 'Metadata'; readonly at: number } | null {
  if (start >= metadataAt) return { tab: 'Metadata', at: start - metadataAt };
  return start >= dataAt ? { tab: 'Tree', at: start - dataAt } : null;
}
