import { useEffect, useState } from 'react';

/** `value` as it was when it last rested for `ms`: what is asked of main while a person types. `key` says whether it is another one. */
export function useDelayed<T>(value: T, key: string, ms = 150): T {
  const [rested, setRested] = useState({ value, key });
  useEffect(() => {
    if (rested.key === key) return undefined;
    const timer = setTimeout(() => setRested({ value, key }), ms);
    return () => clearTimeout(timer);
  }, [value, key, ms, rested.key]);
  return rested.key === key ? value : rested.value;
}
