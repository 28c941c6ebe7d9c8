export interface PartLimits<T> {
  readonly items: number;
  readonly size: number;
  readonly sizeOf: (item: T) => number;
}

/** Items in parts of bounded number and size, in their order; an item that is larger by itself is a part. At least one part. */
export function inParts<T>(items: readonly T[], limits: PartLimits<T>): T[][] {
  let part: T[] = [];
  let size = 0;
  const parts = [part];
  for (const item of items) {
    const more = limits.sizeOf(item);
    if (part.length > 0 && (size + more > limits.size || part.length === limits.items)) {
      part = [];
      size = 0;
      parts.push(part);
    }
    part.push(item);
    size += more;
  }
  return parts;
}
