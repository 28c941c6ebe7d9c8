import { useEffect, useRef, useState, type ReactNode } from 'react';
import styles from './events-view.module.css';
import { rateOf, type Sample } from './rate.ts';

/** How fast a topic grows, while it is followed. */
export function TailRate({ latest, isFollowing }: { readonly latest: number; readonly isFollowing: boolean }): ReactNode {
  const samples = useRef<readonly Sample[]>([]);
  const newest = useRef(latest);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    newest.current = latest;
  }, [latest]);
  useEffect(() => {
    if (!isFollowing) return undefined;
    samples.current = [];
    const look = (): void => {
      const now = performance.now();
      samples.current = [...samples.current.filter(({ at }) => now - at < 5500), { at: now, latest: newest.current }];
      setRate(rateOf(samples.current));
    };
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [isFollowing]);
  if (!isFollowing) return null;
  return (
    <span className={styles['rate']} title="New events a second, over the last five seconds">
      <span className={styles['dot']} aria-hidden />
      live · {rate < 10 && !Number.isInteger(rate) ? rate.toFixed(1) : Math.round(rate).toLocaleString('en')}/s
    </span>
  );
}
