import { z } from 'zod';
import type { DamagedVersion } from '../../model/event.ts';
import type { EventRow } from './events.ts';

/** Nanoseconds since the Unix epoch: any int64, and the one after the last, where an end is exclusive. */
const nanoseconds = z
  .bigint()
  .min(-(2n ** 63n))
  .max(2n ** 63n);

const topicName = z.string().max(4096);
const versionOf = z.int().min(1);

/** Which events of a topic: `types` null for all of them, [] for none; `from` inclusive, `to` exclusive, null without end. */
const eventFilter = z.strictObject({
  types: z.array(z.string().max(4096)).max(500).nullable(),
  from: nanoseconds.nullable(),
  to: nanoseconds.nullable(),
});

const order = z.enum(['newest', 'oldest']);

export const surveyInputs = {
  /**
   * Answers over whole topics. Each call works for about 200 ms at most and answers what is known so far; while
   * `progress.done` is false, asking again goes on, and not asking stops.
   */
  'survey.overview': z.strictObject({
    topic: topicName,
    filter: eventFilter,
    buckets: z.int().min(1).max(400),
    /** What the histogram covers, `to` exclusive; null: from the earliest event or a little before to the latest or a little behind. */
    range: z.strictObject({ from: nanoseconds, to: nanoseconds }).nullable(),
  }),
  /** The rows at places `offset` and following of the filtered list, 0 the first in `order`. */
  'survey.rows': z.strictObject({
    topic: topicName,
    filter: eventFilter,
    order,
    offset: z.int().min(0),
    limit: z.int().min(1).max(200),
  }),
  /** The place of the first event of the filtered list that is at `version` or behind it in `order`. */
  'survey.placeOf': z.strictObject({ topic: topicName, filter: eventFilter, order, version: z.int().min(0) }),
  /** The first version at or after a time; times need not ascend. */
  'survey.atTime': z.strictObject({ topic: topicName, time: nanoseconds }),
  /** What belongs to an event through correlation, or else through causation, in every topic. */
  'survey.related': z.strictObject({ topic: topicName, version: versionOf }),
  /** An event by its id, in one topic or in all. */
  'survey.find': z.strictObject({ id: z.string().min(1).max(65_536), topic: topicName.optional() }),
} as const;

export interface SurveyOutputs {
  'survey.overview': TopicOverview;
  'survey.rows': {
    readonly progress: SurveyProgress;
    /** Events of the whole filtered list. */
    readonly matching: number;
    readonly rows: readonly EventRow[];
    readonly damaged: readonly DamagedVersion[];
    /** The versions at these places, in order; one that has neither a row nor damage vanished since. */
    readonly versions: readonly number[];
  };
  /** `index` is the length of the list where no event is at the version or behind it. */
  'survey.placeOf': { readonly progress: SurveyProgress; readonly index: number };
  /** `version` null: none so far, and none at all once `progress.done`. */
  'survey.atTime': { readonly progress: SurveyProgress; readonly version: number | null };
  'survey.related': RelatedPicture;
  'survey.find': {
    readonly progress: SurveyProgress;
    readonly found: { readonly topic: string; readonly version: number } | null;
    readonly unreachable: readonly string[];
  };
}

/** How far an answer has come, in versions looked at. */
export interface SurveyProgress {
  readonly scanned: number;
  readonly total: number;
  /** The answer is whole. */
  readonly done: boolean;
}

export interface TypeCount {
  readonly type: string;
  readonly count: number;
}

/** The most frequent types first, at most 500 of them, names not cut; `otherTypes` sums up the rest. */
export interface TypeCounts {
  readonly types: readonly TypeCount[];
  readonly otherTypes: { readonly types: number; readonly count: number };
}

export interface TopicOverview extends TypeCounts {
  readonly progress: SurveyProgress;
  /** Readable events of the topic. */
  readonly events: number;
  readonly damaged: number;
  /** Timestamps of the earliest and the latest event, or where not `exact` bounds of them; null where there is none. */
  readonly times: { readonly earliest: bigint; readonly latest: bigint; readonly exact: boolean } | null;
  /** Events that the filter lets through. Damaged versions have no type and no time: no filter does. */
  readonly matching: number;
  readonly matchingTypes: TypeCounts;
  /** Null where there is no range to cover. */
  readonly histogram: TimeHistogram | null;
}

/** Bucket n counts the events from `from + n * step` on, before the next; those beyond the range asked for are in none. */
export interface TimeHistogram {
  readonly from: bigint;
  readonly step: bigint;
  readonly counts: readonly number[];
  readonly matchingCounts: readonly number[];
}

/** An event among those it belongs to. Ids longer than a row shows are cut, the same text to the same. */
export interface RelatedEvent {
  readonly topic: string;
  readonly version: number;
  readonly id: string;
  readonly type: string;
  readonly timestamp: bigint;
  readonly causationId: string | null;
  readonly correlationId: string | null;
}

export interface RelatedPicture {
  readonly progress: SurveyProgress;
  /** What the events have in common; null where the event names none and causation was followed instead. */
  readonly correlationId: string | null;
  /** By time, the event itself among them; at most 500. */
  readonly events: readonly RelatedEvent[];
  /** There are more than are given here. */
  readonly truncated: boolean;
  /** Topics that could not be looked through. */
  readonly unreachable: readonly string[];
}
