import type { StoredEvent } from '../../src/shared/model/event.ts';

/**
 * The first batch of which `events` (in version order) hold only a part, or that is not contiguous; null when all are
 * whole. The first batch of a page that does not start at version 1 may be cut by the page.
 */
export function findPartialBatch(events: readonly StoredEvent[], cutAtStart: boolean): string | null {
  let expected: { readonly batch: string; readonly size: number; readonly index: number } | null = null;
  let first = true;
  for (const event of events) {
    const found = JSON.parse(event.data) as { readonly batch: string; readonly size: number; readonly index: number };
    const starts = expected === null || expected.index + 1 === expected.size;
    if (starts && found.index !== 0 && !(first && cutAtStart)) return `${found.batch} starts with its event ${found.index}`;
    if (!starts && expected && (found.batch !== expected.batch || found.index !== expected.index + 1))
      return `${expected.batch} stops after its event ${expected.index}`;
    expected = found;
    first = false;
  }
  return expected && expected.index + 1 !== expected.size
    ? `${expected.batch} ends with its event ${expected.index} of ${expected.size}`
    : null;
}
