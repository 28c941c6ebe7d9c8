import { z } from 'zod';
import { CANCEL, INVOKE } from '../../shared/ipc/channels.ts';
import { inputs, type Answer, type Message, type Method } from '../../shared/ipc/contract.ts';
import { withLongTexts, withoutLongTexts } from '../../shared/ipc/long-texts.ts';
import { errorFacts, EventStoreError, isEventStoreError, type ErrorFacts } from '../../shared/model/errors.ts';
import type { Logger } from '../../shared/model/logger.ts';
import type { Handlers } from './handlers.ts';
import type { LongTexts } from './long-texts.ts';
import { isOurFrame, type CallEvent } from './sender.ts';
import type { Workspace } from './workspace.ts';

/** The part of Electron's ipcMain that is used; tests give an in-memory one. */
export interface IpcHost {
  handle(channel: string, listener: (event: CallEvent, ...args: unknown[]) => Promise<unknown>): unknown;
  on(channel: string, listener: (event: CallEvent, ...args: unknown[]) => void): unknown;
}

export interface RouterOptions {
  readonly host: IpcHost;
  /** The one origin whose pages may call, as `app://tidemark`. */
  readonly origin: string;
  /** The workspace of a window by the id of its web contents; undefined for any other. */
  readonly find: (senderId: number) => Workspace | undefined;
  readonly handlers: Handlers;
  readonly texts: LongTexts;
  readonly logger: Logger;
  /** A read took longer than 40 ms. */
  readonly slow?: (method: Method, ms: number) => void;
  /** Calls under way at once, of all windows; one more is refused as busy. */
  readonly maxInFlight?: number;
}

export interface Router {
  /** Counters for tests and for the log. */
  readonly counts: { readonly inFlight: number; readonly refused: number };
}

const MAX_IN_FLIGHT = 1000;
const SLOW_MS = 40;

/** Answers CANCELLED at once; a write is never answered so, since it may have happened. */
const READS: ReadonlySet<Method> = new Set([
  'stores.status',
  'topics.list',
  'topics.count',
  'events.page',
  'events.get',
  'events.text',
  'events.copy',
  'health.get',
  'survey.overview',
  'survey.rows',
  'survey.placeOf',
  'survey.atTime',
  'survey.related',
  'survey.find',
  'health.report',
  'drafts.list',
  'drafts.load',
  'topics.get',
  'topics.summaries',
  'topics.check',
  'topics.trash',
  'topics.history',
  'fold.open',
  'fold.progress',
  'fold.around',
  'fold.stateText',
  'fold.failing',
  'fold.nextFailing',
  'fold.previousFailing',
  'whatIf.open',
  'whatIf.rows',
  'whatIf.compare',
  'whatIf.added',
  'savedFolds.list',
  'savedFolds.load',
  'savedFolds.draft',
  'replay.changes',
  'replay.catalogue',
  'replay.compare',
  'replay.patch',
  'replay.plan',
]);

/** Only hand long texts on, and take them in parts. */
const COURIERS: ReadonlySet<string> = new Set<Method>(['drafts.save']);

const path = z.array(z.union([z.string().max(64), z.int().min(0)])).max(8);
const message = z.strictObject({
  method: z.string().max(64),
  request: z.string().min(1).max(64),
  input: z.unknown(),
  texts: z
    .array(z.strictObject({ path, chars: z.int().min(1) }))
    .min(1)
    .max(10_000)
    .optional(),
});

/**
 * The one way from a window into main: sender, shape, handler, Reply. Never rejects and never answers a stack.
 * Whatever is refused has changed nothing.
 */
export function serveCalls({
  host,
  origin,
  find,
  handlers,
  texts,
  logger,
  slow = () => {},
  maxInFlight = MAX_IN_FLIGHT,
}: RouterOptions): Router {
  const underWay = new Map<string, AbortController>();
  const counts = { inFlight: 0, refused: 0 };

  function caller(event: CallEvent): Workspace | undefined {
    const workspace = isOurFrame(event, origin) ? find(event.sender.id) : undefined;
    if (!workspace) {
      counts.refused++;
      logger.warn('A call from a frame that is not ours was refused.', { refused: counts.refused });
    }
    return workspace;
  }

  async function answer(event: CallEvent, args: readonly unknown[]): Promise<Answer> {
    const workspace = caller(event);
    if (!workspace) throw new EventStoreError('INVALID_INPUT', 'Only the page of a Tidemark window may call.');
    if (args.length !== 1) throw new EventStoreError('INVALID_INPUT', 'A call is one message.');
    const call = parse(message, args[0], 'message');
    const { method, request } = call;
    if (!isMethod(method)) throw new EventStoreError('INVALID_INPUT', 'There is no such method.', { field: 'method' });
    const parsed = parse(inputs[method] as unknown as z.ZodType<never>, whole(workspace, call), method);
    if (counts.inFlight >= maxInFlight) {
      throw new EventStoreError('INVALID_INPUT', 'Tidemark is busy: too many calls are under way. Try again in a moment.', { busy: true });
    }
    const key = `${event.sender.id} ${request}`;
    if (underWay.has(key)) throw new EventStoreError('INVALID_INPUT', 'A call of this id is already under way.', { field: 'request' });

    const controller = new AbortController();
    underWay.set(key, controller);
    counts.inFlight++;
    const started = performance.now();
    const done = (async () => handlers[method](parsed, { workspace, signal: controller.signal }))().finally(() => {
      underWay.delete(key);
      counts.inFlight--;
      const ms = Math.round(performance.now() - started);
      if (ms <= SLOW_MS || !READS.has(method)) return;
      logger.info('A slow call.', { method, ms });
      slow(method, ms);
    });
    const { value, places, text } = withoutLongTexts<unknown>(READS.has(method) ? await orCancelled(done, controller.signal) : await done);
    if (places.length === 0) return { ok: true, value };
    texts.lay(workspace, request, text);
    return { ok: true, value, texts: places };
  }

  /** The input with the texts that came before it. */
  function whole(workspace: Workspace, { method, request, input, texts: places }: Message): unknown {
    if (!places) return input;
    const came = texts.take(workspace, request, places).map((text) => (COURIERS.has(method) ? text : text.whole()));
    try {
      return withLongTexts(input, places, came);
    } catch {
      throw new EventStoreError('INVALID_INPUT', 'A text of this call has no place in it.', { field: 'texts' });
    }
  }

  host.handle(INVOKE, async (event, ...args): Promise<Answer> => {
    try {
      return await answer(event, args);
    } catch (error) {
      if (!isEventStoreError(error)) logger.error('A call failed in a way that has no code.', { error: String(error) });
      return { ok: false, error: plainFacts(error) };
    }
  });

  host.on(CANCEL, (event, ...args) => {
    const workspace = caller(event);
    const [request] = args;
    if (!workspace || typeof request !== 'string') return;
    underWay.get(`${event.sender.id} ${request}`)?.abort();
    texts.forget(workspace, request);
  });

  return { counts };
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(inputs, name);
}

/** @throws EventStoreError INVALID_INPUT with the first field that is wrong. */
function parse<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.map(String).join('.').slice(0, 200) || what;
  throw new EventStoreError('INVALID_INPUT', `${field}: ${(issue?.message ?? 'not valid').slice(0, 300)}`, { field });
}

async function orCancelled<T>(done: Promise<T>, signal: AbortSignal): Promise<T> {
  const cancelled = Promise.withResolvers<never>();
  const abort = (): void => cancelled.reject(new EventStoreError('CANCELLED', 'The call was cancelled.'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([done, cancelled.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Facts that cross the process: details that cannot be cloned are left out rather than losing the whole answer. */
function plainFacts(error: unknown): ErrorFacts {
  const facts = errorFacts(error);
  try {
    return { code: facts.code, message: facts.message, details: structuredClone(facts.details) };
  } catch {
    return { code: facts.code, message: facts.message, details: {} };
  }
}
