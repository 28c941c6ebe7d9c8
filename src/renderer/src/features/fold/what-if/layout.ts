import type { ScratchChange, ScratchEvent } from '../../../../../shared/model/fold.ts';

/** Versions of the topic as they are, and where they are. */
interface Run {
  readonly kind: 'run';
  readonly from: number;
  readonly to: number;
}

/** One event to which something was done. */
interface One {
  readonly kind: 'one';
  /** The version of the topic that it is, or was made of; null for an added one. */
  readonly origin: number | null;
  /** What it says where that was thought up; null: what the topic says. */
  readonly event: ScratchEvent | null;
  readonly isMoved: boolean;
  /** It is shown where it was, and the fold does not get it. */
  readonly isSkipped: boolean;
}

type Piece = Run | One;

/** A scratch history as it is shown: its events row by row (from 0), and among them those that are skipped. */
export interface Layout {
  /** How many versions of the topic it was made of. */
  readonly base: number;
  readonly pieces: readonly Piece[];
}

/** One row of it. */
export interface Entry extends Omit<One, 'kind'> {
  readonly row: number;
  /** Where it stands in what is folded; of a skipped one, where the event before it stands. */
  readonly position: number;
}

/** A layout after something was done to it. */
export interface Step {
  readonly layout: Layout;
  /** Where the person is then. */
  readonly row: number;
  /** What main has to do: this change; nothing; or to take the whole layout from its beginning. */
  readonly change: ScratchChange | 'same' | 'again';
}

export function layoutOf(base: number): Layout {
  return { base, pieces: base === 0 ? [] : [{ kind: 'run', from: 1, to: base }] };
}

const lengthOf = (piece: Piece): number => (piece.kind === 'run' ? piece.to - piece.from + 1 : 1);
const foldedOf = (piece: Piece): number => (piece.kind === 'one' && piece.isSkipped ? 0 : lengthOf(piece));
const sum = (pieces: readonly Piece[], of: (piece: Piece) => number): number => pieces.reduce((all, piece) => all + of(piece), 0);

export const rowsOf = ({ pieces }: Layout): number => sum(pieces, lengthOf);
/** How many events are folded. */
export const positionsOf = ({ pieces }: Layout): number => sum(pieces, foldedOf);

const oneOf = (origin: number): One => ({ kind: 'one', origin, event: null, isMoved: false, isSkipped: false });

/** The rows from `first` up to `end`, which is not among them. */
export function entriesOf({ pieces }: Layout, first: number, end: number): Entry[] {
  const entries: Entry[] = [];
  let row = 0;
  let position = 0;
  for (const piece of pieces) {
    if (row >= end) break;
    const length = lengthOf(piece);
    for (let at = Math.max(first, row); at < Math.min(end, row + length); at++) {
      const one = piece.kind === 'run' ? oneOf(piece.from + at - row) : piece;
      const { origin, event, isMoved, isSkipped } = one;
      entries.push({ row: at, position: isSkipped ? position : position + at - row + 1, origin, event, isMoved, isSkipped });
    }
    row += length;
    position += foldedOf(piece);
  }
  return entries;
}

export function entryOf(layout: Layout, row: number): Entry | null {
  return entriesOf(layout, row, row + 1)[0] ?? null;
}

/** The row of the event that is at a position, or that is a version of the topic; the last row where there is none. */
export function rowOf(layout: Layout, { position, version }: { readonly position?: number; readonly version?: number }): number {
  let row = 0;
  let before = 0;
  for (const piece of layout.pieces) {
    const length = lengthOf(piece);
    const [from, to] = piece.kind === 'run' ? [piece.from, piece.to] : [piece.origin, piece.origin];
    if (version !== undefined && from !== null && to !== null && version >= from && version <= to) return row + version - from;
    if (position !== undefined && position > before && position <= before + foldedOf(piece)) return row + position - before - 1;
    row += length;
    before += foldedOf(piece);
  }
  return Math.max(0, row - 1);
}

/** Leaves an event out. One that was added is gone with it. */
export function skipAt(layout: Layout, row: number): Step {
  const { before, at, after, position } = split(layout, row);
  const kept = at.origin === null ? [] : [{ ...at, isSkipped: true }];
  const next = withPieces(layout, [...before, ...kept, ...after]);
  return { layout: next, row: Math.max(0, Math.min(row, rowsOf(next) - 1)), change: { kind: 'skip', position } };
}

/** Takes a skipped event in again. */
export function takeBackAt(layout: Layout, row: number): Step {
  const { before, at, after } = split(layout, row);
  return { layout: withPieces(layout, [...before, { ...at, isSkipped: false }, ...after]), row, change: 'again' };
}

export function editAt(layout: Layout, row: number, event: ScratchEvent): Step {
  const { before, at, after, position } = split(layout, row);
  return { layout: withPieces(layout, [...before, { ...at, event }, ...after]), row, change: { kind: 'edit', position, event } };
}

/** Puts a new event before a row, or behind the last one. */
export function addBefore(layout: Layout, row: number, event: ScratchEvent): Step {
  const added: One = { kind: 'one', origin: null, event, isMoved: false, isSkipped: false };
  if (row >= rowsOf(layout)) {
    const position = positionsOf(layout) + 1;
    return { layout: withPieces(layout, [...layout.pieces, added]), row: rowsOf(layout), change: { kind: 'insert', position, event } };
  }
  const { before, at, after } = split(layout, row);
  const position = sum(before, foldedOf) + 1;
  return { layout: withPieces(layout, [...before, added, at, ...after]), row, change: { kind: 'insert', position, event } };
}

/** Changes places with the row above or below, skipped or not; null where there is none. */
export function moveAt(layout: Layout, row: number, by: 1 | -1): Step | null {
  const other = entryOf(layout, row + by);
  if (!other || entryOf(layout, row)?.isSkipped !== false) return null;
  const { before, at, after, position } = split(layout, row);
  const moved: One = { ...at, isMoved: at.origin !== null };
  const rest = [...before, ...after];
  // The other one stands there once this one is taken out.
  const there = split({ ...layout, pieces: rest }, Math.min(row, row + by));
  const pair = by === 1 ? [there.at, moved] : [moved, there.at];
  return {
    layout: withPieces(layout, [...there.before, ...pair, ...there.after]),
    row: row + by,
    change: other.isSkipped ? 'same' : { kind: 'move', position, to: position + by },
  };
}

/** The topic has more events than when the layout was made: they stand at its end. */
export function grown(layout: Layout, base: number): Layout {
  if (base <= layout.base) return layout;
  return withPieces({ ...layout, base }, [...layout.pieces, { kind: 'run', from: layout.base + 1, to: base }]);
}

/**
 * Changes that make a layout of the topic's own history: edits and skips while every event has the version for a position;
 * then what is to move goes to the end, in the order in which it is taken from there into its place.
 */
export function changesOf({ base, pieces }: Layout): ScratchChange[] {
  const ones = pieces.filter((piece) => piece.kind === 'one');
  const skipped = ones.flatMap(({ origin, isSkipped }) => (isSkipped && origin !== null ? [origin] : []));
  const moved = ones.flatMap(({ origin, isMoved, isSkipped }) => (isMoved && !isSkipped && origin !== null ? [origin] : []));
  const changes: ScratchChange[] = [];
  for (const { origin, event, isSkipped } of ones) {
    if (origin !== null && event !== null && !isSkipped) changes.push({ kind: 'edit', position: origin, event });
  }
  for (const position of skipped.toSorted((a, b) => b - a)) changes.push({ kind: 'skip', position });
  let total = base - skipped.length;
  for (const [index, origin] of moved.entries()) {
    const gone = [...skipped, ...moved.slice(0, index)].filter((other) => other < origin).length;
    changes.push({ kind: 'move', position: origin - gone, to: total });
  }
  let position = 0;
  let waiting = moved.length;
  for (const piece of pieces) {
    position += foldedOf(piece);
    if (piece.kind === 'run' || piece.isSkipped) continue;
    if (piece.origin === null && piece.event !== null) {
      changes.push({ kind: 'insert', position, event: piece.event });
      total++;
    } else if (piece.isMoved) {
      changes.push({ kind: 'move', position: total - waiting + 1, to: position });
      waiting--;
    }
  }
  return changes;
}

export type Mark = 'skipped' | 'edited' | 'moved' | 'added';

/** What was done to an event, in words. */
export function marksOf({ origin, event, isMoved, isSkipped }: Pick<Entry, 'origin' | 'event' | 'isMoved' | 'isSkipped'>): Mark[] {
  if (origin === null) return ['added'];
  return [...(isSkipped ? (['skipped'] as const) : []), ...(event ? (['edited'] as const) : []), ...(isMoved ? (['moved'] as const) : [])];
}

/** How many events have each mark. */
export function countsOf({ pieces }: Layout): Readonly<Record<Mark, number>> {
  const counts = { skipped: 0, edited: 0, moved: 0, added: 0 };
  for (const piece of pieces) if (piece.kind === 'one') for (const mark of marksOf(piece)) counts[mark]++;
  return counts;
}

/** The pieces around a row, which becomes one of its own; `position` is where it is folded. */
function split({ pieces }: Layout, row: number): { before: Piece[]; at: One; after: Piece[]; position: number } {
  let first = 0;
  for (const [index, piece] of pieces.entries()) {
    const length = lengthOf(piece);
    if (row >= first + length) {
      first += length;
      continue;
    }
    const before = pieces.slice(0, index);
    const after = pieces.slice(index + 1);
    if (piece.kind === 'one') return { before, at: piece, after, position: sum(before, foldedOf) + 1 };
    const version = piece.from + row - first;
    if (version > piece.from) before.push({ ...piece, to: version - 1 });
    if (version < piece.to) after.unshift({ ...piece, from: version + 1 });
    return { before, at: oneOf(version), after, position: sum(before, foldedOf) + 1 };
  }
  throw new RangeError(`There is no row ${row}.`);
}

/** What stands in its order again is not moved, and what is as the topic has it belongs to a run. */
function withPieces(layout: Layout, pieces: readonly Piece[]): Layout {
  const settled = [...pieces];
  let last = 0;
  for (const [index, piece] of settled.entries()) {
    if (piece.kind === 'run') last = piece.to;
    else if (piece.origin !== null) {
      const isInOrder = !piece.isMoved || (piece.origin > last && piece.origin < nextInPlace(settled, index + 1));
      if (isInOrder) {
        settled[index] = { ...piece, isMoved: false };
        last = piece.origin;
      }
    }
  }
  const merged: Piece[] = [];
  for (const piece of settled) {
    const isPlain = piece.kind === 'one' && piece.origin !== null && !piece.event && !piece.isMoved && !piece.isSkipped;
    const next: Piece = isPlain ? { kind: 'run', from: piece.origin, to: piece.origin } : piece;
    const before = merged.at(-1);
    if (next.kind === 'run' && before?.kind === 'run' && before.to + 1 === next.from)
      merged[merged.length - 1] = { ...before, to: next.to };
    else merged.push(next);
  }
  return { ...layout, pieces: merged };
}

/** The version of the next event that was not moved. */
function nextInPlace(pieces: readonly Piece[], from: number): number {
  for (const piece of pieces.slice(from)) {
    if (piece.kind === 'run') return piece.from;
    if (piece.origin !== null && !piece.isMoved) return piece.origin;
  }
  return Infinity;
}
