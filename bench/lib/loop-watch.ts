import { quantile } from './stats.ts';

export interface Held {
  /** The longest work that this thread did between two turns of its loop, ms. */
  readonly max: number;
  readonly p99: number;
  /** The longest time between two turns, in which other programs ran too, ms. */
  readonly wall: number;
}

/** How long the main thread is held: what it works itself between two beats of one a millisecond. */
export function watchLoop(): { readonly end: () => Held } {
  const own: number[] = [];
  let wall = 0;
  let last = performance.now();
  let used = process.threadCpuUsage();
  const beat = (): void => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(used);
    own.push((user + system) / 1000);
    wall = Math.max(wall, now - last);
    last = now;
    used = process.threadCpuUsage();
  };
  const timer = setInterval(beat, 1);
  return {
    end: () => {
      clearInterval(timer);
      beat();
      return { max: quantile(own, 1), p99: quantile(own, 0.99), wall };
    },
  };
}
