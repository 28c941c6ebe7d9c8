/** A clock that starts at `start` nanoseconds since the Unix epoch and moves on by `step` at every look. */
export function createTestClock(start = 1_700_000_000_000_000_000n, step = 1_000_000n): () => bigint {
  let next = start;
  return () => {
    const now = next;
    next += step;
    return now;
  };
}
