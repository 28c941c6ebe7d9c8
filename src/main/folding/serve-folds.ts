import { errorFacts } from '../../shared/model/errors.ts';
import type { FoldFault } from '../../shared/model/fold.ts';
import { diffJson } from '../../shared/model/json-diff.ts';
import { openPass, type Pass } from './engine/pass.ts';
import { createViewer, type Viewer } from './engine/viewer.ts';
import { CONTROL, type FoldAnswers, type FoldKind, type FoldQuestion, type FoldReply, type FoldRequests } from './fold-messages.ts';
import { FoldRefused, openSandbox, type Sandbox, type SandboxOptions } from './sandbox/sandbox.ts';
import { createBatchWriter } from './sandbox/write-batch.ts';

/** The end of a channel that the thread listens on. */
export interface FoldPort {
  on(event: 'message', listener: (question: FoldQuestion) => void): unknown;
  postMessage(reply: FoldReply): void;
}

export interface FoldServiceOptions {
  /** QuickJS as WebAssembly. */
  readonly engine: ArrayBuffer;
  readonly memory: number;
  readonly time: number;
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Milliseconds in which a loop that does not end is found once more. */
const TRACKED_TIME = 500;

/** Answers questions about one fold, one after another. The pass and the views have a sandbox each. */
export function serveFolds(port: FoldPort, { engine, memory, time, control }: FoldServiceOptions): void {
  const write = createBatchWriter();
  let source: string | null = null;
  let pass: Pass | null = null;
  let viewer: Viewer | null = null;
  let present = 0;
  let last: Promise<unknown> = Promise.resolve();

  const isStopped = (): boolean => {
    Atomics.add(control, CONTROL.beat, 1);
    return Atomics.load(control, CONTROL.stop) >= present;
  };

  const openWith = (options: Pick<SandboxOptions, 'time' | 'isTracked'>): Promise<Sandbox> => {
    if (source === null) throw new Error('No fold was loaded.');
    return openSandbox({ engine, source, memory, isStopped, ...options });
  };
  const open = (): Promise<Sandbox> => openWith({ time });
  const openTracked = (): Promise<Sandbox> => openWith({ time: Math.min(time, TRACKED_TIME), isTracked: true });
  const sandboxes = { open, openTracked };

  /** Why the text is no fold; of one that does not end while it loads, in which loop. */
  const whyRefused = async (refused: FoldRefused): Promise<FoldFault> => {
    if (!refused.isEndless) return refused.fault;
    try {
      await openTracked();
    } catch (error) {
      if (error instanceof FoldRefused && error.isEndless) return { ...error.fault, reason: refused.fault.reason };
    }
    return refused.fault;
  };

  const answers: { readonly [K in FoldKind]: (request: FoldRequests[K]) => Promise<FoldAnswers[K]> } = {
    async load(request) {
      ({ source } = request);
      pass = null;
      viewer = createViewer(sandboxes, write);
      try {
        return { initial: (await open()).initial };
      } catch (error) {
        if (error instanceof FoldRefused) return { fault: await whyRefused(error) };
        throw error;
      }
    },
    async fold({ after, from, events, options }) {
      if (from) pass = await openPass({ sandboxes, write, from });
      if (!pass || pass.version() !== after) return null;
      const step = await pass.fold(events, options);
      const version = pass.version();
      if (step.end === 'stopped') pass = null;
      return { ...step, version };
    },
    show: ({ stretch, at }) => views().show(stretch, at),
    diff: async ({ before, after }) => diffJson(before, after),
    probe: ({ stretch }) => views().probe(stretch),
    condition: ({ text }) => views().takeCondition(text),
    holds: ({ from, event }) => views().holds(from, event),
    seek: ({ stretch, expected }) => views().seek(stretch, expected),
  };

  function views(): Viewer {
    if (!viewer) throw new Error('No fold was loaded.');
    return viewer;
  }

  const answer = async <K extends FoldKind>({ id, kind, request }: FoldQuestion<K>): Promise<void> => {
    present = id;
    isStopped();
    try {
      port.postMessage({ id, value: await answers[kind](request) });
    } catch (error) {
      port.postMessage({ id, error: errorFacts(error) });
    }
  };

  port.on('message', (question) => {
    last = last.then(() => answer(question));
  });
}
