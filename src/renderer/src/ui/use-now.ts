import { useEffect, useState } from 'react';

/** How often `3 minutes ago` is looked at again. */
const EVERY_MS = 15_000;

/** Milliseconds since the epoch, told anew every few seconds while `isOn`. */
export function useNow(isOn: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isOn) return undefined;
    const timer = setInterval(() => setNow(Date.now()), EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn]);
  return now;
}
