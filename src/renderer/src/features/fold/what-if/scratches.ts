import { create } from 'zustand';
import { grown, layoutOf, positionsOf, rowOf, rowsOf, type Layout, type Step } from './layout.ts';

interface Moment {
  readonly layout: Layout;
  readonly row: number;
}

/** The scratch history of a topic, while this window is open: whatever view is on the screen and whichever fold runs over it. */
export interface Scratch extends Moment {
  readonly past: readonly Moment[];
  readonly future: readonly Moment[];
}

interface Scratches {
  readonly byKey: ReadonlyMap<string, Scratch>;
  /** Keys of those that are on the screen when their topic's fold is. */
  readonly shown: ReadonlySet<string>;
}

export const useScratches = create<Scratches>()(() => ({ byKey: new Map(), shown: new Set() }));

const MOST_PAST = 200;

export interface ScratchTopic {
  /** The store's path. */
  readonly path: string;
  readonly name: string;
  readonly incarnation: number;
}

export const scratchKey = ({ path, name, incarnation }: ScratchTopic): string => `${path}\n${name}\n${incarnation}`;

function put(key: string, scratch: Scratch | null): void {
  const byKey = new Map(useScratches.getState().byKey);
  if (scratch) byKey.set(key, scratch);
  else byKey.delete(key);
  useScratches.setState({ byKey });
}

export function showScratch(key: string, isShown: boolean): void {
  const shown = new Set(useScratches.getState().shown);
  if (isShown) shown.add(key);
  else shown.delete(key);
  useScratches.setState({ shown });
}

/** Main has opened a history of so many versions of the topic: a new one begins at `version`, the one that was kept takes what came since. */
export function scratchOpened(key: string, base: number, version: number): void {
  const kept = useScratches.getState().byKey.get(key);
  if (!kept) {
    const layout = layoutOf(base);
    return put(key, { layout, row: rowOf(layout, { version }), past: [], future: [] });
  }
  if (base <= kept.layout.base) return;
  const more = (moment: Moment): Moment => ({ ...moment, layout: grown(moment.layout, base) });
  put(key, { ...more(kept), past: kept.past.map(more), future: kept.future.map(more) });
}

export function goToRow(key: string, row: number): void {
  const scratch = useScratches.getState().byKey.get(key);
  if (!scratch) return;
  const to = Math.max(0, Math.min(row, rowsOf(scratch.layout) - 1));
  if (to !== scratch.row) put(key, { ...scratch, row: to });
}

export function keepStep(key: string, { layout, row }: Step): void {
  const scratch = useScratches.getState().byKey.get(key);
  if (!scratch) return;
  const past = [...scratch.past, { layout: scratch.layout, row: scratch.row }].slice(-MOST_PAST);
  put(key, { layout, row, past, future: [] });
}

/** Goes to the moment before, or the one after. Answers its layout; null where there is none. */
export function turnBack(key: string, way: 'undo' | 'redo'): Layout | null {
  const scratch = useScratches.getState().byKey.get(key);
  const { layout, row } = scratch ?? {};
  if (!scratch || !layout || row === undefined) return null;
  const to = way === 'undo' ? scratch.past.at(-1) : scratch.future[0];
  if (!to) return null;
  const now: Moment = { layout, row };
  put(
    key,
    way === 'undo'
      ? { ...to, past: scratch.past.slice(0, -1), future: [now, ...scratch.future] }
      : { ...to, past: [...scratch.past, now], future: scratch.future.slice(1) },
  );
  return to.layout;
}

export function throwScratchAway(key: string): void {
  put(key, null);
  showScratch(key, false);
}

/** Nothing would be lost if it were thrown away. */
export const isUntouched = ({ layout }: Scratch): boolean =>
  layout.pieces.length <= 1 && positionsOf(layout) === layout.base && layout.pieces.every(({ kind }) => kind === 'run');
