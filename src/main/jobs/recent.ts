/** Keeps the things that were asked for last, at most a few. */
export interface Recent<T> {
  /** The thing of this key, made if it is not there; now the most recent one. */
  of(key: string, make: () => T): T;
  get(key: string): T | undefined;
  drop(key: string): void;
  /** From the one that was asked for longest ago. */
  entries(): readonly (readonly [string, T])[];
}

export function createRecent<T>(most: number): Recent<T> {
  const kept = new Map<string, T>();
  return {
    of(key, make) {
      const thing = kept.get(key) ?? make();
      kept.delete(key);
      kept.set(key, thing);
      const oldest = kept.keys().next();
      if (kept.size > most && !oldest.done) kept.delete(oldest.value);
      return thing;
    },
    get: (key) => kept.get(key),
    drop: (key) => void kept.delete(key),
    entries: () => [...kept],
  };
}
