import { z } from 'zod';
import type { ErrorFacts } from '../../model/errors.ts';
import type { BisectAnswer, FailingPart, FoldFault, FoldProgress } from '../../model/fold.ts';
import type { JsonChange } from '../../model/json-diff.ts';
import type { EventRow } from './events.ts';
import { textOf } from './text-of.ts';

/** The longest fold that a window takes, in UTF-16 units: one message carries it whole. */
export const MAX_FOLD_CHARS = 100 * 1024;
export const MAX_FOLD_NAME_CHARS = 200;
/** States are cut to this many UTF-16 units in an answer; `fold.stateText` gives the rest. */
export const STATE_CHARS = 24 * 1024;
/** Changes laid over one scratch history. */
export const MAX_SCRATCH_CHANGES = 1000;

/** A fold over a topic, or over a scratch history beside it. */
const id = z.string().min(1).max(64);
const source = textOf(MAX_FOLD_CHARS);
const version = z.int().min(1);
const from = z.int().min(0);

const scratchEvent = z.strictObject({
  type: z.string().max(65_536),
  data: z.string().max(4 * 1024 * 1024),
  metadata: z.string().max(4 * 1024 * 1024),
  /** Nanoseconds since the Unix epoch. */
  timestamp: z
    .bigint()
    .min(-(2n ** 63n))
    .max(2n ** 63n - 1n),
});

const scratchChange = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('skip'), position: version }),
  z.strictObject({ kind: z.literal('edit'), position: version, event: scratchEvent }),
  z.strictObject({ kind: z.literal('insert'), position: version, event: scratchEvent }),
  z.strictObject({ kind: z.literal('move'), position: version, to: version }),
]);

export const foldsInputs = {
  /**
   * Opens a fold over a topic and begins to fold. A window has one: what it had open before is closed, its what-if too.
   * `time` is the milliseconds that one call of the fold may take. FOLD_FAILED where the text is no fold, with line and column.
   */
  'fold.open': z.strictObject({ topic: z.string().max(4096), source, time: z.int().min(1).max(60_000).optional() }),
  /** The methods that take an `id` answer INVALID_INPUT with `closed: true` once that fold is closed. */
  'fold.progress': z.strictObject({ id }),
  /** Ends what the fold is at, also a bisect. */
  'fold.stop': z.strictObject({ id }),
  /** Folds on, also when the topic has grown. Answers at once; `fold.progress` tells how it goes. */
  'fold.resume': z.strictObject({ id }),
  /** Closing what is closed is nothing. */
  'fold.close': z.strictObject({ id }),
  /** An event and what it did to the state. `version` 0: the state before the first event. */
  'fold.around': z.strictObject({ id, version: from }),
  /** More of the state after a version: UTF-16 units from `offset`. */
  'fold.stateText': z.strictObject({ id, version: from, offset: from }),
  /**
   * Where on the line of versions events fail, cannot be read, or the state cannot be shown from on: of so many equal parts of it
   * those in which there is one, each with the first such version in it and how many there are.
   */
  'fold.failing': z.strictObject({ id, parts: z.int().min(1).max(1000) }),
  'fold.nextFailing': z.strictObject({ id, after: from }),
  'fold.previousFailing': z.strictObject({ id, before: version }),
  'fold.bisect': z.strictObject({ id, condition: z.string().max(10_000), monotone: z.boolean() }),

  /**
   * Opens a scratch copy of the history of a fold over a topic, with changes laid over it in their order, and folds it. The
   * fold has one: what it had before is closed. Its `id` is good for every method of `fold`; positions are its versions.
   */
  'whatIf.open': z.strictObject({ fold: id, changes: z.array(scratchChange).max(MAX_SCRATCH_CHANGES) }),
  /** What was folded behind the change is forgotten, and folded again. */
  'whatIf.change': z.strictObject({ id, change: scratchChange }),
  'whatIf.rows': z.strictObject({ id, after: from, limit: z.int().min(1).max(200) }),
  /**
   * The states after a position and after a version of the topic, without one the version that it corresponds to; null: after
   * the last event of either history.
   */
  'whatIf.compare': z.strictObject({ id, position: from.nullable(), version: from.optional() }),
  /** The added events as NDJSON of type, data and metadata, for the append editor: UTF-16 units from `offset`. */
  'whatIf.added': z.strictObject({ id, offset: from }),
} as const;

export interface FoldsOutputs {
  'fold.open': { readonly id: string };
  'fold.progress': FoldState;
  'fold.stop': null;
  'fold.resume': null;
  'fold.close': null;
  'fold.around': FoldAround;
  'fold.stateText': { readonly text: string; readonly total: number };
  'fold.failing': { readonly marks: readonly FailingPart[] };
  'fold.nextFailing': { readonly version: number | null };
  'fold.previousFailing': { readonly version: number | null };
  'fold.bisect': BisectAnswer;
  'whatIf.open': { readonly id: string };
  'whatIf.change': null;
  'whatIf.rows': { readonly rows: readonly ScratchRowShown[]; readonly total: number };
  'whatIf.compare': ComparisonShown;
  'whatIf.added': { readonly text: string; readonly total: number; readonly events: number };
}

/** How a fold stands. `failure` is why the last run ended before its end: the topic is gone, or cannot be read. */
export interface FoldState extends FoldProgress {
  readonly failure: ErrorFacts | null;
}

/** A text that may be cut; `total` are the UTF-16 units of the whole. */
export interface CutText {
  readonly text: string;
  readonly total: number;
}

/** One place in which two states differ. Paths and values are cut for the eye. */
export interface FoldChange {
  readonly path: string;
  readonly kind: JsonChange['kind'];
  readonly before: CutText | null;
  readonly after: CutText | null;
}

interface Changes {
  readonly changes: readonly FoldChange[];
  /** There are more changes than these. */
  readonly isCut: boolean;
}

export interface FoldAround extends Changes {
  readonly version: number;
  /** Null where the topic has none of this version, or none that can be read. */
  readonly event: EventRow | null;
  /** States are null where they cannot be shown, the one before also for version 0. */
  readonly before: CutText | null;
  readonly after: CutText | null;
  readonly fault: FoldFault | null;
  /** Where the state cannot be shown: the last version up to it from which on that was found. */
  readonly unshownSince: number | null;
}

export interface ScratchRowShown {
  readonly position: number;
  /** The version of the topic that it is, or was made of; null for an added one. */
  readonly origin: number | null;
  readonly isEdited: boolean;
  readonly event: EventRow | null;
}

export interface ComparedState {
  readonly state: CutText | null;
  readonly fault: FoldFault | null;
}

export interface ComparisonShown extends Changes {
  readonly position: number;
  readonly version: number;
  readonly scratch: ComparedState;
  readonly topic: ComparedState;
}
