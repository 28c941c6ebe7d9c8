import type { Order } from '../../state/place.ts';

/**
 * Rows of the grid stand for positions: 0 for the oldest version that is shown, then one by one. A position never changes as
 * a topic grows, whatever the order of the rows. Without a filter it is the version less one.
 */
export function positionOfRow(row: number, rows: number, order: Order): number {
  return order === 'newest' ? rows - 1 - row : row;
}

export function rowOfPosition(position: number, rows: number, order: Order): number {
  return order === 'newest' ? rows - 1 - position : position;
}

/** The pages (0-based, `pageRows` positions each) that hold these rows. */
export function pagesOfRows(first: number, end: number, rows: number, order: Order, pageRows: number): number[] {
  if (end <= first) return [];
  const a = Math.floor(positionOfRow(first, rows, order) / pageRows);
  const b = Math.floor(positionOfRow(end - 1, rows, order) / pageRows);
  const low = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => low + index);
}
