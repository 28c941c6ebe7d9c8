/** Tasks with one key in the order asked; tasks with different keys do not wait for each other. */
export interface Turns {
  /** Runs the task alone: after all that were asked for before it, before all after it. */
  take<T>(key: string, task: () => Promise<T>): Promise<T>;
  /** As `take`, but shared tasks in a row run together; they start in the order asked. */
  share<T>(key: string, task: () => Promise<T>): Promise<T>;
}

interface Turn {
  readonly isShared: boolean;
  /** Never rejects: all turns before have ended. */
  readonly start: Promise<void>;
  /** Never rejects: all tasks of this turn have ended. */
  readonly end: Promise<void>;
}

export function createTurns(): Turns {
  const last = new Map<string, Turn>();

  const run = <T>(key: string, isShared: boolean, task: () => Promise<T>): Promise<T> => {
    const known = last.get(key);
    const joined = known?.isShared === true && isShared ? known : null;
    const start = joined?.start ?? known?.end ?? Promise.resolve();
    const mine = start.then(task);
    const settled = mine.then(
      () => {},
      () => {},
    );
    const turn: Turn = { isShared, start, end: joined ? joined.end.then(() => settled) : settled };
    last.set(key, turn);
    void turn.end.then(() => {
      if (last.get(key) === turn) last.delete(key);
    });
    return mine;
  };

  return {
    take: (key, task) => run(key, false, task),
    share: (key, task) => run(key, true, task),
  };
}
