import { openStore, type OpenStoreOptions } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { Answer, Input, Message, Method, Output } from '../../src/shared/ipc/contract.ts';
import { partOffsets, partsOf, withoutLongTexts } from '../../src/shared/ipc/long-texts.ts';
import { errorFromFacts } from '../../src/shared/model/errors.ts';
import { openTestDesk, ownEvent, type RealParts } from '../../test/ipc/test-desk.ts';

/** A store as a window has it: the application's router, handlers and storage thread; messages cloned both ways. */
export interface BenchWindow {
  readonly store: EventStore;
  ask<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Asks until the answer is whole, as the page does. */
  whole<M extends Extract<Method, `survey.${string}`>>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Starts a call and cancels it; milliseconds until it was answered. */
  cancelled<M extends Method>(method: M, input: Input<M>, afterMs: number): Promise<number>;
  /** A call as main has it: its texts come in parts, those of the answer are asked for, and what the page does with them is left out. */
  long<M extends Method>(method: M, input: Input<M>): Promise<void>;
  /** What the system's dialogs answer from now on. */
  readonly choose: (path: string) => void;
  close(): Promise<void>;
}

export async function openBenchWindow(place: string, options: OpenStoreOptions = {}, real: RealParts = {}): Promise<BenchWindow> {
  const desk = openTestDesk({ apart: true, real });
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
    long: async (method, input) => {
      const request = `long-${++calls}`;
      const send = async (name: string, given: unknown, more: Partial<Message> = {}): Promise<Answer> => {
        const answer = await desk.send(ownEvent(window.id), { method: name, request, input: given, ...more });
        if (answer.ok) return answer;
        throw errorFromFacts(answer.error);
      };
      const { value, places, text } = withoutLongTexts<unknown>(input);
      for (const at of partsOf(text)) await send('texts.send', { of: request, ...at });
      const { texts: laid = [] } = await send(method, value, places.length > 0 ? { texts: places } : {});
      for (const offset of partOffsets(laid.reduce((sum, { chars }) => sum + chars, 0))) await send('texts.more', { of: request, offset });
    },
    choose: (chosen) => {
      window.answers.path = chosen;
    },
    close: desk.close,
  };
}
