/** What was typed to go somewhere: a topic, a version of it, or both. */
export interface TypedPlace {
  /** What the topic's name is searched by; empty: the topic on the screen. */
  readonly topic: string;
  readonly version: number | null;
}

/**
 * Reads `orders`, `#5`, `orders#5` and the links that "copy link" makes, which may begin with the store's name
 * (`shop.db#orders#5`). Digits may be grouped by commas, underscores and spaces. A `#` that no version follows belongs to the name.
 */
export function parseTypedPlace(typed: string): TypedPlace {
  const match = /^(.*)#\s*(\d[\d,_ ]*)$/s.exec(typed.trim());
  const version = match ? Number((match[2] ?? '').replaceAll(/[,_ ]/g, '')) : Number.NaN;
  if (!match || !Number.isSafeInteger(version)) return { topic: typed.trim(), version: null };
  return { topic: (match[1] ?? '').trim(), version };
}

/** The same without the store's name, where a link has one; null where it has none. */
export function withoutStore({ topic, version }: TypedPlace): TypedPlace | null {
  const at = topic.indexOf('#');
  return at === -1 ? null : { topic: topic.slice(at + 1), version };
}
