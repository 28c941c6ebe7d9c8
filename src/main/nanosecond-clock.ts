/** How far the two clocks may drift apart (somebody set the system's, the machine slept) before the system's is read anew. */
const MOST_DRIFT = 2_000_000n;

/** The system's time in nanoseconds since the Unix epoch, with the steady clock's precision between its milliseconds. */
export function nanosecondClock(): () => bigint {
  const system = (): bigint => BigInt(Date.now()) * 1_000_000n;
  let offset = system() - process.hrtime.bigint();
  return () => {
    const now = system();
    const steady = process.hrtime.bigint() + offset;
    const drift = steady - now;
    if (drift >= -MOST_DRIFT && drift <= MOST_DRIFT) return steady;
    offset += now - steady;
    return now;
  };
}
