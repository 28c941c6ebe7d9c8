import { isBranch, keyToken, lengthOf, MOST_CHILDREN, readChildren, rootNode, type JsonNode } from './json-nodes.ts';
import type { SlicedWork } from './sliced.ts';

/**
 * One difference between two JSON texts, told by the nodes it is about. `order`: the members of an object are the same ones in
 * another order. A value is changed where its token is another one: 1.10 is not 1.1, and no number is ever read as one.
 */
export interface JsonChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'order';
  /** In the first text; null where it is added. */
  readonly before: JsonNode | null;
  /** In the second text; null where it is removed. */
  readonly after: JsonNode | null;
}

export interface JsonDiff {
  /** In the order of the second text. */
  readonly changes: readonly JsonChange[];
  /** Null when all is compared, or why the rest is not. */
  readonly stopped: 'too many' | 'too deep' | 'too long' | null;
}

export const MOST_CHANGES = 5000;
/** UTF-16 units that are looked at in all; each level of nesting is looked at again. */
const MOST_LOOKED_AT = 400_000_000;
/** Elements that are compared between two pauses. */
const PAUSE = 1000;
/** Cells of the table that finds what two lists have in common. Longer lists are compared place by place. */
const MOST_CELLS = 1_000_000;

type Pair = readonly [JsonNode | null, JsonNode | null];

/** What has to be done to the first text to get the second. Equal texts, and only they, give nothing. */
export function* diffJson(first: string, second: string, mostLookedAt = MOST_LOOKED_AT): SlicedWork<JsonDiff> {
  const changes: JsonChange[] = [];
  const waiting: Pair[] = [[rootNode(first), rootNode(second)]];
  let lookedAt = 0;
  let equal = 0;
  let stopped: JsonDiff['stopped'] = null;
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    if (changes.length >= MOST_CHANGES) return { changes, stopped: 'too many' };
    const [before, after] = pair;
    if (!before || !after) {
      changes.push({ kind: before ? 'removed' : 'added', before, after });
      continue;
    }
    if (lengthOf(before) === lengthOf(after) && tokenOf(first, before) === tokenOf(second, after)) {
      if (++equal % PAUSE === 0) yield lookedAt;
      continue;
    }
    if (before.kind !== after.kind || !isBranch(before)) {
      changes.push({ kind: 'changed', before, after });
      continue;
    }
    lookedAt += lengthOf(before) + lengthOf(after);
    if (lookedAt > mostLookedAt) return { changes, stopped: 'too deep' };
    const olds = yield* readChildren(first, before);
    const news = yield* readChildren(second, after);
    if (olds.length >= MOST_CHILDREN || news.length >= MOST_CHILDREN) stopped = 'too long';
    if (before.kind === 'array') {
      const pairs = yield* pairElements(first, olds, second, news);
      // One by one: a list may be longer than a call has arguments.
      for (let index = pairs.length - 1; index >= 0; index--) {
        const one = pairs[index];
        if (one) waiting.push(one);
      }
    } else {
      const { pairs, isReordered } = pairMembers(first, olds, second, news);
      if (isReordered) changes.push({ kind: 'order', before, after });
      for (const one of pairs.toReversed()) waiting.push(one);
    }
    yield lookedAt;
  }
  return { changes, stopped };
}

const tokenOf = (text: string, { start, end }: JsonNode): string => text.slice(start, end);

/** Members belong together by their key as it is stored; of a repeated one the first to the first, the second to the second. */
function pairMembers(
  first: string,
  olds: readonly JsonNode[],
  second: string,
  news: readonly JsonNode[],
): { readonly pairs: readonly Pair[]; readonly isReordered: boolean } {
  const nameOf = (text: string, node: JsonNode): string => `${node.nth} ${keyToken(text, node)}`;
  const byName = new Map(olds.map((node) => [nameOf(first, node), node]));
  const placed: { readonly pair: Pair; readonly place: number }[] = [];
  let last = 0;
  let isReordered = false;
  for (const node of news) {
    const name = nameOf(second, node);
    const old = byName.get(name);
    if (old) {
      byName.delete(name);
      if (old.position < last) isReordered = true;
      last = old.position;
    }
    placed.push({ pair: [old ?? null, node], place: node.position });
  }
  for (const old of byName.values()) placed.push({ pair: [old, null], place: old.position - 0.5 });
  return { pairs: placed.toSorted((a, b) => a.place - b.place).map(({ pair }) => pair), isReordered };
}

/** Elements that are equal keep their company; what lies between is compared place by place. Equal ends are left out. */
function* pairElements(first: string, olds: readonly JsonNode[], second: string, news: readonly JsonNode[]): SlicedWork<Pair[]> {
  const isSame = (old: number, now: number): boolean => {
    const [a, b] = [olds[old], news[now]];
    return a !== undefined && b !== undefined && lengthOf(a) === lengthOf(b) && tokenOf(first, a) === tokenOf(second, b);
  };
  let head = 0;
  while (head < olds.length && isSame(head, head)) if (++head % PAUSE === 0) yield head;
  let oldEnd = olds.length;
  let newEnd = news.length;
  while (oldEnd > head && newEnd > head && isSame(oldEnd - 1, newEnd - 1)) {
    newEnd--;
    if (--oldEnd % PAUSE === 0) yield oldEnd;
  }
  const isShort = (oldEnd - head + 1) * (newEnd - head + 1) <= MOST_CELLS;
  const anchors = isShort
    ? yield* common(
        olds.slice(head, oldEnd).map((node) => tokenOf(first, node)),
        news.slice(head, newEnd).map((node) => tokenOf(second, node)),
      )
    : [];
  const pairs: Pair[] = [];
  let [oldAt, newAt] = [head, head];
  for (const [oldTo, newTo] of [...anchors.map(([a, b]) => [a + head, b + head] as const), [oldEnd, newEnd] as const]) {
    while (oldAt < oldTo || newAt < newTo) {
      pairs.push([oldAt < oldTo ? (olds[oldAt] ?? null) : null, newAt < newTo ? (news[newAt] ?? null) : null]);
      if (oldAt < oldTo) oldAt++;
      if (newAt < newTo) newAt++;
    }
    oldAt++;
    newAt++;
  }
  return pairs;
}

/** Places of a longest common subsequence. */
function* common(olds: readonly string[], news: readonly string[]): SlicedWork<(readonly [number, number])[]> {
  const width = news.length + 1;
  const ids = new Map<string, number>();
  const idOf = (token: string): number => {
    const id = ids.get(token) ?? ids.size;
    ids.set(token, id);
    return id;
  };
  const a = olds.map(idOf);
  const b = news.map(idOf);
  /** Length of the longest one from (i, j) on. */
  const longest = new Uint32Array((olds.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const down = longest[(i + 1) * width + j] ?? 0;
      const right = longest[i * width + j + 1] ?? 0;
      longest[i * width + j] = a[i] === b[j] ? (longest[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(down, right);
    }
    yield i;
  }
  const found: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if ((longest[(i + 1) * width + j] ?? 0) >= (longest[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return found;
}
