/** Milliseconds that work may hold the main thread in one go. */
const GO_MS = 8;

/** Called between two short pieces of long work: lets everything else that waits have its turn when it is due. */
export type Breathe = () => Promise<void>;

export function createPace(): Breathe {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < GO_MS) return;
    await new Promise<void>((resolve) => void setImmediate(resolve));
    since = performance.now();
  };
}
