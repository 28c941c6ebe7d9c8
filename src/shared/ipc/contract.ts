import type { z } from 'zod';
import type { ErrorFacts } from '../model/errors.ts';
import { appInputs, type AppOutputs } from './contract/app.ts';
import { draftsInputs, type DraftsOutputs } from './contract/drafts.ts';
import { eventsInputs, type EventsOutputs } from './contract/events.ts';
import { foldsInputs, type FoldsOutputs } from './contract/folds.ts';
import { healthInputs, type HealthOutputs } from './contract/health.ts';
import { savedFoldsInputs, type SavedFoldsOutputs } from './contract/saved-folds.ts';
import { replayInputs, type ReplayOutputs } from './contract/replay.ts';
import { storesInputs, type StoresOutputs } from './contract/stores.ts';
import { surveyInputs, type SurveyOutputs } from './contract/survey.ts';
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
} as const;

export type Method = keyof typeof inputs;
export type Input<M extends Method> = z.infer<(typeof inputs)[M]>;

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
    ReplayOutputs {}
export type Output<M extends Method> = Outputs[M];

/** How a call comes back, across every boundary. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ErrorFacts };
