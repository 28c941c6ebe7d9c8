import { z } from 'zod';
import type { Problem } from '../../model/problem.ts';
import type { OptionPairs, TopicChange } from './topics.ts';

const version = z.int().min(0);
/** Only topics whose name holds this text, be its letters capital or small; empty: all of them. */
const topic = z.string().max(4096);
/** How many were sent before. */
const offset = z.int().min(0);

/** The configuration's own history. Versions are those of the configuration topic; 0 is before its first event. */
export const replayInputs = {
  /** What each configuration event after version `after` changed, oldest first, skipped ones too. */
  'replay.changes': z.strictObject({ after: version, limit: z.int().min(1).max(500) }),
  /** The topics as they were after a version, by name. */
  'replay.catalogue': z.strictObject({ version, topic, offset }),
  /** How the topics after version `b` differ from those after version `a`, which may be the later one. */
  'replay.compare': z.strictObject({ a: version, b: version, topic, offset }),
  /**
   * The same as a JSON Patch (RFC 6902) of an object with the topics by name, each `{ adapter, connection, options }`, whole: UTF-16
   * units of its text from `offset`.
   */
  'replay.patch': z.strictObject({ a: version, b: version, topic, offset }),
  /** What bringing the topics back to how they were after `version` would append. Offset 0 plans anew. */
  'replay.plan': z.strictObject({ version, offset }),
  /**
   * Carries out the plan that was last shown. VERSION_CONFLICT where the configuration is not at `expectedVersion`, where the
   * plan was made, any more.
   */
  'replay.restore': z.strictObject({ version, expectedVersion: version }),
} as const;

export interface ReplayOutputs {
  'replay.changes': ChangePage;
  'replay.catalogue': PastCatalogue;
  'replay.compare': Comparison;
  'replay.patch': { readonly text: string; readonly total: number; readonly operations: number };
  'replay.plan': RestoreReview;
  'replay.restore': { readonly version: number };
}

/** What one configuration event changed. */
export interface ChangeRow extends Omit<TopicChange, 'problem'> {
  readonly topic: string | null;
  /** Its data came from the trash. */
  readonly isRestored: boolean;
  /** Why the event was skipped. */
  readonly problem: Pick<Problem, 'code' | 'reason'> | null;
}

export interface ChangePage {
  readonly changes: readonly ChangeRow[];
  /** Give it as `after` for the next ones; null at the end. */
  readonly next: number | null;
  /** The newest version of the configuration topic. */
  readonly last: number;
}

/** A topic as it was; long texts are cut and end with an ellipsis. */
export interface PastTopic {
  readonly name: string;
  readonly adapter: string;
  readonly connection: string;
  readonly options: OptionPairs;
  /** Options beyond those. */
  readonly more: number;
}

export interface PastCatalogue {
  readonly version: number;
  readonly topics: readonly PastTopic[];
  /** Topics behind these, which did not fit into this message. */
  readonly left: number;
}

export interface TopicDifferenceRow {
  readonly topic: string;
  /** Null: was not there. */
  readonly before: PastTopic | null;
  readonly after: PastTopic | null;
  /** It has the name only: it was deleted and created again in between. */
  readonly isAnother: boolean;
  readonly changed: TopicChange['changed'];
  readonly more: number;
}

export interface Comparison {
  readonly a: number;
  readonly b: number;
  readonly differences: readonly TopicDifferenceRow[];
  /** Differing topics behind these, which did not fit into this message. */
  readonly left: number;
}

/** One event that would be appended. */
export interface RestoreStepRow {
  /** `bring-back`: TopicCreated with the data from the trash; `create`: without events. */
  readonly kind: 'delete' | 'bring-back' | 'create' | 'update';
  readonly topic: string;
  /** The name that the data has in the trash, where that is another one. */
  readonly from: string | null;
  readonly changed: TopicChange['changed'];
  readonly more: number;
}

export interface RestoreReview {
  /** The version to come back to. */
  readonly version: number;
  /** The configuration's version that this was planned at. */
  readonly expectedVersion: number;
  /** Of all of it. */
  readonly steps: { readonly total: number; readonly rows: readonly RestoreStepRow[] };
  /** What stays different and why, in its order; sent behind the steps. */
  readonly notRestored: {
    readonly total: number;
    readonly rows: readonly { readonly topic: string; readonly code: string; readonly reason: string }[];
  };
  /** Give it as `offset` for the rest; null at the end. */
  readonly next: number | null;
}
