import { EventStoreError } from '../../../shared/model/errors.ts';

/** Work that can be paused: it yields how far it has come, often, and returns what it has found. */
export type SlicedWork<T> = Generator<number, T>;

/** How long the window waits for one slice of it. */
const SLICE_MS = 8;

/**
 * Does the work in slices of a few milliseconds, so that frames and keys come in between.
 * @throws EventStoreError CANCELLED at the first slice after the abort.
 */
export async function runSliced<T>(work: SlicedWork<T>, signal: AbortSignal, onProgress: (at: number) => void = () => {}): Promise<T> {
  for (;;) {
    if (signal.aborted) throw new EventStoreError('CANCELLED', 'The work was stopped.');
    const until = performance.now() + SLICE_MS;
    let step = work.next();
    while (!step.done && performance.now() < until) step = work.next();
    if (step.done) return step.value;
    onProgress(step.value);
    await new Promise((done) => setTimeout(done));
  }
}

/** Does the work at once: for what is known to be small. */
export function runWhole<T>(work: SlicedWork<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
