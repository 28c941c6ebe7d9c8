import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { RelatedPicture } from '../../../shared/ipc/contract/survey.ts';
import { errorFacts } from '../../../shared/model/errors.ts';
import { tidemark } from './tidemark.ts';

/** Main works for some 200 ms a call; a moment later it is asked to go on. */
const AGAIN_MS = 20;

/** What belongs to an event, in every topic: what is found so far, asked for on and on until all is looked at or `isStopped`. */
export function useRelated(path: string, topic: string, version: number, isStopped: boolean): UseQueryResult<RelatedPicture> {
  return useQuery({
    queryKey: ['related', path, topic, version],
    queryFn: async ({ signal }) => replyValue(await tidemark.surveyRelated({ topic, version }, { signal })),
    refetchInterval: ({ state }) => (isStopped || state.error || state.data?.progress.done ? false : AGAIN_MS),
    // What others wrote since is looked for whenever the picture is looked at.
    staleTime: 0,
    gcTime: 30_000,
    structuralSharing: false,
  });
}

export interface FoundPlace {
  readonly topic: string;
  readonly version: number;
}

/** What came of a search for an event by its id. */
export interface Search {
  /** 0 to 1 while it goes on. */
  readonly progress: number | null;
  /** Why it has found nothing, in a sentence. */
  readonly trouble: string | null;
  readonly start: (id: string, onFound: (place: FoundPlace) => void) => void;
  readonly stop: () => void;
}

/** Looks for an event by its id through every topic. Leaving the part of the page that asks ends it. */
export function useSearchById(): Search {
  const [progress, setProgress] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  const stop = useCallback(() => {
    controller.current?.abort();
    setProgress(null);
  }, []);
  useEffect(() => () => controller.current?.abort(), []);

  const start = useCallback((id: string, onFound: (place: FoundPlace) => void) => {
    controller.current?.abort();
    const mine = new AbortController();
    controller.current = mine;
    setProgress(0);
    setTrouble(null);
    findEvent(id, mine.signal, setProgress)
      .then(({ found, unreachable }) => {
        if (mine.signal.aborted) return;
        if (found) onFound(found);
        else setTrouble(notFound(unreachable));
      })
      .catch((error: unknown) => {
        if (!mine.signal.aborted) setTrouble(errorFacts(error).message);
      })
      .finally(() => {
        if (!mine.signal.aborted) setProgress(null);
      });
  }, []);
  return { progress, trouble, start, stop };
}

async function findEvent(
  id: string,
  signal: AbortSignal,
  onProgress: (progress: number) => void,
): Promise<{ readonly found: FoundPlace | null; readonly unreachable: readonly string[] }> {
  for (;;) {
    const { found, progress, unreachable } = replyValue(await tidemark.surveyFind({ id }, { signal }));
    if (found || progress.done) return { found, unreachable };
    onProgress(progress.scanned / Math.max(1, progress.total));
    await new Promise((done) => setTimeout(done, AGAIN_MS));
  }
}

function notFound(unreachable: readonly string[]): string {
  if (unreachable.length === 0) return 'No event of this store has this id.';
  const names = unreachable.slice(0, 3).join(', ');
  return `Not found. ${unreachable.length} topics could not be looked through (${names}${unreachable.length > 3 ? ', …' : ''}).`;
}
