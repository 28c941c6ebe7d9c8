import type { StoredEvent } from './event.ts';
import type { JsonChange } from './json-diff.ts';
import type { JsonText } from './json-text.ts';

/** Why a fold could not be loaded, or could not take an event. */
export interface FoldFault {
  /**
   * load: the text is no fold (syntax, exports, what runs while it loads). throw: it threw. state: what it returned cannot be
   * kept as JSON. time, memory, stack: it was stopped at a limit. event: the event cannot be read, or not be given to a fold.
   */
  readonly kind: 'load' | 'throw' | 'state' | 'time' | 'memory' | 'stack' | 'event';
  /** In sentences, for a person. */
  readonly reason: string;
  /** Where in the fold's text, from 1; null where that is not known. */
  readonly line: number | null;
  readonly column: number | null;
  /** A JSON pointer into the state: what cannot be kept. */
  readonly path?: string;
}

export interface FoldProgress {
  /**
   * idle: nothing was folded yet. done: folded to the end of the topic as it was then. stopped: as asked. halted: the last
   * events all ran into a limit, so the rest was not tried. Folding can go on from each of them.
   */
  readonly status: 'idle' | 'folding' | 'done' | 'stopped' | 'halted';
  /** The version folded to: states up to it can be shown. */
  readonly folded: number;
  /** The topic's latest version, as far as it is known. */
  readonly total: number;
  /** While it folded; 0 before that. */
  readonly eventsPerSecond: number;
  /** How many events the fold could not take, unreadable ones among them. */
  readonly failing: number;
  /** How often it was found that from a version on the state cannot be shown. */
  readonly unshown: number;
  /** It keeps something outside of its state, so its states depend on what was folded before: not to be relied on. */
  readonly isImpure: boolean;
}

/** A part of a topic in which events fail. */
export interface FailingPart {
  /** The first of them. */
  readonly version: number;
  readonly count: number;
}

/** A state as it was after a version; after a failing event it is the state before it. */
export interface FoldedState {
  readonly version: number;
  /** Null where the state cannot be shown; then `fault` says why. */
  readonly state: JsonText | null;
  /** Why the event of this version failed. */
  readonly fault: FoldFault | null;
}

/** One event and what it did to the state. */
export interface FoldStep {
  readonly version: number;
  /** Null where there is none of this version, or none that can be read. */
  readonly event: StoredEvent | null;
  readonly before: JsonText | null;
  readonly after: JsonText | null;
  readonly changes: readonly JsonChange[];
  /** There are more changes than these. */
  readonly isCut: boolean;
  readonly fault: FoldFault | null;
}

export interface BisectAnswer {
  /** The first version after which the condition holds, 0 if it does before the first event; null: after none. */
  readonly version: number | null;
  /** scan: the condition was asked after every event. search: by halves, which is right only if it stays true once it is. */
  readonly method: 'scan' | 'search';
  /** How often the condition was asked. */
  readonly asked: number;
  /** How often it threw, which counts as not holding, and what it threw first. */
  readonly threw: number;
  readonly firstThrown: FoldFault | null;
}

/** An event as it is thought up for a what-if. */
export interface ScratchEvent {
  readonly type: string;
  readonly data: JsonText;
  readonly metadata: JsonText;
  /** Nanoseconds since the Unix epoch. */
  readonly timestamp: bigint;
}

/** One change of a scratch history. Positions are versions of the scratch history as it is before this change. */
export type ScratchChange =
  | { readonly kind: 'skip'; readonly position: number }
  | { readonly kind: 'edit'; readonly position: number; readonly event: ScratchEvent }
  /** Before the event at `position`; one behind the last puts it at the end. */
  | { readonly kind: 'insert'; readonly position: number; readonly event: ScratchEvent }
  /** The event at `position` comes to stand at `to`. */
  | { readonly kind: 'move'; readonly position: number; readonly to: number };

/** One event of a scratch history. */
export interface ScratchRow {
  readonly position: number;
  /** The version of the topic that it is, or was made of; null for an added one. */
  readonly origin: number | null;
  readonly isEdited: boolean;
  /** Null where the topic has no readable event of that version. */
  readonly event: StoredEvent | null;
}

/** The states after one place of a scratch history and after the place of the topic that it corresponds to. */
export interface Comparison {
  readonly position: number;
  readonly version: number;
  readonly scratch: FoldedState;
  readonly topic: FoldedState;
  /** From the topic's state to the scratch one. */
  readonly changes: readonly JsonChange[];
  readonly isCut: boolean;
}
