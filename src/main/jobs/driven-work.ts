import { createPace } from '../eventstore/pace.ts';

/**
 * Runs the work for `budgetMs` at most, less when it is finished or `signal` is aborted. Rejects with what a step threw;
 * the next call tries again.
 */
export type DrivenWork = (budgetMs: number, signal: AbortSignal) => Promise<void>;

interface Caller {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Long work in short steps that goes on only while someone is asking: calls at the same time share the steps, and without
 * a call nothing moves. `step` answers whether there is more to do.
 */
export function createDrivenWork(step: () => Promise<boolean>): DrivenWork {
  const callers = new Set<Caller>();
  let running = false;

  const letGo = (settle: (caller: Caller) => void, isOver: (caller: Caller) => boolean): void => {
    for (const caller of callers) {
      if (!isOver(caller)) continue;
      callers.delete(caller);
      settle(caller);
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    const breathe = createPace();
    try {
      while (callers.size > 0) {
        const more = await step();
        const now = performance.now();
        letGo(
          ({ resolve }) => resolve(),
          ({ deadline, signal }) => !more || signal.aborted || now >= deadline,
        );
        await breathe();
      }
    } catch (error) {
      letGo(
        ({ reject }) => reject(error),
        () => true,
      );
    } finally {
      running = false;
    }
  };

  return (budgetMs, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      callers.add({ deadline: performance.now() + budgetMs, signal, resolve, reject });
      if (!running) void run();
    });
}
