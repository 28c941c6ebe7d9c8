/** Collects what one turn of the loop wants to send: a message of its own would cost more than most of it holds. */
export interface Outbox<T> {
  add(item: T): void;
}

/** Items in one message: reading it must not hold the other side for long. */
const MOST = 256;

/** `refused` gets each item that `post` throws at, alone: it must not take with it what was sent together with it. */
export function createOutbox<T>(post: (items: readonly T[]) => void, refused: (item: T, error: unknown) => void): Outbox<T> {
  let waiting: T[] = [];

  const send = (items: readonly T[]): void => {
    try {
      post(items);
    } catch (error) {
      const [first, ...others] = items;
      if (first !== undefined && others.length === 0) refused(first, error);
      else for (const item of items) send([item]);
    }
  };
  const flush = (): void => {
    const items = waiting;
    waiting = [];
    for (let from = 0; from < items.length; from += MOST) send(items.slice(from, from + MOST));
  };

  return {
    add: (item) => {
      if (waiting.push(item) === 1) queueMicrotask(flush);
    },
  };
}
