/** `list` with `name` first, once, and no longer than `most`. */
export function withRecent(list: readonly string[], name: string, most: number): readonly string[] {
  return [name, ...list.filter((other) => other !== name)].slice(0, most);
}

/** Items with the recent ones first, in the order of `recent`; the others stay in theirs. */
export function recentFirst<Item>(items: readonly Item[], nameOf: (item: Item) => string, recent: readonly string[]): readonly Item[] {
  const ranks = new Map(recent.map((name, index) => [name, index]));
  const rank = (item: Item): number => ranks.get(nameOf(item)) ?? recent.length;
  return items.toSorted((a, b) => rank(a) - rank(b));
}
