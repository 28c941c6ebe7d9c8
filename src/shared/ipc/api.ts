import { errorFacts, errorFromFacts } from '../model/errors.ts';
import type { DROP, METHODS } from './channels.ts';
import type { Input, Method, Output, Reply } from './contract.ts';
import type { Push, Pushes } from './pushes.ts';

/** `events.page` is `eventsPage` on the page. */
export type FunctionName<M extends string> = M extends `${infer Noun}.${infer Verb}` ? `${Noun}${Capitalize<Verb>}` : M;

/** One listener for all pushes; gets plain data only. */
export type PushListener = <P extends Push>(name: P, payload: Pushes[P]) => void;

/** What the page gives: in the place of a path that was dropped, the File that came with the drop. */
type PageInput<M extends Method> = M extends typeof DROP ? Omit<Input<M>, 'path'> & { readonly file: File } : Input<M>;

interface PushSource {
  /** Answers the function that ends the subscription. */
  onPush(listener: PushListener): () => void;
}

/**
 * `window.tidemark` as the preload script exposes it: one named function a method, frozen. A call never rejects: what
 * went wrong is the Reply. An AbortSignal cannot cross the bridge, so a call may carry a `request` id of the caller's
 * (1 to 64 characters, unique among its calls under way), and `cancel` names it. `openTidemark` hides that.
 */
export type TidemarkBridge = {
  readonly [M in Method as FunctionName<M>]: (
    input: PageInput<M>,
    options?: { readonly request?: string | undefined },
  ) => Promise<Reply<Output<M>>>;
} & PushSource & {
    /** The call of this id answers CANCELLED, if it is a read that is still under way. */
    cancel(request: string): void;
  };

/** The same functions for the page, with AbortSignals. */
export type Tidemark = {
  readonly [M in Method as FunctionName<M>]: (
    input: PageInput<M>,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Promise<Reply<Output<M>>>;
} & PushSource;

/**
 * The bridge with AbortSignals: aborting cancels the read in main and answers CANCELLED. Also turns what the bridge itself
 * throws (an input that cannot be cloned) into a Reply, so that a caller has one kind of failure to handle.
 */
export function openTidemark(bridge: TidemarkBridge): Tidemark {
  type AnyCall = (input: unknown, options?: { readonly request?: string | undefined }) => Promise<Reply<unknown>>;
  const calls = Object.entries(bridge as unknown as Record<string, AnyCall>)
    .filter(([name]) => name !== 'onPush' && name !== 'cancel')
    .map(([name, call]) => [name, withSignal(call, bridge.cancel)] as const);
  return Object.freeze({ ...Object.fromEntries(calls), onPush: bridge.onPush }) as unknown as Tidemark;
}

function withSignal(
  call: (input: unknown, options?: { readonly request?: string | undefined }) => Promise<Reply<unknown>>,
  cancel: TidemarkBridge['cancel'],
): (input: unknown, options?: { readonly signal?: AbortSignal | undefined }) => Promise<Reply<unknown>> {
  return async (input, options = {}) => {
    const { signal } = options;
    if (signal?.aborted) return CANCELLED;
    const request = crypto.randomUUID();
    const abort = (): void => cancel(request);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await call(input, { request });
    } catch (error) {
      return { ok: false, error: errorFacts(error) };
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  };
}

const CANCELLED: Reply<never> = { ok: false, error: { code: 'CANCELLED', message: 'The call was cancelled.', details: {} } };

/** The value of a reply. @throws EventStoreError with the reply's facts. */
export function replyValue<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw errorFromFacts(reply.error);
}

/** Fails to compile where METHODS and the contract differ. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const _everyMethodIsNamed: Same<(typeof METHODS)[number], Method> = true;
void _everyMethodIsNamed;
