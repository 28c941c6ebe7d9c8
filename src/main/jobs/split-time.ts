/** A time as two halves of 32 bits, which compare and subtract without making a bigint for every event. */
export interface SplitTime {
  readonly high: number;
  /** Not negative. */
  readonly low: number;
}

export function splitTime(time: bigint): SplitTime {
  return { high: Number(time >> 32n), low: Number(time & 0xffffffffn) };
}

/** The halves of each time, low before high: every system Tidemark runs on is little-endian. */
export function halvesOf(timestamps: BigInt64Array): Int32Array {
  return new Int32Array(timestamps.buffer, timestamps.byteOffset, timestamps.length * 2);
}

/** Whether the time at `place` comes before `bound`. */
export function isBefore(halves: Int32Array, place: number, bound: SplitTime): boolean {
  const high = halves[2 * place + 1]!;
  return high < bound.high || (high === bound.high && halves[2 * place]! >>> 0 < bound.low);
}

/** Nanoseconds from `start` to the time at `place`: exact up to 2^53, beyond it the nearest number. */
export function distance(halves: Int32Array, place: number, start: SplitTime): number {
  return (halves[2 * place + 1]! - start.high) * 2 ** 32 + ((halves[2 * place]! >>> 0) - start.low);
}
