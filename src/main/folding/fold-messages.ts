import type { StoredEvent } from '../../shared/model/event.ts';
import type { ErrorFacts } from '../../shared/model/errors.ts';
import type { FoldFault } from '../../shared/model/fold.ts';
import type { JsonDiff } from '../../shared/model/json-diff.ts';
import type { JsonText } from '../../shared/model/json-text.ts';
import type { FoldOptions, PackedState, PassStep } from './engine/pass.ts';
import type { Held, ShownState, Sought, Stretch } from './engine/viewer.ts';

/** What the thread is told when it starts. */
export interface FoldThreadData {
  /** Path of QuickJS as WebAssembly. */
  readonly wasm: string;
  readonly memory: number;
  readonly time: number;
  /** See `CONTROL`. */
  readonly control: SharedArrayBuffer;
}

/** Places in the Int32Array that both sides see. */
export const CONTROL = {
  /** Questions up to this number are to be stopped. */
  stop: 0,
  /** Changes while the thread is alive and at work. */
  beat: 1,
} as const;

export interface FoldRequests {
  /** Must be the first. */
  readonly load: { readonly source: string };
  /** Goes on from where the pass is, which must be `after`, or from a state that is given. */
  readonly fold: {
    readonly after: number;
    readonly from: PackedState | null;
    readonly events: readonly StoredEvent[];
    readonly options: FoldOptions;
  };
  readonly show: { readonly stretch: Stretch; readonly at: readonly number[] };
  /** Long states are compared where they hold nobody up. */
  readonly diff: { readonly before: JsonText; readonly after: JsonText };
  readonly probe: { readonly stretch: Stretch };
  readonly condition: { readonly text: string };
  readonly holds: { readonly from: PackedState; readonly event: StoredEvent | null };
  readonly seek: { readonly stretch: Stretch; readonly expected: Uint8Array | null };
}

export interface FoldAnswers {
  readonly load: { readonly initial: Uint8Array } | { readonly fault: FoldFault };
  /** Null: the pass is not at `after`; a state must be given. */
  readonly fold: (PassStep & { readonly version: number }) | null;
  readonly show: readonly ShownState[] | null;
  readonly diff: JsonDiff;
  readonly probe: FoldFault | 'none' | null;
  readonly condition: FoldFault | null;
  readonly holds: Held | FoldFault | null;
  readonly seek: Sought | FoldFault | null;
}

export type FoldKind = keyof FoldRequests;

export interface FoldQuestion<K extends FoldKind = FoldKind> {
  readonly id: number;
  readonly kind: K;
  readonly request: FoldRequests[K];
}

export type FoldReply = { readonly id: number; readonly value: unknown } | { readonly id: number; readonly error: ErrorFacts };

export type AskFold = <K extends FoldKind>(kind: K, request: FoldRequests[K]) => Promise<FoldAnswers[K]>;
