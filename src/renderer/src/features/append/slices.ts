/** Work that stops now and then, so that whoever drives it can let others do theirs. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does the work in one go. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A slice must leave room for the rest of a frame. */
const SLICE_MS = 8;

/** Does the work in slices with the page's own turns between them; rejects with the signal's reason when it is no longer wanted. */
export async function inSlices<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted();
    const end = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return step.value;
    } while (performance.now() < end);
    await nextTurn();
  }
}

/** A message to oneself comes sooner than a timer, which the page may hold back for 4 ms. */
function nextTurn(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => {
      port1.close();
      done();
    });
    port1.start();
    port2.postMessage(null);
  });
}
