import type { z } from 'zod';
import type { ErrorFacts } from '../model/errors.ts';
import type { TextPlace } from './long-texts.ts';
import { appInputs, type AppOutputs } from './contract/app.ts';
import { draftsInputs, type DraftsOutputs } from './contract/drafts.ts';
import { eventsInputs, type EventsOutputs } from './contract/events.ts';
import { foldsInputs, type FoldsOutputs } from './contract/folds.ts';
import { healthInputs, type HealthOutputs } from './contract/health.ts';
import { savedFoldsInputs, type SavedFoldsOutputs } from './contract/saved-folds.ts';
import { replayInputs, type ReplayOutputs } from './contract/replay.ts';
import { storesInputs, type StoresOutputs } from './contract/stores.ts';
import { surveyInputs, type SurveyOutputs } from './contract/survey.ts';
import { textsInputs, type TextsOutputs } from './contract/texts.ts';
import { topicsInputs, type TopicsOutputs } from './contract/topics.ts';

/**
 * Every method the window may call: what goes in (checked by zod in main) and what comes out (typed here), one file an
 * area in `contract/`. Names are `noun.verb`. Adding an entry makes the compiler ask for its handler and its name in METHODS.
 */
export const inputs = {
  ...appInputs,
  ...storesInputs,
  ...topicsInputs,
  ...eventsInputs,
  ...draftsInputs,
  ...healthInputs,
  ...surveyInputs,
  ...foldsInputs,
  ...savedFoldsInputs,
  ...replayInputs,
  ...textsInputs,
} as const;

export type Method = keyof typeof inputs;
/** What the page gives. */
export type Input<M extends Method> = z.input<(typeof inputs)[M]>;
/** What a handler gets of it. */
export type Checked<M extends Method> = z.output<(typeof inputs)[M]>;

/** What each method answers. */
export interface Outputs
  extends
    AppOutputs,
    StoresOutputs,
    TopicsOutputs,
    EventsOutputs,
    DraftsOutputs,
    HealthOutputs,
    SurveyOutputs,
    FoldsOutputs,
    SavedFoldsOutputs,
    ReplayOutputs,
    TextsOutputs {}
export type Output<M extends Method> = Outputs[M];

/** A call as it crosses from the page to main. `texts`: what came before it in parts, by `texts.send`. */
export interface Message {
  readonly method: string;
  /** The caller's own id of this call, 1 to 64 characters. */
  readonly request: string;
  readonly input: unknown;
  readonly texts?: readonly TextPlace[] | undefined;
}

/** How it crosses back. `texts`: what the page must ask for with `texts.more`, under the call's `request`. */
export type Answer = Reply<unknown> & { readonly texts?: readonly TextPlace[] };

/** How a call comes back, across every boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };
