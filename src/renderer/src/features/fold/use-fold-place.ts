import { useCallback, useEffect } from 'react';
import type { FoldAround } from '../../../../shared/ipc/contract/folds.ts';
import { forgetNews, showStart, type FoldRun } from '../../api/fold-run.ts';
import { useFoldAround } from '../../api/fold-states.ts';
import { usePlace } from '../../state/place.ts';

export interface FoldPlace {
  /** From 0, before the first event. */
  readonly at: number;
  readonly last: number;
  /** It has been folded to here. */
  readonly isFolded: boolean;
  /** Of `at`, or of where the person was a moment ago. */
  readonly around: FoldAround | null;
  readonly error: unknown;
  readonly move: (to: number) => void;
}

/** Where the person is in a fold: at the version that the cursor is on everywhere, or before the first event. */
export function useFoldPlace(run: FoldRun | null): FoldPlace {
  const version = usePlace((place) => place.version);
  const state = run?.state ?? null;
  const last = state === null ? 0 : Math.max(state.total, state.folded);
  const isAtStart = run?.isAtStart ?? false;
  const at = isAtStart ? 0 : Math.min(version ?? last, last);
  const isFolded = state !== null && at <= state.folded && (at > 0 || isAtStart || last === 0);
  const query = useFoldAround(run?.id ?? null, isFolded ? at : null);

  const move = useCallback((to: number): void => {
    showStart(to === 0);
    if (to > 0) usePlace.getState().select(to);
  }, []);

  // Whoever was at no version is at the last one, and stays there when more come.
  const isEnded = state !== null && state.status !== 'folding' && state.status !== 'idle';
  useEffect(() => {
    if (isEnded && version === null && !isAtStart && last > 0) usePlace.getState().select(last);
  }, [isEnded, version, isAtStart, last]);
  useEffect(() => {
    if (last > 0 && at === last) forgetNews();
  }, [at, last]);

  return { at, last, isFolded, around: query.data ?? null, error: query.error, move };
}
