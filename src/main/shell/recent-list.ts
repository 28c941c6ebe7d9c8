import { z } from 'zod';

const MOST_UNPINNED = 10;
const MOST = 100;

const entry = z.object({
  path: z.string().min(1).max(4096),
  kind: z.enum(['sqlite', 'fs']).nullable().catch(null),
  pinned: z.boolean().catch(false),
  /** ms since the epoch. */
  openedAt: z.number().nullable().catch(null),
});

/** A store that was opened before. */
export type Recent = Readonly<z.infer<typeof entry>>;

/** The first version kept paths alone, newest first. One bad entry costs that entry. */
export const recentList = z
  .array(z.unknown())
  .catch([])
  .transform((kept): readonly Recent[] => {
    const entries = kept.flatMap((one) => {
      const read = entry.safeParse(typeof one === 'string' ? { path: one, kind: null, pinned: false, openedAt: null } : one);
      return read.success ? [read.data] : [];
    });
    return ordered(entries.filter(({ path }, index) => entries.findIndex((other) => other.path === path) === index));
  });

/** Pinned ones first, each part as it stands (newest first); at most ten that are not pinned. */
function ordered(list: readonly Recent[]): readonly Recent[] {
  const pinned = list.filter((one) => one.pinned).slice(0, MOST - MOST_UNPINNED);
  return [...pinned, ...list.filter((one) => !one.pinned).slice(0, MOST_UNPINNED)];
}

/** A store was opened: it comes first in its part. */
export function withOpened(list: readonly Recent[], path: string, kind: Recent['kind'], at: number): readonly Recent[] {
  const pinned = list.find((one) => one.path === path)?.pinned ?? false;
  return ordered([{ path, kind, pinned, openedAt: at }, ...list.filter((one) => one.path !== path)]);
}

export function withPin(list: readonly Recent[], path: string, pinned: boolean): readonly Recent[] {
  const found = list.find((one) => one.path === path);
  if (!found || found.pinned === pinned) return list;
  return ordered([{ ...found, pinned }, ...list.filter((one) => one !== found)]);
}

export function without(list: readonly Recent[], path: string): readonly Recent[] {
  return list.filter((one) => one.path !== path);
}

/** The store of `from` is at `to` now: pinned as it was. */
export function withMoved(list: readonly Recent[], from: string, to: string): readonly Recent[] {
  const pinned = list.find((one) => one.path === from)?.pinned ?? false;
  return withPin(without(list, from), to, pinned);
}
