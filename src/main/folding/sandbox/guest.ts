import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';
import { OUT_OF_MEMORY, thrownBy, type Ended, type Thrown } from './faults.ts';
import { PRELUDE } from './prelude/prelude.ts';

export interface GuestLimits {
  /** Milliseconds that one event may take, or a call that is at no event. */
  readonly time: number;
  readonly isStopped: (at: number) => boolean;
}

/** Calls into QuickJS: each answers a handle, or how it ended. The receiver of a handle disposes of it. */
export interface Guest {
  /** Lets the calls of `work` take this many times longer. */
  patiently<T>(times: number, work: () => T): T;
  call(name: string, ...args: readonly QuickJSHandle[]): QuickJSHandle | Ended;
  callMember(object: QuickJSHandle, name: string, ...args: readonly QuickJSHandle[]): QuickJSHandle | Ended;
  evaluate(text: string, file: string, type: 'global' | 'module'): QuickJSHandle | Ended;
  /** The value that these bytes are (binary-value.ts). */
  read(bytes: Uint8Array): QuickJSHandle | Ended;
  /** The bytes of a value; null where QuickJS cannot write it. */
  write(value: QuickJSHandle): Uint8Array | null;
  /** The index of the event that the last run was at. */
  place(): number;
  /** An error came from below QuickJS: its memory is in an unknown state. */
  isBroken(): boolean;
}

export const isEnded = (value: object): value is Ended => 'cause' in value;

export function openGuest(runtime: QuickJSRuntime, context: QuickJSContext, { time, isStopped }: GuestLimits): Guest {
  const functions = context.unwrapResult(context.evalCode(PRELUDE, 'prelude.js'));
  const placeBytes = context.getProp(functions, 'place').consume((place) => context.getProp(place, 'buffer'));
  let broken = false;
  let began = 0;
  let allowed = time;
  let seenAt = -1;
  let interrupted: 'time' | 'stopped' | null = null;

  const place = (): number => {
    try {
      return context.getArrayBuffer(placeBytes).consume(({ value }) => new DataView(value.buffer, value.byteOffset).getFloat64(0, true));
    } catch {
      // No room for the copy that is read: it is where it was.
      return seenAt;
    }
  };

  runtime.setInterruptHandler(() => {
    const at = place();
    const now = performance.now();
    // A run folds many events in one call; the time is that of one of them.
    if (at !== seenAt) began = now;
    seenAt = at;
    if (isStopped(at)) interrupted = 'stopped';
    else if (now - began > allowed) interrupted = 'time';
    else return false;
    return true;
  });

  const guarded = (work: () => ReturnType<QuickJSContext['callFunction']>): QuickJSHandle | Ended => {
    began = performance.now();
    seenAt = -1;
    interrupted = null;
    try {
      const result = work();
      return result.error ? result.error.consume(endedWith) : result.value;
    } catch (error) {
      broken = true;
      const isStack = error instanceof RangeError;
      const message = isStack ? 'The stack is full.' : `The sandbox broke: ${String(error)}`;
      return { cause: isStack ? 'stack' : 'memory', thrown: { name: '', message, stack: '' } };
    }
  };

  const endedWith = (error: QuickJSHandle): Ended => {
    const cause = interrupted;
    const thrown = describe(error);
    if (cause !== null) return { cause, thrown };
    return thrownBy(thrown);
  };

  const describe = (error: QuickJSHandle): Thrown => {
    // Where memory is full not even an error can be made: then null is what was thrown.
    if (context.typeof(error) === 'object' && context.eq(error, context.null)) return OUT_OF_MEMORY.thrown;
    const described = context.getProp(functions, 'describe').consume((fn) => context.callFunction(fn, context.undefined, error));
    if (described.error) {
      described.error.dispose();
      return { name: '', message: 'something that cannot be looked at', stack: '' };
    }
    return JSON.parse(described.value.consume(context.getString)) as Thrown;
  };

  const invoke = (fn: QuickJSHandle, args: readonly QuickJSHandle[]): QuickJSHandle | Ended =>
    guarded(() => context.callFunction(fn, context.undefined, [...args]));

  /** QuickJS does not look whether what is handed to it found room. */
  const hasRoom = (bytes: number): boolean => {
    const answer = context.newNumber(bytes).consume((size) => context.getProp(functions, 'hasRoom').consume((fn) => invoke(fn, [size])));
    return !isEnded(answer) && answer.consume((handle) => context.eq(handle, context.true));
  };

  return {
    patiently(times, work) {
      allowed = time * times;
      try {
        return work();
      } finally {
        allowed = time;
      }
    },
    call: (name, ...args) => context.getProp(functions, name).consume((fn) => invoke(fn, args)),
    callMember: (object, name, ...args) => context.getProp(object, name).consume((fn) => invoke(fn, args)),
    evaluate: (text, file, type) => guarded(() => context.evalCode(text, file, { type, strict: true })),
    read(bytes) {
      if (!hasRoom(bytes.length)) return OUT_OF_MEMORY;
      const value = context.newArrayBuffer(bytes.slice().buffer).consume((buffer) => context.decodeBinaryJSON(buffer));
      if (!isException(context, value)) return value;
      return OUT_OF_MEMORY;
    },
    write(value) {
      const written = context.encodeBinaryJSON(value);
      if (isException(context, written)) return null;
      return written.consume((buffer) => {
        const length = context.getProp(buffer, 'byteLength').consume(context.getNumber);
        return hasRoom(length) ? context.getArrayBuffer(buffer).consume(({ value: bytes }) => sharedCopy(bytes)) : null;
      });
    },
    place,
    isBroken: () => broken,
  };
}

/** Encoding and decoding hand out QuickJS's mark for "threw", which has no type. */
function isException(context: QuickJSContext, value: QuickJSHandle): boolean {
  return context.typeof(value) === 'unknown';
}

/** A packed state may be large and goes to another thread and back: shared, it is copied neither way. */
function sharedCopy(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}
