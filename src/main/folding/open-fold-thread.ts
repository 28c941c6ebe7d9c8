import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { errorFromFacts } from '../../shared/model/errors.ts';
import { CONTROL, type AskFold, type FoldAnswers, type FoldQuestion, type FoldReply, type FoldThreadData } from './fold-messages.ts';

/** Where a fold's thread finds its code. */
export interface FoldPlaces {
  /** fold-worker.ts beside this file, or what the build made of it. */
  readonly entry: URL;
  /** QuickJS as WebAssembly. */
  readonly wasm: URL;
}

export interface FoldLimits {
  /** Bytes that the fold and its state may take; 256 MiB. */
  readonly memory?: number | undefined;
  /** Milliseconds that one call of the fold may take; 2000. */
  readonly time?: number | undefined;
}

export interface FoldThreadOptions extends FoldLimits {
  readonly places: FoldPlaces;
  readonly source: string;
}

/** A thread with one fold in it. Where it has ended, the next question starts it again, without what it was at. */
export interface FoldThread {
  /** @throws ThreadEnded where the thread did not live to answer. */
  readonly ask: AskFold;
  /** The packed state before the first event, or why the text is no fold. @throws ThreadEnded */
  readonly load: () => Promise<FoldAnswers['load']>;
  /** Ends every question asked so far: at the next event, or with the thread if that takes too long. */
  readonly stop: () => void;
  readonly close: () => Promise<void>;
}

/** hung: it did not even see that its time was over. stopped: it did not see a stop. */
export class ThreadEnded extends Error {
  override readonly name = 'ThreadEnded';
  readonly why: 'hung' | 'stopped' | 'died' | 'closed';

  constructor(why: ThreadEnded['why'], reason: string) {
    super(reason);
    this.why = why;
  }
}

const DEFAULT_FOLD_MEMORY = 256 * 1024 * 1024;
const DEFAULT_FOLD_TIME = 2000;

/** Milliseconds beyond a limit after which the thread is ended from outside. */
const GRACE = 1000;
const STOP_GRACE = 300;
const WATCH_EVERY = 50;
/** Its stack is larger than QuickJS's own, whose calls need several times their share of it. */
const RESOURCES = { stackSizeMb: 16 };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** One life of the thread. */
interface Life {
  readonly ask: AskFold;
  readonly stop: (upTo: number) => void;
  readonly end: (error: ThreadEnded) => Promise<void>;
}

export function openFoldThread({ places, source, memory = DEFAULT_FOLD_MEMORY, time = DEFAULT_FOLD_TIME }: FoldThreadOptions): FoldThread {
  let ids = 0;
  let life: Life | null = null;
  let loading: Promise<FoldAnswers['load']> | null = null;
  let isClosed = false;

  const alive = (): { readonly life: Life; readonly loading: Promise<FoldAnswers['load']> } => {
    if (isClosed) throw new ThreadEnded('closed', 'The fold was closed.');
    if (life && loading) return { life, loading };
    const begun = beginLife({
      places,
      memory,
      time,
      nextId: () => ++ids,
      ended: () => {
        if (life === begun) life = null;
      },
    });
    life = begun;
    loading = begun.ask('load', { source });
    return { life, loading };
  };

  return {
    load: async () => alive().loading,
    ask: async (kind, request) => {
      const present = alive();
      await present.loading;
      return present.life.ask(kind, request);
    },
    stop: () => life?.stop(ids),
    close: async () => {
      isClosed = true;
      await life?.end(new ThreadEnded('closed', 'The fold was closed.'));
    },
  };
}

interface LifeOptions {
  readonly places: FoldPlaces;
  readonly memory: number;
  readonly time: number;
  readonly nextId: () => number;
  readonly ended: () => void;
}

function beginLife({ places, memory, time, nextId, ended }: LifeOptions): Life {
  const control = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const waiting = new Map<number, Waiting>();
  const data: FoldThreadData = { wasm: fileURLToPath(places.wasm), memory, time, control: control.buffer };
  // It gets nothing of this process: no environment, no arguments.
  const worker = new Worker(places.entry, { workerData: data, env: {}, argv: [], resourceLimits: RESOURCES });
  let watch: NodeJS.Timeout | null = null;

  const end = async (error: ThreadEnded): Promise<void> => {
    ended();
    if (watch) clearInterval(watch);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    await worker.terminate();
  };
  worker.on('error', (error) => void end(new ThreadEnded('died', error instanceof Error ? error.message : String(error))));
  worker.on('messageerror', (error) => void end(new ThreadEnded('died', error.message)));
  worker.once('exit', (code) => void end(new ThreadEnded('died', `it ended with code ${code}`)));
  worker.on('message', (reply: FoldReply) => {
    const asked = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0 && watch) {
      clearInterval(watch);
      watch = null;
    }
    if ('error' in reply) asked?.reject(errorFromFacts(reply.error));
    else asked?.resolve(reply.value as never);
  });

  /** While it works the thread beats; one that does not for longer than a call may take cannot be stopped from within. */
  const startWatch = (): NodeJS.Timeout => {
    let beat = Atomics.load(control, CONTROL.beat);
    let since = performance.now();
    return setInterval(() => {
      const now = performance.now();
      const latest = Atomics.load(control, CONTROL.beat);
      // Before its first beat it is starting, which takes what it takes.
      if (latest !== beat || latest === 0) since = now;
      beat = latest;
      if (now - since > time + GRACE)
        void end(new ThreadEnded('hung', `It did not answer within ${time} ms and could not be stopped from within.`));
    }, WATCH_EVERY);
  };

  return {
    end,
    ask: (kind, request) =>
      new Promise((resolve, reject) => {
        const id = nextId();
        waiting.set(id, { resolve, reject });
        watch ??= startWatch();
        worker.postMessage({ id, kind, request } satisfies FoldQuestion);
      }),
    stop: (upTo) => {
      Atomics.store(control, CONTROL.stop, upTo);
      setTimeout(() => {
        if ([...waiting.keys()].some((id) => id <= upTo)) void end(new ThreadEnded('stopped', 'It was stopped.'));
      }, STOP_GRACE);
    },
  };
}
