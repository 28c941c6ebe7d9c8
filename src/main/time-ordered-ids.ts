import { randomFillSync } from 'node:crypto';

/** Bytes of randomness fetched at once: asking the system for a few takes ten times as long as making the id of them. */
const POOL = 8192;
const RANDOM_BYTES = 8;
const LAST_COUNT = 0xfff;
const HEX = Array.from({ length: 256 }, (_none, byte) => byte.toString(16).padStart(2, '0'));

/**
 * New UUIDs of version 7 (RFC 9562): milliseconds, a counter of 12 bits that begins in the lower half of its range, 62 bits of
 * randomness. Each is greater than the one before, also when the clock is set back; a counter that runs out moves on to the
 * next millisecond.
 * @param clock milliseconds since the Unix epoch
 */
export function timeOrderedIds(clock: () => number = Date.now): () => string {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  let time = 0;
  let count = 0;
  let beginning = '';

  const begin = (at: number, random: number): void => {
    time = at;
    count = random;
    const hex = at.toString(16).padStart(12, '0');
    beginning = `${hex.slice(0, 8)}-${hex.slice(8)}-7`;
  };

  return () => {
    if (used === POOL) {
      randomFillSync(pool);
      used = 0;
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = pool.subarray(used, (used += RANDOM_BYTES));
    const now = clock();
    if (now > time) begin(now, (g << 3) | (h >> 5));
    else if (count === LAST_COUNT) begin(time + 1, 0);
    else count++;
    const middle = `${beginning}${HEX[count >> 8]![1]!}${HEX[count & 0xff]!}`;
    return `${middle}-${HEX[0x80 | (a & 0x3f)]!}${HEX[b]!}-${HEX[c]!}${HEX[d]!}${HEX[e]!}${HEX[f]!}${HEX[g]!}${HEX[h]!}`;
  };
}
