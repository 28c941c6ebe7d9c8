/** Milliseconds after which work lets others have a turn: with the piece at hand it holds the main thread for less than 8. */
const GO_MS = 5;

/**
 * Called between two short pieces of long work: lets everything else that waits have its turn when it is due. One for all the
 * work of a call, for two in a row would hold the thread twice as long.
 */
export type Breathe = () => Promise<void>;

/** With `due` the others' turn comes first: where whoever called has worked already. */
export function createPace({ due = false } = {}): Breathe {
  let since = due ? -Infinity : performance.now();
  return async () => {
    if (performance.now() - since < GO_MS) return;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    since = performance.now();
  };
}
