import type { Order } from '../../state/place.ts';

/** Rows of the grid are versions 1 to latest: what is damaged or missing has its row too. */
export function versionOfRow(row: number, latest: number, order: Order): number {
  return order === 'newest' ? latest - row : row + 1;
}

export function rowOfVersion(version: number, latest: number, order: Order): number {
  return order === 'newest' ? latest - version : version - 1;
}

/** The pages (0-based, `pageRows` versions each) that hold the versions of these rows. */
export function pagesOfRows(first: number, end: number, latest: number, order: Order, pageRows: number): number[] {
  if (end <= first) return [];
  const a = Math.floor((versionOfRow(first, latest, order) - 1) / pageRows);
  const b = Math.floor((versionOfRow(end - 1, latest, order) - 1) / pageRows);
  const low = Math.min(a, b);
  return Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => low + index);
}
