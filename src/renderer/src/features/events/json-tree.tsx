import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useScaledRows } from '../../ui/use-scaled-rows.ts';
import { visibleText } from '../../ui/visible-text.tsx';
import { childNodes, isBranch, MOST_CHILDREN, rootNode, unescape, type JsonNode } from './json-nodes.ts';
import styles from './json-tree.module.css';

const ROW = 22;
/** Longer strings are cut in the tree; Raw shows them whole. */
const LONGEST = 400;
/** `*` opens so many branches at most. */
const MOST_OPENED = 2000;

/** A JSON text as a tree. Only the open part is looked at and only the visible rows exist. Give another text another key. */
export function JsonTree({
  text,
  label,
  onCopy,
}: {
  readonly text: string;
  readonly label: string;
  readonly onCopy: (text: string) => void;
}): ReactNode {
  const id = useId();
  const root = useMemo(() => rootNode(text), [text]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => firstOpen(text, root));
  const [active, setActive] = useState(0);
  const nodes = useMemo(() => flatten(text, root, open), [text, root, open]);
  const { scroller, onScroll, height, visible, pageRows, reveal } = useScaledRows(nodes.length, ROW);
  const at = Math.min(active, nodes.length - 1);

  useEffect(() => reveal(at), [at, reveal]);

  const toggle = (node: JsonNode, wanted: boolean): void => {
    const next = new Set(open);
    if (wanted) next.add(node.path);
    else next.delete(node.path);
    setOpen(next);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const node = nodes[at];
    if (!node) return;
    const moves: Record<string, () => void> = {
      ArrowDown: () => setActive(Math.min(nodes.length - 1, at + 1)),
      ArrowUp: () => setActive(Math.max(0, at - 1)),
      Home: () => setActive(0),
      End: () => setActive(nodes.length - 1),
      PageDown: () => setActive(Math.min(nodes.length - 1, at + pageRows)),
      PageUp: () => setActive(Math.max(0, at - pageRows)),
      ArrowRight: () => (isBranch(node) && !open.has(node.path) ? toggle(node, true) : setActive(Math.min(nodes.length - 1, at + 1))),
      ArrowLeft: () => (isBranch(node) && open.has(node.path) ? toggle(node, false) : setActive(Math.max(0, parentIndex(nodes, at)))),
      Enter: () => toggle(node, !open.has(node.path)),
      '*': () => setOpen(allOpen(text, root)),
    };
    if (event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false) {
      onCopy(text.slice(node.start, node.end));
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = moves[event.key];
    if (!move) return;
    move();
    event.preventDefault();
  };

  return (
    <div
      ref={scroller}
      className={styles['scroller']}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      role="tree"
      aria-label={label}
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
    >
      <div role="presentation" style={{ height }} />
      <div role="presentation" className={`${styles['rows']} mono`} style={{ transform: `translateY(${visible.offset}px)` }}>
        {nodes.slice(visible.first, visible.end).map((node, index) => {
          const row = visible.first + index;
          return (
            <div
              key={node.path}
              id={`${id}-${row}`}
              role="treeitem"
              aria-level={node.depth + 1}
              aria-posinset={node.position}
              aria-setsize={node.siblings}
              aria-selected={row === at}
              aria-expanded={isBranch(node) ? open.has(node.path) : undefined}
              className={`${styles['row']} ${row === at ? styles['active'] : ''}`}
              style={{ paddingLeft: 6 + node.depth * 16 }}
              onClick={() => {
                setActive(row);
                if (isBranch(node) && getSelection()?.isCollapsed !== false) toggle(node, !open.has(node.path));
              }}
            >
              <span className={styles['toggle']} aria-hidden>
                {isBranch(node) ? open.has(node.path) ? <ChevronDown size={14} /> : <ChevronRight size={14} /> : null}
              </span>
              {node.key === null ? null : <NodeKey nodeKey={node.key} isIndex={parentKind(nodes, row) === 'array'} />}
              <NodeValue text={text} node={node} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function NodeKey({ nodeKey, isIndex }: { readonly nodeKey: string; readonly isIndex: boolean }): ReactNode {
  return <span className={isIndex ? styles['index'] : styles['key']}>{visibleText(nodeKey.slice(0, LONGEST))}:</span>;
}

function NodeValue({ text, node }: { readonly text: string; readonly node: JsonNode }): ReactNode {
  if (isBranch(node)) {
    const length = childNodes(text, node).length;
    const [left, right] = node.kind === 'object' ? '{}' : '[]';
    const said = length === 0 ? '' : length < MOST_CHILDREN ? String(length) : `first ${length}, all in Raw`;
    return (
      <span className={styles['summary']}>
        {left}
        {said}
        {right}
      </span>
    );
  }
  const token = text.slice(node.start, Math.min(node.end, node.start + 6 * LONGEST));
  if (node.kind !== 'string') return <span className={styles[node.kind]}>{token.slice(0, LONGEST)}</span>;
  const whole = node.end - node.start <= 6 * LONGEST;
  const value = whole ? unescape(token) : token.slice(1);
  const cut = value.length > LONGEST;
  return (
    <span className={styles['string']}>
      &quot;{visibleText(value.slice(0, LONGEST))}
      {cut || !whole ? <span className={styles['summary']}>… {node.end - node.start - 2} characters</span> : <>&quot;</>}
    </span>
  );
}

function firstOpen(text: string, root: JsonNode): ReadonlySet<string> {
  // Small objects are read at a glance, so their first level of branches is open too.
  const children = childNodes(text, root);
  return new Set([
    root.path,
    ...(children.length <= 20 ? children.filter((node) => isBranch(node) && node.end - node.start < 2000).map(({ path }) => path) : []),
  ]);
}

function flatten(text: string, root: JsonNode, open: ReadonlySet<string>): JsonNode[] {
  const nodes: JsonNode[] = [];
  const stack = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    nodes.push(node);
    if (open.has(node.path)) for (const child of childNodes(text, node).toReversed()) stack.push(child);
  }
  return nodes;
}

/** Breadth first, so that `*` on a large text opens what is near the root. */
function allOpen(text: string, root: JsonNode): ReadonlySet<string> {
  const open = new Set<string>();
  let level: JsonNode[] = [root];
  while (level.length > 0 && open.size < MOST_OPENED) {
    const next: JsonNode[] = [];
    for (const node of level) {
      if (!isBranch(node) || open.size >= MOST_OPENED) continue;
      open.add(node.path);
      for (const child of childNodes(text, node)) if (isBranch(child)) next.push(child);
    }
    level = next;
  }
  return open;
}

function parentIndex(nodes: readonly JsonNode[], at: number): number {
  const depth = nodes[at]?.depth ?? 0;
  for (let index = at - 1; index >= 0; index--) if ((nodes[index]?.depth ?? 0) < depth) return index;
  return 0;
}

function parentKind(nodes: readonly JsonNode[], at: number): JsonNode['kind'] | undefined {
  return nodes[parentIndex(nodes, at)]?.kind;
}
