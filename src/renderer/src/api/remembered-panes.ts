import { z } from 'zod';
import { useRemembered } from './settings.ts';

/** Percent of the group by panel. */
const layouts = z.record(z.string().max(64), z.number().min(0).max(100)).nullable();
type Layout = Readonly<Record<string, number>>;

/** What a group of panels is given; see react-resizable-panels. */
export interface RememberedPanes {
  readonly defaultLayout: Record<string, number> | undefined;
  /** Once a drag has ended. */
  readonly onLayoutChanged: (layout: Layout) => void;
}

export const panesKey = (name: string): string => `panes:${name}`;

/**
 * The sizes of a group of panels, kept over restarts under its name. Null until they are known; a group reads them only when it
 * is mounted, so it waits.
 */
export function useRememberedPanes(name: string): RememberedPanes | null {
  const [layout, keep] = useRemembered(panesKey(name), layouts, null);
  if (layout === undefined) return null;
  return { defaultLayout: layout ?? undefined, onLayoutChanged: (next) => keep({ ...next }) };
}
