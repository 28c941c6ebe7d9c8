import { z } from 'zod';
import { openKeptFile, type KeptFileOptions } from './kept-file.ts';

const MOST_KEYS = 1000;

/** Least recently written first, so that what is dropped is at the front. */
const entries = z.array(z.tuple([z.string(), z.string()])).catch([]);

/** Small texts of the page's own (widths, columns, places), kept over restarts. What they mean is the page's business. */
export interface Memory {
  recall(prefix: string): Readonly<Record<string, string>>;
  /** Null forgets the key. */
  remember(key: string, value: string | null): void;
  flush(): Promise<void>;
}

export async function openMemory(path: string, options: KeptFileOptions = {}): Promise<Memory> {
  const file = await openKeptFile<readonly (readonly [string, string])[]>(path, (stored) => entries.parse(stored), options);
  return {
    recall: (prefix) => Object.fromEntries(file.get().filter(([key]) => key.startsWith(prefix))),
    remember: (key, value) => {
      const others = file.get().filter(([other]) => other !== key);
      const kept = value === null ? others : [...others, [key, value] as const];
      file.set(kept.slice(-MOST_KEYS));
    },
    flush: file.flush,
  };
}
