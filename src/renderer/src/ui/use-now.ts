import { useEffect, useState } from 'react';

/** Milliseconds since the epoch, renewed every `every` milliseconds; null: as it was when the component came. */
export function useNow(every: number | null): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (every === null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
