import { watchLoop, type Held } from './loop-watch.ts';
import type { Report } from './report.ts';

/** Runs something so many times, and adds the row of how long it held main. */
export type Measure = (name: string, times: number, run: (n: number) => Promise<unknown>) => Promise<void>;

/** Adds a row of target 9. */
export function addHeld({ add }: Pick<Report, 'add'>, name: string, { max, p99, wall }: Held): void {
  const note = `99 % ${p99.toFixed(1)} ms; ${wall.toFixed(0)} ms with what else the machine did`;
  add(`9 main held: ${name}`, [max], { atMost: 16, unit: 'ms' }, note);
}

export function measureHeld(report: Pick<Report, 'add'>): Measure {
  return async (name, times, run) => {
    const watch = watchLoop();
    for (let n = 0; n < times; n++) await run(n);
    addHeld(report, name, watch.end());
  };
}
