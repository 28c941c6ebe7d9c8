import type { RelatedEvent } from '../../../../shared/ipc/contract/survey.ts';

/** One event in the picture, or the place of a cause that was not found. */
export interface ChainNode {
  readonly key: string;
  /** Null: only the id of it is known. */
  readonly event: RelatedEvent | null;
  /** The id of a cause that was not found. */
  readonly missingId: string | null;
  /** The node that caused it. */
  readonly parent: ChainNode | null;
  readonly children: readonly ChainNode[];
  /** Causes stand left of what they caused. */
  readonly column: number;
  readonly row: number;
  /** Its own cause is not drawn: it is itself, or it lies behind it in a circle. */
  readonly cut: 'itself' | 'circle' | null;
}

export interface ChainLayout {
  /** From the root on, what was caused first before what came later. */
  readonly nodes: readonly ChainNode[];
  readonly columns: number;
  readonly rows: number;
}

export const keyOf = ({ topic, version }: { readonly topic: string; readonly version: number }): string => `${version} ${topic}`;

/** A node while the picture is made. */
interface Draft {
  readonly key: string;
  readonly event: RelatedEvent | null;
  readonly missingId: string | null;
  /** Its place among all, which decides every order. */
  readonly index: number;
  parent: Draft | null;
  cut: ChainNode['cut'];
  readonly children: Draft[];
}

/**
 * Where every event stands: a first effect beside its cause, further effects below. Every event is there once, whatever their
 * ids say; the same events in the same order give the same picture.
 */
export function layOutChain(events: readonly RelatedEvent[]): ChainLayout {
  const drafts = linked(events);
  for (const draft of drafts) draft.parent?.children.push(draft);

  const nodes: ChainNode[] = [];
  let columns = 0;
  let rows = 0;
  type Waiting = { readonly draft: Draft; readonly parent: Writable | null; readonly isFirst: boolean };
  type Writable = ChainNode & { readonly children: ChainNode[] };
  const roots = drafts.filter(({ parent }) => parent === null).toSorted((a, b) => firstIndex(a) - firstIndex(b));
  const waiting: Waiting[] = roots.toReversed().map((draft) => ({ draft, parent: null, isFirst: false }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { draft, parent, isFirst } = next;
    const row = parent && isFirst ? parent.row : rows;
    const node: Writable = {
      key: draft.key,
      event: draft.event,
      missingId: draft.missingId,
      parent,
      children: [],
      column: parent ? parent.column + 1 : 0,
      row,
      cut: draft.cut,
    };
    parent?.children.push(node);
    nodes.push(node);
    rows = Math.max(rows, row + 1);
    columns = Math.max(columns, node.column + 1);
    for (const [index, child] of draft.children.entries().toArray().toReversed())
      waiting.push({ draft: child, parent: node, isFirst: index === 0 });
  }
  return { nodes, columns, rows };
}

/** Every event with its cause, circles opened, and a place for each cause that is not among them. */
function linked(events: readonly RelatedEvent[]): readonly Draft[] {
  const drafts: Draft[] = [];
  const byKey = new Set<string>();
  const byId = new Map<string, Draft>();
  for (const event of events) {
    const key = keyOf(event);
    if (byKey.has(key)) continue;
    byKey.add(key);
    const draft: Draft = { key, event, missingId: null, index: drafts.length, parent: null, cut: null, children: [] };
    drafts.push(draft);
    // Of several events with one id the first counts, as it does for the store.
    if (!byId.has(event.id)) byId.set(event.id, draft);
  }
  const missing = new Map<string, Draft>();
  for (const draft of drafts) {
    const cause = draft.event?.causationId ?? null;
    if (cause === null) continue;
    if (cause === draft.event?.id) draft.cut = 'itself';
    else draft.parent = byId.get(cause) ?? missingCause(missing, cause, drafts.length);
  }
  openCircles(drafts);
  return [...drafts, ...missing.values()];
}

function missingCause(missing: Map<string, Draft>, id: string, index: number): Draft {
  const known = missing.get(id);
  if (known) return known;
  const draft: Draft = { key: `? ${id}`, event: null, missingId: id, index: index + missing.size, parent: null, cut: null, children: [] };
  missing.set(id, draft);
  return draft;
}

/** Where causes go round, the first event of the circle begins it. */
function openCircles(drafts: readonly Draft[]): void {
  const settled = new Set<Draft>();
  for (const start of drafts) {
    const way: Draft[] = [];
    const onWay = new Set<Draft>();
    let at: Draft | null = start;
    while (at && !settled.has(at) && !onWay.has(at)) {
      way.push(at);
      onWay.add(at);
      at = at.parent;
    }
    if (at && onWay.has(at)) {
      const circle = way.slice(way.indexOf(at));
      const first = circle.reduce((a, b) => (a.index < b.index ? a : b));
      first.parent = null;
      first.cut = 'circle';
    }
    for (const draft of way) settled.add(draft);
  }
}

/** A missing cause stands where its first effect would. */
function firstIndex(draft: Draft): number {
  return draft.event ? draft.index : (draft.children[0]?.index ?? draft.index);
}

/** The node that an arrow leads to, or the same one. */
export function neighbourOf({ nodes }: ChainLayout, node: ChainNode, key: string): ChainNode {
  switch (key) {
    case 'ArrowLeft':
      return node.parent ?? node;
    case 'ArrowRight':
      return node.children[0] ?? node;
    case 'ArrowUp':
      return beside(nodes, node, -1);
    case 'ArrowDown':
      return beside(nodes, node, 1);
    case 'Home':
      return nodes[0] ?? node;
    case 'End':
      return nodes.at(-1) ?? node;
    default:
      return node;
  }
}

/** The sibling before or after; without one, the nearest node of the next row that has any. */
function beside(nodes: readonly ChainNode[], node: ChainNode, step: 1 | -1): ChainNode {
  const siblings = node.parent?.children ?? nodes.filter(({ parent }) => parent === null);
  const sibling = siblings[siblings.indexOf(node) + step];
  if (sibling) return sibling;
  let best = node;
  for (const other of nodes) {
    const away = (other.row - node.row) * step;
    if (away <= 0) continue;
    const bestAway = (best.row - node.row) * step;
    const isNearer = best === node || away < bestAway;
    if (isNearer || (away === bestAway && Math.abs(other.column - node.column) < Math.abs(best.column - node.column))) best = other;
  }
  return best;
}
