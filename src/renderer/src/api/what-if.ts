import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { ComparisonShown, CutText, FoldState } from '../../../shared/ipc/contract/folds.ts';
import type { ScratchChange } from '../../../shared/model/fold.ts';
import { tidemark } from './tidemark.ts';

/** The fold over a scratch history; main holds it while its view is on the screen. */
export interface ScratchRun {
  /** Null while it is being opened, and where that failed. */
  readonly id: string | null;
  /** Null until main has told it. */
  readonly state: FoldState | null;
  /** Another one after every change: what was asked before it is out of date. */
  readonly revision: number;
  /** Why main does not have what the page shows; null while it does. */
  readonly error: unknown;
}

export interface ScratchDesk {
  /** Makes one more change. */
  change(change: ScratchChange): void;
  /** Takes the topic's history anew, with these changes. */
  open(changes: readonly ScratchChange[]): void;
  stop(): void;
  resume(): void;
}

const NONE: ScratchRun = { id: null, state: null, revision: 0, error: null };
const POLL_MS = 100;

/**
 * A scratch history beside a fold, for as long as the component is there. `first` says with which changes it begins, `onOpened`
 * hears, whenever it was opened, of how many events of the topic it was made.
 */
export function useScratchRun(
  fold: string,
  first: () => readonly ScratchChange[],
  onOpened: (base: number) => void,
): { readonly run: ScratchRun; readonly desk: ScratchDesk } {
  const [run, setRun] = useState(NONE);
  const opened = useRef<ReturnType<typeof openDesk> | null>(null);
  const latest = useRef({ first, onOpened });
  useEffect(() => {
    latest.current = { first, onOpened };
  });
  useEffect(() => {
    const mine = openDesk(fold, setRun, (base) => latest.current.onOpened(base));
    opened.current = mine;
    mine.open(latest.current.first());
    return () => mine.close();
  }, [fold]);
  const desk = useMemo<ScratchDesk>(
    () => ({
      change: (change) => opened.current?.change(change),
      open: (changes) => opened.current?.open(changes),
      stop: () => opened.current?.stop(),
      resume: () => opened.current?.resume(),
    }),
    [],
  );
  return { run, desk };
}

/** Asks main for one thing after the other, in the order in which they were wanted. */
function openDesk(
  fold: string,
  tell: (run: ScratchRun) => void,
  onOpened: (base: number) => void,
): ScratchDesk & { readonly close: () => void } {
  let run = NONE;
  let isClosed = false;
  /** What main has open, also when it is not what the page shows. */
  let held: string | null = null;
  let last: Promise<void> = Promise.resolve();
  let wanted = 0;
  let watching = 0;

  const update = (to: Partial<ScratchRun>): void => {
    run = { ...run, ...to };
    if (!isClosed) tell(run);
  };
  const inOrder = (work: () => Promise<void>): void => {
    last = last
      .then(async () => (isClosed ? undefined : work()))
      .catch((error: unknown) => {
        watching++;
        update({ id: null, state: null, error });
      });
  };

  async function watch(id: string): Promise<void> {
    const mine = ++watching;
    for (;;) {
      const state = replyValue(await tidemark.foldProgress({ id }));
      if (mine !== watching || isClosed) return;
      update({ state });
      if (state.status !== 'idle' && state.status !== 'folding') return;
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
  }
  const follow = (id: string): void =>
    void watch(id).catch((error: unknown) => {
      if (id === run.id) update({ error });
    });

  return {
    open(changes) {
      const mine = ++wanted;
      watching++;
      update({ id: null, state: null, error: null, revision: run.revision + 1 });
      inOrder(async () => {
        // Another one is wanted by now.
        if (mine !== wanted) return;
        const { id } = replyValue(await tidemark.whatIfOpen({ fold, changes: [...changes] }));
        held = id;
        const { total } = replyValue(await tidemark.whatIfRows({ id, after: 0, limit: 1 }));
        if (mine !== wanted || isClosed) return;
        onOpened(total - changes.filter(({ kind }) => kind === 'insert').length + changes.filter(({ kind }) => kind === 'skip').length);
        update({ id });
        follow(id);
      });
    },
    change(change) {
      const mine = wanted;
      watching++;
      // Told at once, so that nobody asks for a state that is no more.
      const { state } = run;
      const folded = Math.min(state?.folded ?? 0, change.position - 1);
      update({ revision: run.revision + 1, state: state && { ...state, status: 'folding', folded } });
      inOrder(async () => {
        // One that is opened by now has this change among its own.
        if (held === null || mine !== wanted) return;
        replyValue(await tidemark.whatIfChange({ id: held, change }));
        update({ revision: run.revision + 1 });
        follow(held);
      });
    },
    stop() {
      if (run.id !== null) void tidemark.foldStop({ id: run.id });
    },
    resume() {
      const { id } = run;
      if (id === null) return;
      inOrder(async () => {
        replyValue(await tidemark.foldResume({ id }));
        follow(id);
      });
    },
    close() {
      isClosed = true;
      watching++;
      void last.then(async () => (held === null ? null : tidemark.foldClose({ id: held })));
    },
  };
}

/**
 * The states after a position of the scratch history and after its place in the topic, which for a skipped event is after its
 * own version; null: after the last events of both.
 */
export function useComparison(
  { id, revision }: ScratchRun,
  at: { readonly position: number; readonly skipped: number | null } | null,
  isFolded: boolean,
): UseQueryResult<ComparisonShown> {
  return useQuery({
    queryKey: ['what-if', id, revision, at?.position ?? null, at?.skipped ?? null],
    queryFn: async ({ signal }) =>
      replyValue(
        await tidemark.whatIfCompare({ id: id ?? '', position: at?.position ?? null, version: at?.skipped ?? undefined }, { signal }),
      ),
    enabled: id !== null && isFolded,
    // Of this one only, and of what it is now: other states would pass for its own.
    placeholderData: (last, query) => (query?.queryKey[1] === id && query?.queryKey[2] === revision ? last : undefined),
    gcTime: 10_000,
  });
}

/** Both states together, in UTF-16 units: longer ones are loaded when they are asked for. */
const UNASKED = 512 * 1024;

export interface ComparedTexts {
  /** Null where it cannot be shown, and until it is whole. */
  readonly scratch: string | null;
  readonly topic: string | null;
  readonly isLoading: boolean;
  readonly error: unknown;
  /** Loads them; null where there is nothing to load. */
  readonly load: (() => void) | null;
}

/** Both states of a comparison whole. `fold` is the one over the topic. */
export function useComparedTexts(fold: string, { id, revision }: ScratchRun, of: ComparisonShown | undefined): ComparedTexts {
  const [wanted, setWanted] = useState<ComparisonShown | null>(null);
  const states = [of?.scratch.state ?? null, of?.topic.state ?? null] as const;
  const isWhole = states.every((state) => state === null || state.text.length >= state.total);
  const total = states.reduce((sum, state) => sum + (state?.total ?? 0), 0);
  const { data, isFetching, error, refetch } = useQuery({
    queryKey: ['what-if-states', id, revision, of?.position, of?.version],
    queryFn: async ({ signal }) => ({
      scratch: await wholeText(id ?? '', of?.position ?? 0, states[0], signal),
      topic: await wholeText(fold, of?.version ?? 0, states[1], signal),
    }),
    enabled: id !== null && of !== undefined && !isWhole && (total <= UNASKED || wanted === of),
    gcTime: 5000,
    structuralSharing: false,
  });
  if (isWhole) return { scratch: states[0]?.text ?? null, topic: states[1]?.text ?? null, isLoading: false, error: null, load: null };
  const load = (): void => (error ? void refetch() : setWanted(of ?? null));
  return { scratch: data?.scratch ?? null, topic: data?.topic ?? null, isLoading: isFetching, error, load };
}

async function wholeText(id: string, version: number, cut: CutText | null, signal: AbortSignal): Promise<string | null> {
  if (cut === null || cut.text.length >= cut.total) return cut?.text ?? null;
  return inParts(async (offset) => replyValue(await tidemark.foldStateText({ id, version, offset }, { signal })));
}

/** The events that were added, one a line, every token as it was written. */
export async function addedEvents({ id }: ScratchRun): Promise<string> {
  return inParts(async (offset) => replyValue(await tidemark.whatIfAdded({ id: id ?? '', offset })));
}

async function inParts(ask: (offset: number) => Promise<{ readonly text: string; readonly total: number }>): Promise<string> {
  const parts: string[] = [];
  for (let offset = 0; ;) {
    const { text, total } = await ask(offset);
    parts.push(text);
    offset += text.length;
    if (text === '' || offset >= total) return parts.join('');
  }
}
