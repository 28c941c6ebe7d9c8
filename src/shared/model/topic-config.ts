/** What a topic is and where it is stored, as its configuration events say. */
export interface TopicConfig {
  readonly name: string;
  /** A kind of storage: memory, fs, sqlite; planned: postgres, blob. */
  readonly adapter: string;
  /** Where the adapter keeps its data, verbatim. Relative means relative to the store's folder. */
  readonly connection: string;
  readonly options: TopicOptions;
}

/** Free text by name. May hold any key, `__proto__` too: build it with `topicOptions`, never by assignment. */
export type TopicOptions = Readonly<Record<string, string>>;

/** Options from pairs, later pairs winning; keys are own members whatever they are called. */
export function topicOptions(entries: Iterable<readonly [string, string]>): TopicOptions {
  return Object.fromEntries(entries);
}

export function sameOptions(a: TopicOptions, b: TopicOptions): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && a[key] === b[key]);
}

/** A topic of the catalogue. */
export interface Topic extends TopicConfig {
  /** The configuration version of the TopicCreated that made it: with the name, its identity. */
  readonly incarnation: number;
}
