import releaseSync from '@jitl/quickjs-wasmfile-release-sync';
import { newQuickJSWASMModuleFromVariant, newVariant, type QuickJSHandle, type QuickJSSyncVariant } from 'quickjs-emscripten-core';
import type { FoldFault } from '../../../shared/model/fold.ts';
import {
  callFault,
  CONDITION_END,
  CONDITION_FILE,
  CONDITION_START,
  conditionFault,
  FOLD_FILE,
  initialFault,
  loadFault,
  OUT_OF_MEMORY,
  returnFault,
  shapeFault,
  thrownBy,
  waitingFault,
  type Ended,
  type Thrown,
} from './faults.ts';
import { isEnded, openGuest } from './guest.ts';
import { scanState } from './scan-state.ts';
import { trackLoops } from './track-loops.ts';
import type { WrittenBatch } from './write-batch.ts';

export interface SandboxOptions {
  /** QuickJS as WebAssembly. */
  readonly engine: ArrayBuffer;
  /** The text of an ES module that exports `initial` (a value, or a function that returns it) and `fold(state, event)`. */
  readonly source: string;
  /** Bytes that the fold and its state may take. */
  readonly memory: number;
  /** Milliseconds that one call of the fold may take. */
  readonly time: number;
  /** Who runs out of time is told in which loop, for which every loop takes longer. */
  readonly isTracked?: boolean | undefined;
  /** Asked often while the sandbox works, with the index of the event that a run is at. True stops it. */
  readonly isStopped: (at: number) => boolean;
}

/** Events inside the sandbox. A fold may change them and keep them in its state, so each is folded once from one batch. */
export interface SandboxBatch {
  readonly handle: QuickJSHandle;
  readonly release: () => void;
}

/** A run came to its end, or ended at the event of index `at`, after which the state is in an unknown condition. */
export interface RunEnd {
  readonly at: number;
  readonly end: 'done' | 'found' | 'stopped' | FoldFault;
}

/** A state that was looked through. */
export interface Packed {
  /** The bytes that make it again; null where it holds what cannot be kept. */
  readonly bytes: Uint8Array | null;
  /** Why it cannot be shown as JSON; null where it can. What cannot be kept cannot be shown either. */
  readonly fault: FoldFault | null;
  /** It was stopped while it looked: nothing is known of the state. */
  readonly isStopped: boolean;
  /** It did not come to an end in the time that it had, so nothing is known of the state. */
  readonly isTooLong?: boolean;
}

/** One state on its way through events. */
export interface SandboxRun {
  /** Takes a packed state. Null, or why it does not fit any more. */
  readonly load: (packed: Uint8Array) => FoldFault | null;
  /** Gives the state's memory back. */
  readonly drop: () => void;
  readonly pack: () => Packed;
  /** Folds the events of index `from` up to `to`. */
  readonly run: (batch: SandboxBatch, from: number, to: number) => RunEnd;
  /** As `run`, and ends with `found` behind the event after which the condition holds. */
  readonly seek: (batch: SandboxBatch, from: number, to: number) => RunEnd;
  /** Whether the condition holds now, for the event of this index; without a batch for no event. */
  readonly holds: (batch: SandboxBatch | null, index: number) => boolean | FoldFault | 'stopped';
}

/**
 * QuickJS with one fold in it. What comes out is bytes and texts; nothing of Node can be reached from inside, and what is
 * inside runs only while one of these methods does.
 */
export interface Sandbox {
  /** The packed state before the first event. */
  readonly initial: Uint8Array;
  /** Something failed below the sandbox's own errors: open another. */
  readonly isBroken: () => boolean;
  readonly take: (batch: WrittenBatch) => SandboxBatch | FoldFault;
  readonly open: () => SandboxRun;
  /** An expression over `state` and `event`, or a function of both. Null, or why it is none. */
  readonly takeCondition: (text: string) => FoldFault | null;
  /** How often the condition threw since it was taken, and what it threw first. */
  readonly conditionFaults: () => { readonly count: number; readonly first: FoldFault | null };
}

/** The text is no fold that can be loaded. */
export class FoldRefused extends Error {
  override readonly name = 'FoldRefused';
  readonly fault: FoldFault;
  /** It ran out of time. */
  readonly isEndless: boolean;

  constructor(fault: FoldFault, isEndless: boolean) {
    super(fault.reason);
    this.fault = fault;
    this.isEndless = isEndless;
  }
}

/** The package describes its CommonJS form only; what an ES module imports is the variant itself. */
const RELEASE = releaseSync as unknown as QuickJSSyncVariant;

/**
 * The memory is bounded where it comes from: QuickJS's own limit counts the pieces it is given, not their sizes, when it is
 * built for WebAssembly. TypeScript's library for Node does not describe WebAssembly.
 */
const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer };
  };
};
const PAGE_BYTES = 64 * 1024;
/** What QuickJS is built to start with: 16 MiB. */
const LEAST_PAGES = 256;

/** A large state may take longer to be looked through than one event may take to be folded: once more for each so many bytes. */
const BYTES_OF_PATIENCE = 25 * 1024 * 1024;

/** Of QuickJS's own stack. The thread's is larger (open-fold-thread.ts). */
const STACK_BYTES = 256 * 1024;

/** Of a class by what it is inside, though its prototype says otherwise. */
const FOREIGN = shapeFault(JSON.stringify(['an object that is not what it looks like', []]));

/** @throws FoldRefused */
export async function openSandbox({ engine, source, memory, time, isTracked = false, isStopped }: SandboxOptions): Promise<Sandbox> {
  const wasmMemory = new WebAssembly.Memory({ initial: LEAST_PAGES, maximum: Math.max(LEAST_PAGES, Math.ceil(memory / PAGE_BYTES)) });
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(RELEASE, { wasmBinary: engine, wasmMemory: wasmMemory as never }));
  const runtime = quickJs.newRuntime();
  runtime.setMaxStackSize(STACK_BYTES);
  const context = runtime.newContext();
  const guest = openGuest(runtime, context, { time, isStopped });
  const tracked = isTracked ? await trackLoops(source, FOLD_FILE) : null;

  /** Why a call ended that might take `times` the time of one event. */
  const faultOf = (ended: Ended, times = 1): FoldFault => {
    const fault = callFault(ended, { time: time * times, memory });
    return { ...fault, ...(ended.cause === 'time' ? tracked?.placeOf(ended.thrown.stack) : null) };
  };

  /** How many times longer a state may be looked through, by the memory that was ever taken. */
  const patience = (): number => Math.max(1, wasmMemory.buffer.byteLength / BYTES_OF_PATIENCE);

  const inState = (fault: FoldFault): FoldFault => ({
    ...fault,
    kind: 'state',
    reason: `The state cannot be looked through. ${fault.reason}`,
  });

  const textOf = (handle: QuickJSHandle): string => handle.consume(context.getString);

  const thrown = (): FoldFault => {
    const full = guest.call('isFull');
    if (isEnded(full) || full.consume((handle) => context.eq(handle, context.true))) return faultOf(OUT_OF_MEMORY);
    const refused = guest.call('refused');
    const returned = isEnded(refused) ? '' : textOf(refused);
    if (returned !== '') return returnFault(returned);
    const said = guest.call('thrown');
    return faultOf(isEnded(said) ? said : thrownBy(JSON.parse(textOf(said)) as Thrown));
  };

  const openRun = (): SandboxRun & { readonly loadHandle: (packed: QuickJSHandle) => FoldFault | null } => {
    const opened = must(guest.call('open'));

    const whyUnwritten = (): FoldFault => {
      const computed = guest.callMember(opened, 'findComputed');
      const found = isEnded(computed) ? '' : textOf(computed);
      return found === '' ? faultOf(OUT_OF_MEMORY) : shapeFault(found);
    };

    /** Whatever reads members of a state may run what the fold put there: a member that computes, throws or loops. */
    const lookThrough = (work: () => QuickJSHandle | Ended): QuickJSHandle | Packed => {
      const times = patience();
      const looked = guest.patiently(times, work);
      if (!isEnded(looked)) return looked;
      const isTooLong = looked.cause === 'time';
      return { bytes: null, fault: inState(faultOf(looked, times)), isStopped: looked.cause === 'stopped', isTooLong };
    };

    /** The bytes of a state that is plain, which they tell in part, so that less has to be looked through; null: not known to be. */
    const packPlain = (): Packed | null => {
      const tree = guest.callMember(opened, 'plain');
      // Where memory is full even a list is too much: who looks on says so.
      if (isEnded(tree) || context.eq(tree, context.null)) return null;
      const bytes = tree.consume(guest.write);
      const plainMembers = bytes ? scanState(bytes).plainMembers : null;
      if (plainMembers === null) return null;
      const looked = context.newNumber(plainMembers).consume((count) => lookThrough(() => guest.callMember(opened, 'isMadeOf', count)));
      if ('bytes' in looked) return looked.isTooLong === true || looked.isStopped ? looked : null;
      return looked.consume((handle) => context.eq(handle, context.true)) ? { bytes, fault: null, isStopped: false } : null;
    };

    const loadHandle = (packed: QuickJSHandle): FoldFault | null => {
      const loaded = guest.callMember(opened, 'load', packed);
      if (isEnded(loaded)) return faultOf(loaded);
      loaded.dispose();
      return null;
    };

    const advance = (how: 'run' | 'seek', batch: SandboxBatch, from: number, to: number): RunEnd => {
      const bounds = [context.newNumber(from), context.newNumber(to)];
      const answer = guest.callMember(opened, how, batch.handle, ...bounds);
      for (const bound of bounds) bound.dispose();
      if (isEnded(answer)) return { at: guest.place(), end: answer.cause === 'stopped' ? 'stopped' : faultOf(answer) };
      const at = answer.consume(context.getNumber);
      if (at < 0) return { at: -1 - at, end: 'found' };
      return { at, end: at === to ? 'done' : thrown() };
    };

    return {
      loadHandle,
      load(packed) {
        const given = guest.read(packed);
        return isEnded(given) ? faultOf(given) : given.consume(loadHandle);
      },
      drop: () => must(guest.callMember(opened, 'drop')).dispose(),
      pack() {
        const plain = packPlain();
        if (plain) return plain;
        const looked = lookThrough(() => guest.callMember(opened, 'pack'));
        if ('bytes' in looked) return looked;
        const found = textOf(looked);
        const fault = found === '' ? null : shapeFault(found);
        const tree = must(guest.callMember(opened, 'packed'));
        if (context.eq(tree, context.null)) return { bytes: null, fault, isStopped: false };
        const bytes = tree.consume(guest.write);
        const ending = bytes ? scanState(bytes).ending : 'cut';
        if (ending === 'whole') return { bytes, fault, isStopped: false };
        return { bytes: null, fault: ending === 'foreign' ? FOREIGN : whyUnwritten(), isStopped: false };
      },
      run: (batch, from, to) => advance('run', batch, from, to),
      seek: (batch, from, to) => advance('seek', batch, from, to),
      holds(batch, index) {
        const event = batch ? context.getProp(batch.handle, index) : context.null;
        const answer = guest.callMember(opened, 'holds', event);
        event.dispose();
        if (isEnded(answer)) return answer.cause === 'stopped' ? 'stopped' : faultOf(answer);
        return answer.consume((handle) => context.eq(handle, context.true));
      },
    };
  };

  /** Hands the module's exports over and gives the state before the first event as bytes. */
  const takeModule = (): Uint8Array => {
    const refuse = (fault: FoldFault, ended?: Ended): never => {
      throw new FoldRefused(fault, ended?.cause === 'time');
    };
    const module = guest.evaluate(tracked?.text ?? source, FOLD_FILE, 'module');
    if (isEnded(module)) return refuse(loadFault(faultOf(module), source), module);
    if (context.getPromiseState(module).type === 'pending') return refuse(waitingFault(source));
    const missing = textOf(must(guest.call('take', module)));
    if (missing !== '') return refuse({ kind: 'load', reason: missing, line: null, column: null });
    const begun = guest.call('begin', module);
    module.dispose();
    if (isEnded(begun)) return refuse(initialFault(faultOf(begun)), begun);
    if (context.eq(begun, context.null)) return refuse(initialFault(thrown()));
    const run = openRun();
    const loaded = begun.consume(run.loadHandle);
    const { bytes, fault } = loaded ? { bytes: null, fault: loaded } : run.pack();
    run.drop();
    if (fault) return refuse(initialFault(fault));
    if (!bytes) throw new Error('A state without a fault has bytes.');
    return bytes;
  };

  let conditionText = '';

  return {
    initial: takeModule(),
    isBroken: guest.isBroken,
    open: openRun,
    take(batch) {
      const read = guest.read(batch.bytes);
      if (isEnded(read)) return faultOf(read);
      const events = read.consume((handle) => guest.call('events', handle));
      return isEnded(events) ? faultOf(events) : { handle: events, release: () => events.dispose() };
    },
    takeCondition(text) {
      conditionText = text;
      const made = guest.evaluate(`${CONDITION_START}${text}${CONDITION_END}`, CONDITION_FILE, 'global');
      if (isEnded(made)) return conditionFault(made.thrown, text);
      if (context.typeof(made) !== 'function')
        return conditionFault({ name: '', message: 'It is more than one expression.', stack: '' }, text);
      must(made.consume((handle) => guest.call('takeCondition', handle))).dispose();
      return null;
    },
    conditionFaults() {
      const [count, first] = JSON.parse(textOf(must(guest.call('conditionFaults')))) as [number, string];
      return { count, first: count === 0 ? null : conditionFault(JSON.parse(first) as Thrown, conditionText) };
    },
  };
}

/** The prelude's own functions fail only where the sandbox itself does. */
function must(answer: QuickJSHandle | Ended): QuickJSHandle {
  if (isEnded(answer)) throw new Error(`The sandbox failed: ${answer.thrown.message}`);
  return answer;
}
