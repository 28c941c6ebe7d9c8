import type { Input, Method, Output } from '../../shared/ipc/contract.ts';
import { appHandlers, type AppPort } from './handlers/app.ts';
import { eventsHandlers } from './handlers/events.ts';
import { healthHandlers } from './handlers/health.ts';
import { storesHandlers } from './handlers/stores.ts';
import { surveyHandlers } from './handlers/survey.ts';
import { topicsHandlers } from './handlers/topics.ts';
import type { Workspace } from './workspace.ts';
import type { Workspaces } from './workspaces.ts';

/** Who calls, and whether they still want the answer. */
export interface Call {
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

export type Handler<M extends Method> = (input: Input<M>, call: Call) => Promise<Output<M>>;
export type Handlers = { readonly [M in Method]: Handler<M> };

/** The handlers whose methods begin with `Area`, as `topics`. */
export type AreaHandlers<Area extends string> = { readonly [M in Extract<Method, `${Area}.${string}`>]: Handler<M> };

export function createHandlers(workspaces: Workspaces, app: AppPort): Handlers {
  return {
    ...appHandlers(app),
    ...storesHandlers(workspaces),
    ...topicsHandlers,
    ...eventsHandlers(),
    ...healthHandlers,
    ...surveyHandlers(),
  };
}
