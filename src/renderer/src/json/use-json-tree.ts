import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { childNodes, isBranch, knownChildren, lengthOf, readChildren, rootNode, type JsonNode } from './json-nodes.ts';
import { runSliced } from './sliced.ts';

/** A node of so many UTF-16 units is read at once when it is opened: a millisecond or two. */
const AT_ONCE = 256 * 1024;
/** `*` opens so many branches at most, and looks at so many UTF-16 units to find them. */
const MOST_OPENED = 2000;
const MOST_LOOKED_AT = 2 * 1024 * 1024;

/** A line of the tree: a node, or the place where the children of one are being read. */
export type TreeRow = JsonNode | { readonly reading: JsonNode };
export const isReading = (row: TreeRow): row is { readonly reading: JsonNode } => 'reading' in row;

export interface JsonTreeState {
  readonly rows: readonly TreeRow[];
  readonly isOpen: (node: JsonNode) => boolean;
  readonly toggle: (node: JsonNode, wanted: boolean) => void;
  /** Answers whether every branch is open now. */
  readonly openAll: () => boolean;
  readonly closeAll: () => void;
  /** Opens what leads to the node that begins there; it is a row at the next render. False where the tree ends before it. */
  readonly reach: (at: number, signal: AbortSignal) => Promise<boolean>;
  /** How much of the node that is being read is read, 0 to 1; null when none is. */
  readonly reading: number | null;
}

/** Which nodes of a JSON text are open. Nodes of megabytes are read in slices, so no text holds the window. */
export function useJsonTree(text: string): JsonTreeState {
  const root = useMemo(() => rootNode(text), [text]);
  const [open, setOpen] = useState<ReadonlySet<number>>(() => firstOpen(text, root));
  const [known, nodesCame] = useReducer((turn: number) => turn + 1, 0);
  const [reading, setReading] = useState<number | null>(null);
  const { rows, unread } = useMemo(() => {
    // What is known of nodes lives beside them: `known` says when more of it is.
    void known;
    return flatten(text, root, open);
  }, [text, root, open, known]);

  useEffect(() => {
    if (!unread) return undefined;
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      await runSliced(readChildren(text, unread), controller.signal, (at) => setReading((at - unread.start) / lengthOf(unread)));
      nodesCame();
    };
    read()
      // Another text or another view has come: nobody waits for these nodes.
      .catch(() => {})
      .finally(() => setReading(null));
    return () => controller.abort();
  }, [text, unread]);

  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  }, [open]);
  const reach = useCallback(
    async (at: number, signal: AbortSignal): Promise<boolean> => {
      const way: number[] = [];
      let node = root;
      while (node.start < at && isBranch(node)) {
        const children = await runSliced(readChildren(text, node), signal);
        const child = childAt(children, at);
        if (!child) break;
        way.push(node.start);
        node = child;
      }
      setOpen((before) => new Set([...before, ...way]));
      return node.start === at;
    },
    [text, root],
  );

  return {
    rows,
    isOpen: ({ start }) => open.has(start),
    toggle: ({ start }, wanted) => {
      const next = new Set(open);
      if (wanted) next.add(start);
      else next.delete(start);
      setOpen(next);
    },
    openAll: () => {
      const all = allOpen(text, root);
      setOpen(all.open);
      return all.isWhole;
    },
    closeAll: () => setOpen(new Set([root.start])),
    reach,
    reading,
  };
}

/** The row of the node that begins at `start`, or of the closed one that holds it. */
export function rowAt(rows: readonly TreeRow[], start: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && (isReading(row) ? row.reading : row).start <= start) low = middle + 1;
    else high = middle;
  }
  const at = Math.max(0, low - 1);
  const row = rows[at];
  return row && isReading(row) ? at - 1 : at;
}

/** How many children a node has, where saying it costs nothing that is felt. */
export function childCount(text: string, node: JsonNode): number | null {
  const before = knownChildren(node);
  if (before) return before.length;
  return lengthOf(node) > AT_ONCE / 8 ? null : childNodes(text, node).length;
}

function childAt(children: readonly JsonNode[], at: number): JsonNode | undefined {
  let low = 0;
  let high = children.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((children[middle]?.start ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  const child = children[low - 1];
  return child && at < child.end ? child : undefined;
}

/** The children of a node where they are known or known at once. */
function readyChildren(text: string, node: JsonNode): readonly JsonNode[] | undefined {
  return knownChildren(node) ?? (lengthOf(node) <= AT_ONCE ? childNodes(text, node) : undefined);
}

function firstOpen(text: string, root: JsonNode): ReadonlySet<number> {
  // Small objects are read at a glance, so their first level of branches is open too.
  const children = readyChildren(text, root) ?? [];
  const near = children.length <= 20 ? children.filter((node) => isBranch(node) && lengthOf(node) < 2000) : [];
  return new Set([root.start, ...near.map(({ start }) => start)]);
}

function flatten(
  text: string,
  root: JsonNode,
  open: ReadonlySet<number>,
): { readonly rows: readonly TreeRow[]; readonly unread: JsonNode | null } {
  const rows: TreeRow[] = [];
  let unread: JsonNode | null = null;
  const waiting = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    rows.push(node);
    if (!open.has(node.start) || !isBranch(node)) continue;
    const children = readyChildren(text, node);
    if (!children) {
      unread ??= node;
      rows.push({ reading: node });
      continue;
    }
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child) waiting.push(child);
    }
  }
  return { rows, unread };
}

/** Breadth first, so that `*` on a large text opens what is near the root. */
function allOpen(text: string, root: JsonNode): { readonly open: ReadonlySet<number>; readonly isWhole: boolean } {
  const open = new Set<number>();
  let lookedAt = 0;
  let level: JsonNode[] = [root];
  while (level.length > 0) {
    const next: JsonNode[] = [];
    for (const node of level) {
      if (open.size >= MOST_OPENED || lookedAt > MOST_LOOKED_AT) return { open, isWhole: false };
      open.add(node.start);
      if (!knownChildren(node)) lookedAt += lengthOf(node);
      for (const child of readyChildren(text, node) ?? []) if (isBranch(child)) next.push(child);
    }
    level = next;
  }
  return { open, isWhole: true };
}
