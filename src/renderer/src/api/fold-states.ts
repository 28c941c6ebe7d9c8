import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { CutText, FoldAround } from '../../../shared/ipc/contract/folds.ts';
import { EventStoreError } from '../../../shared/model/errors.ts';
import type { FailingPart } from '../../../shared/model/fold.ts';
import { tidemark } from './tidemark.ts';

let asking: Promise<unknown> = Promise.resolve();

/**
 * One question at a time, and of those that wait only those that are still wanted: scrubbing asks more often than main can
 * answer, and the last question must not wait for all that nobody wants any more.
 */
async function inTurn<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  const mine = asking.then(() => {
    if (signal.aborted) throw new EventStoreError('CANCELLED', 'Nobody waits for it any more.');
    return ask();
  });
  asking = mine.catch(() => {});
  return mine;
}

/** The event of a version with the states before and after it; the one before on the screen until it is there. */
export function useFoldAround(id: string | null, version: number | null): UseQueryResult<FoldAround> {
  return useQuery({
    queryKey: ['fold-around', id, version],
    queryFn: ({ signal }) => inTurn(async () => replyValue(await tidemark.foldAround({ id: id ?? '', version: version ?? 0 })), signal),
    enabled: id !== null && version !== null,
    // Of this fold only: another one's states would pass for its own.
    placeholderData: (last, query) => (query?.queryKey[1] === id ? last : undefined),
    gcTime: 10_000,
  });
}

/** As many as can be told apart on the line. */
const PARTS = 64;

/** Where on the line of versions events fail, however many do. `count` says when to ask again. */
export function useFailingMarks(id: string | null, count: number): readonly FailingPart[] {
  const { data } = useQuery({
    queryKey: ['fold-failing', id, count],
    queryFn: async ({ signal }) => replyValue(await tidemark.foldFailing({ id: id ?? '', parts: PARTS }, { signal })).marks,
    enabled: id !== null && count > 0,
    placeholderData: keepPreviousData,
    gcTime: 10_000,
  });
  return count > 0 ? (data ?? NO_MARKS) : NO_MARKS;
}

const NO_MARKS: readonly FailingPart[] = [];

/** Longer states are loaded when they are asked for. */
const UNASKED = 512 * 1024;

export interface WholeState {
  /** Null until it is whole. */
  readonly text: string | null;
  readonly total: number;
  readonly isLoading: boolean;
  readonly error: unknown;
  readonly load: () => void;
}

/** The state after a version whole: a short one at once, a long one when it is asked for. */
export function useWholeState(id: string | null, version: number, cut: CutText | null): WholeState | null {
  const [wanted, setWanted] = useState<number | null>(null);
  const isWhole = cut !== null && cut.text.length >= cut.total;
  const { data, isFetching, error, refetch } = useQuery({
    queryKey: ['fold-state', id, version],
    queryFn: ({ signal }) => loadState(id ?? '', version, signal),
    enabled: cut !== null && !isWhole && (cut.total <= UNASKED || wanted === version),
    gcTime: 5000,
    structuralSharing: false,
  });
  if (cut === null) return null;
  return {
    text: isWhole ? cut.text : (data ?? null),
    total: cut.total,
    isLoading: isFetching,
    error,
    load: () => (error ? void refetch() : setWanted(version)),
  };
}

async function loadState(id: string, version: number, signal: AbortSignal): Promise<string> {
  const parts: string[] = [];
  for (let offset = 0; ;) {
    const { text, total } = replyValue(await tidemark.foldStateText({ id, version, offset }, { signal }));
    parts.push(text);
    offset += text.length;
    if (text === '' || offset >= total) return parts.join('');
  }
}
