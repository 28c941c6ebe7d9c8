import { watchLoop, type Held } from './loop-watch.ts';
import type { Report } from './report.ts';

/** Runs something so many times, and adds the row of how long it held main. */
export type Measure = (name: string, times: number, run: (n: number) => Promise<unknown>) => Promise<void>;

/** Adds a row of target 9, which asks for the longest hold and for what 99 % of them stay within. */
export function addHeld({ add }: Pick<Report, 'add'>, name: string, { max, p99, wall }: Held): void {
  const note = `${wall.toFixed(0)} ms on the clock, with what else the machine did`;
  add(`9 main held: ${name}`, [max], { atMost: 16, unit: 'ms' }, note, { p99, atMost: 8 });
}

export function measureHeld(report: Pick<Report, 'add'>): Measure {
  return async (name, times, run) => {
    const watch = watchLoop();
    for (let n = 0; n < times; n++) await run(n);
    addHeld(report, name, watch.end());
  };
}
