import type { Comparison, FoldProgress, ScratchChange, ScratchEvent, ScratchRow } from '../../shared/model/fold.ts';
import { openFoldSession, type FoldSession, type FoldSessionOptions } from './fold-session.ts';
import { openScratchHistory } from './scratch-history.ts';

/** A scratch copy of a topic's history, and the same fold over it. Nothing of it is ever written to the store. */
export interface WhatIf {
  /** The fold over the scratch history: progress, states, failing events, bisect. */
  readonly session: FoldSession;
  /** Changes the scratch history; what was folded behind the change is forgotten. @throws EventStoreError INVALID_INPUT */
  readonly change: (change: ScratchChange) => Promise<FoldProgress>;
  readonly rows: (after: number, limit: number) => Promise<readonly ScratchRow[]>;
  /** Both states after a position of the scratch history that is folded, and after a version: without one that it corresponds to. */
  readonly compare: (position: number, version?: number) => Promise<Comparison>;
  /** The states after the last event of either history. */
  readonly compareEnds: () => Promise<Comparison>;
  /** The added events, for the append editor. */
  readonly added: () => readonly ScratchEvent[];
  readonly close: () => Promise<void>;
}

/**
 * Opens a what-if beside a session over a topic, which must be folded as far as it is to be compared. What the two
 * histories have in common is not folded again.
 */
export async function openWhatIf(original: FoldSession, options: Omit<FoldSessionOptions, 'history' | 'known'>): Promise<WhatIf> {
  const history = await openScratchHistory(original.history);
  const known = original.known(Math.min(history.common(), original.progress().folded));
  const session = await openFoldSession({ ...options, history, known });

  const compareAt = async (position: number, version: number): Promise<Comparison> => {
    const [scratch, topic] = await Promise.all([session.stateAt(position), original.stateAt(version)]);
    const { changes, isCut } = await session.diff(topic.state, scratch.state);
    return { position, version, scratch, topic, changes, isCut };
  };

  return {
    session,
    async change(change) {
      await session.rewind(history.change(change));
      return session.progress();
    },
    rows: (after, limit) => history.rows(after, limit),
    compare: (position, version) => compareAt(position, version ?? (position === 0 ? 0 : history.versionAt(position))),
    compareEnds: () => compareAt(session.progress().folded, original.progress().folded),
    added: () => history.added(),
    close: () => session.close(),
  };
}
