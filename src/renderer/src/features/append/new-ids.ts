/** So many ids can be told apart within one millisecond. */
const A_MS = 0x1000;

/**
 * New UUIDs (version 7), ascending in the order of the list. The page makes the ids of a batch itself, before it is sent for the
 * first time, so that sending it again is the same batch.
 */
export function newIds(count: number, now: number): string[] {
  const random = new Uint8Array(8);
  return Array.from({ length: count }, (_, index) => {
    crypto.getRandomValues(random);
    random[0] = ((random[0] ?? 0) & 0x3f) | 0x80;
    const time = hex(now + Math.floor(index / A_MS), 12);
    const tail = [...random].map((byte) => hex(byte, 2)).join('');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(index % A_MS, 3)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  });
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
