/** A map that can be paged in code unit order of its keys. Looking up is O(1), finding a page O(log n), adding O(n). */
export interface SortedMap<V> {
  readonly size: number;
  get(key: string): V | undefined;
  has(key: string): boolean;
  set(key: string, value: V): void;
  delete(key: string): void;
  /** At most `limit` values whose key sorts after `after`; null: from the start. */
  page(after: string | null, limit: number): readonly V[];
}

export function createSortedMap<V>(): SortedMap<V> {
  const values = new Map<string, V>();
  const keys: string[] = [];

  /** The index of the first key that is not less than `key`. */
  const indexOf = (key: string): number => {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    get size() {
      return keys.length;
    },
    get: (key) => values.get(key),
    has: (key) => values.has(key),
    set(key, value) {
      if (!values.has(key)) keys.splice(indexOf(key), 0, key);
      values.set(key, value);
    },
    delete(key) {
      if (values.delete(key)) keys.splice(indexOf(key), 1);
    },
    page(after, limit) {
      const from = after === null ? 0 : indexOf(after) + (values.has(after) ? 1 : 0);
      return keys.slice(from, from + limit).map((key) => values.get(key)!);
    },
  };
}
