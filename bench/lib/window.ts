import { openStore, type OpenStoreOptions } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { Input, Method, Output } from '../../src/shared/ipc/contract.ts';
import { openTestDesk, type TestDeskOptions } from '../../test/ipc/test-desk.ts';

/** A store as a window has it: the application's router, handlers and storage thread; messages cloned both ways. */
export interface BenchWindow {
  readonly store: EventStore;
  ask<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Asks until the answer is whole, as the page does. */
  whole<M extends Extract<Method, `survey.${string}`>>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Starts a call and cancels it; milliseconds until it was answered. */
  cancelled<M extends Method>(method: M, input: Input<M>, afterMs: number): Promise<number>;
  close(): Promise<void>;
}

export async function openBenchWindow(
  place: string,
  options: OpenStoreOptions = {},
  keeps?: TestDeskOptions['keeps'],
): Promise<BenchWindow> {
  const desk = openTestDesk({ apart: true, ...(keeps && { keeps }) });
  const window = desk.openWindow();
  desk.stores.set(place, async () => ({ ...(await openStore(place, options)), anyTopic: null }));
  window.answers.path = place;
  await window.ask('stores.openDialog', { kind: 'file' });
  let calls = 0;
  return {
    store: window.workspace.store(),
    ask: window.ask,
    whole: async (method, input) => {
      for (;;) {
        const answer = await window.ask(method, input);
        if (answer.progress.done) return answer;
      }
    },
    cancelled: async (method, input, afterMs) => {
      const request = `cancelled-${++calls}`;
      const answer = window.call(method, input, request);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      const began = performance.now();
      window.cancel(request);
      await answer;
      return performance.now() - began;
    },
    close: desk.close,
  };
}
