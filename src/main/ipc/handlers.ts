import type { Checked, Method, Output } from '../../shared/ipc/contract.ts';
import { appHandlers, type AppPort } from './handlers/app.ts';
import { draftsHandlers, type DraftsPort } from './handlers/drafts.ts';
import { eventsHandlers } from './handlers/events.ts';
import { foldHandlers, whatIfHandlers } from './handlers/folds.ts';
import { healthHandlers } from './handlers/health.ts';
import { savedFoldsHandlers, type SavedFoldsPort } from './handlers/saved-folds.ts';
import { replayHandlers } from './handlers/replay.ts';
import { storesHandlers, type StoresHandlersOptions } from './handlers/stores.ts';
import { surveyHandlers } from './handlers/survey.ts';
import { textsHandlers } from './handlers/texts.ts';
import { topicsHandlers } from './handlers/topics.ts';
import type { LongTexts } from './long-texts.ts';
import type { TextParts } from '../../shared/model/text-parts.ts';
import type { SlowSpots } from './slow-spots.ts';
import type { Workspace } from './workspace.ts';

/** Who calls, and whether they still want the answer. */
export interface Call {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

export type Handler<M extends Method> = (input: Checked<M>, call: Call) => Promise<Handed<Output<M>>>;

/** An answer in which a text may still be in the parts in which it was read. */
export type Handed<T> = T extends object ? T | { readonly [K in keyof T]: string extends T[K] ? T[K] | TextParts : T[K] } : T;
export type Handlers = { readonly [M in Method]: Handler<M> };

/** The handlers whose methods begin with `Area`, as `topics`. */
export type AreaHandlers<Area extends string> = { readonly [M in Extract<Method, `${Area}.${string}`>]: Handler<M> };

export interface HandlersOptions extends StoresHandlersOptions {
  readonly app: AppPort;
  readonly slowSpots: SlowSpots;
  readonly drafts: DraftsPort;
  readonly savedFolds: SavedFoldsPort;
  /** The same as the router's. */
  readonly texts: LongTexts;
}

export function createHandlers(options: HandlersOptions): Handlers {
  const { app, slowSpots, drafts, savedFolds, texts } = options;
  return {
    ...appHandlers(app),
    ...storesHandlers(options),
    ...topicsHandlers,
    ...eventsHandlers(app),
    ...draftsHandlers(drafts),
    ...healthHandlers({ app, slowSpots }),
    ...surveyHandlers(),
    ...foldHandlers,
    ...whatIfHandlers,
    ...savedFoldsHandlers(savedFolds),
    ...replayHandlers(),
    ...textsHandlers(texts),
  };
}
