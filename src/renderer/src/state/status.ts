import { create } from 'zustand';

/** What a part of the page says in the status bar: `2 selected`, `43 of 5,000 shown`. */
interface Status {
  /** By key, in the order in which the keys came. */
  readonly says: ReadonlyMap<string, string>;
  /** Says `text` under `key` in the place of what it said before; null says nothing more. */
  readonly show: (key: string, text: string | null) => void;
}

export const useStatus = create<Status>()((set) => ({
  says: new Map(),
  show: (key, text) =>
    set(({ says }) => {
      if ((says.get(key) ?? null) === text) return {};
      const next = new Map(says);
      if (text === null) next.delete(key);
      else next.set(key, text);
      return { says: next };
    }),
}));
