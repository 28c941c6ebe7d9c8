import { errorFacts, errorFromFacts, EventStoreError } from '../model/errors.ts';
import type { DROP, METHODS } from './channels.ts';
import type { Answer, Input, Message, Method, Output, Reply } from './contract.ts';
import { TextParts } from '../model/text-parts.ts';
import { partOffsets, partsOf, textsOf, withLongTexts, withoutLongTexts, type TextPlace } from './long-texts.ts';
import type { Push, Pushes } from './pushes.ts';

/** What `functionName` makes of a method. */
export type FunctionName<M extends string> = M extends `${infer Noun}.${infer Verb}` ? `${Noun}${Capitalize<Verb>}` : M;

/** One listener for all pushes; gets plain data only. */
export type PushListener = <P extends Push>(name: P, payload: Pushes[P]) => void;

/** What the page gives: in the place of a path that was dropped, the File that came with the drop. */
type PageInput<M extends Method> = M extends typeof DROP ? Omit<Input<M>, 'path'> & { readonly file: File } : Input<M>;

interface PushSource {
  /** Answers the function that ends the subscription. */
  onPush(listener: PushListener): () => void;
}

/** How a call is known, and which of its texts were sent before it. */
export type CallOptions = Partial<Pick<Message, 'request' | 'texts'>>;

/**
 * `window.tidemark` as the preload script exposes it: one named function a method, frozen. A call never rejects: what
 * went wrong is the Reply. An AbortSignal cannot cross the bridge, so a call may carry a `request` id of the caller's
 * (1 to 64 characters, unique among its calls under way), and `cancel` names it. `openTidemark` hides that.
 */
export type TidemarkBridge = {
  readonly [M in Method as FunctionName<M>]: (input: PageInput<M>, options?: CallOptions) => Promise<Reply<Output<M>>>;
} & PushSource & {
    /** The call of this id answers CANCELLED, if it is a read that is still under way; its texts, sent or laid ready, are forgotten. */
    cancel(request: string): void;
  };

/** The same functions for the page, with AbortSignals. */
export type Tidemark = {
  readonly [M in Method as FunctionName<M>]: (
    input: PageInput<M>,
    options?: { readonly signal?: AbortSignal | undefined },
  ) => Promise<Reply<Output<M>>>;
} & PushSource;

/** Parts of a long text that are under way at the same time. */
const AT_ONCE = 4;

type Part = Omit<Input<'texts.send'>, 'of'>;

export interface TidemarkOptions {
  /** The page is about to be gone: parts of texts are then sent without waiting for one another. */
  readonly isLeaving?: () => boolean;
}

/**
 * The bridge with AbortSignals: aborting cancels the read in main, or the sending of long texts, and answers CANCELLED. Long
 * texts cross in parts, so that no message is longer than 256 KiB. Also turns what the bridge itself throws (an input that
 * cannot be cloned) into a Reply, so that a caller has one kind of failure to handle.
 */
export function openTidemark(bridge: TidemarkBridge, { isLeaving = () => false }: TidemarkOptions = {}): Tidemark {
  type AnyCall = (input: unknown, options?: CallOptions) => Promise<Answer>;

  /** A few parts are under way at once, so that neither side waits for the other and others have their turn between. */
  async function inTurn<P, T>(parts: Iterable<P>, ask: (part: P) => Promise<Reply<T>>, signal: AbortSignal | undefined): Promise<T[]> {
    const underWay: Promise<Reply<T>>[] = [];
    const values: T[] = [];
    const settle = async (most: number): Promise<void> => {
      while (underWay.length > most) {
        const oldest = underWay.shift();
        if (oldest) values.push(replyValue(await oldest));
        if (signal?.aborted) throw cancelled();
      }
    };
    for (const part of parts) {
      if (signal?.aborted) throw cancelled();
      underWay.push(ask(part));
      await settle(AT_ONCE - 1);
    }
    await settle(0);
    return values;
  }

  async function readTexts(of: string, places: readonly TextPlace[], signal: AbortSignal | undefined): Promise<string[]> {
    const offsets = partOffsets(places.reduce((sum, { chars }) => sum + chars, 0));
    const parts = await inTurn(offsets, (offset) => bridge.textsMore({ of, offset }), signal);
    return textsOf(new TextParts(parts.map(({ part }) => part)), places).map((text) => text.whole());
  }

  const withTexts =
    (call: AnyCall) =>
    async (input: unknown, { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<Reply<unknown>> => {
      if (signal?.aborted) return CANCELLED;
      const request = crypto.randomUUID();
      // What was sent so far, or is laid ready, is given up with the call.
      const abort = (): void => bridge.cancel(request);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const { value, places, text } = withoutLongTexts(input);
        const send = (at: Part): Promise<Reply<null>> => bridge.textsSend({ of: request, ...at });
        // What is sent before the page is gone arrives, and nothing of it runs any more once it has waited.
        if (isLeaving()) for (const at of partsOf(text)) void send(at);
        else if (places.length > 0) await inTurn(partsOf(text), send, signal);
        const answer = await call(value, { request, ...(places.length > 0 ? { texts: places } : {}) });
        if (!answer.ok || !answer.texts) return answer;
        return { ok: true, value: withLongTexts(answer.value, answer.texts, await readTexts(request, answer.texts, signal)) };
      } catch (error) {
        abort();
        return { ok: false, error: errorFacts(error) };
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    };

  const calls = Object.entries(bridge as unknown as Record<string, AnyCall>)
    .filter(([name]) => name !== 'onPush' && name !== 'cancel')
    .map(([name, call]) => [name, withTexts(call)] as const);
  return Object.freeze({ ...Object.fromEntries(calls), onPush: bridge.onPush }) as unknown as Tidemark;
}

const cancelled = (): EventStoreError => new EventStoreError('CANCELLED', 'The call was cancelled.', {});
const CANCELLED: Reply<never> = { ok: false, error: errorFacts(cancelled()) };

/** The value of a reply. @throws EventStoreError with the reply's facts. */
export function replyValue<T>(reply: Reply<T>): T {
  if (reply.ok) return reply.value;
  throw errorFromFacts(reply.error);
}

/** Fails to compile where METHODS and the contract differ. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
const _everyMethodIsNamed: Same<(typeof METHODS)[number], Method> = true;
void _everyMethodIsNamed;
