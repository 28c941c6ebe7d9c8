import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem, type as system, release } from 'node:os';
import { median } from './stats.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly system: string;
  /** Processes that wanted a core in the last minute, before anything was measured. */
  readonly load: number;
  /** Median milliseconds to flush 300 bytes appended to a file. */
  readonly fdatasyncMs: number;
}

export function machine(scratch: string): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${system()} ${release()}`,
    load: Number(loadavg()[0]?.toFixed(2)),
    fdatasyncMs: fdatasyncMs(scratch),
  };
}

function fdatasyncMs(file: string): number {
  const handle = openSync(file, 'a');
  const times: number[] = [];
  for (let n = 0; n < 60; n++) {
    writeSync(handle, 'x'.repeat(300));
    const began = performance.now();
    fdatasyncSync(handle);
    times.push(performance.now() - began);
  }
  closeSync(handle);
  return Number(median(times).toFixed(2));
}
