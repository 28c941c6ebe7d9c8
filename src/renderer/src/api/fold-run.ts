import { create } from 'zustand';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { FoldState } from '../../../shared/ipc/contract/folds.ts';
import { isEventStoreError } from '../../../shared/model/errors.ts';
import { startJob, type JobHandle, type JobOutcome } from '../state/jobs.ts';
import { tidemark } from './tidemark.ts';

/** What is folded: a topic of a store by a text. */
export interface FoldWanted {
  /** The store's path. */
  readonly store: string;
  readonly topic: string;
  readonly incarnation: number;
  readonly source: string;
}

/** The fold that this window has open; main holds it, whatever view is on the screen. */
export interface FoldRun extends FoldWanted {
  /** For the calls of `fold`; null while it is being opened, and where that failed. */
  readonly id: string | null;
  /** Null until main has told it. */
  readonly state: FoldState | null;
  /** Why there is no fold; null while there is, or will be one. */
  readonly error: unknown;
  /** Events that the topic got since it was first folded to its end, and that were folded too. */
  readonly news: number;
  /** The person is before the first event; else where the cursor is. */
  readonly isAtStart: boolean;
}

export const useFoldRuns = create<{ readonly run: FoldRun | null }>()(() => ({ run: null }));

const POLL_MS = 100;
let opening: AbortController | null = null;

/** Opens a fold in the place of the present one and follows it as a job. */
export async function runFold(wanted: FoldWanted): Promise<void> {
  opening?.abort();
  const mine = new AbortController();
  opening = mine;
  const run: FoldRun = { ...wanted, id: null, state: null, error: null, news: 0, isAtStart: false };
  useFoldRuns.setState({ run });
  const job = startJob({ title: `Folding ${wanted.topic.slice(0, 60)}`, cancel: stopFold });
  let opened: string | null = null;
  try {
    const { topic, source } = wanted;
    const { id } = replyValue(await tidemark.foldOpen({ topic, source }, { signal: mine.signal }));
    if (opening !== mine) return job.end('cancelled');
    opening = null;
    opened = id;
    useFoldRuns.setState({ run: { ...run, id } });
    await follow(id, job);
  } catch (error) {
    const isStopped = isEventStoreError(error, 'CANCELLED');
    job.end(isStopped ? 'cancelled' : 'failed');
    const now = useFoldRuns.getState().run;
    if (now !== null && now.id === opened && (opened !== null || now === run)) {
      useFoldRuns.setState({ run: isStopped ? null : { ...now, id: null, error } });
    }
  }
}

/** Ends what the fold is at; while it is being opened, that. */
export function stopFold(): void {
  opening?.abort();
  const { run } = useFoldRuns.getState();
  if (run?.id) void tidemark.foldStop({ id: run.id });
}

/** Folds on: after a stop, or because the topic has grown. */
export async function resumeFold(): Promise<void> {
  const { run } = useFoldRuns.getState();
  if (!run?.id || run.state?.status === 'folding') return;
  const { id } = run;
  const before = run.state;
  // Told at once, so that nobody asks for it twice.
  if (before) change(id, { state: { ...before, status: 'folding' } });
  const job = startJob({ title: `Folding ${run.topic.slice(0, 60)}`, cancel: stopFold });
  try {
    replyValue(await tidemark.foldResume({ id }));
    const after = await follow(id, job);
    if (before?.status === 'done' && after?.status === 'done') change(id, { news: run.news + after.folded - before.folded });
  } catch (error) {
    job.end('failed');
    change(id, { id: null, error });
  }
}

export function showStart(isAtStart: boolean): void {
  const { run } = useFoldRuns.getState();
  if (run && run.isAtStart !== isAtStart) useFoldRuns.setState({ run: { ...run, isAtStart } });
}

/** The person has seen that there are more. */
export function forgetNews(): void {
  const { run } = useFoldRuns.getState();
  if (run && run.news > 0) useFoldRuns.setState({ run: { ...run, news: 0 } });
}

function change(id: string, to: Partial<FoldRun>): void {
  const { run } = useFoldRuns.getState();
  if (run?.id === id) useFoldRuns.setState({ run: { ...run, ...to } });
}

/** Tells how it goes until it ends; null where another fold has taken its place. */
async function follow(id: string, job: JobHandle): Promise<FoldState | null> {
  for (;;) {
    const state = replyValue(await tidemark.foldProgress({ id }));
    if (useFoldRuns.getState().run?.id !== id) {
      job.end('cancelled');
      return null;
    }
    change(id, { state });
    const { status, folded, total, eventsPerSecond } = state;
    if (status !== 'idle' && status !== 'folding') {
      job.end(OUTCOMES[status]);
      return state;
    }
    job.update({ progress: total === 0 ? null : folded / total, rate: eventsPerSecond === 0 ? null : `${eventsPerSecond} events/s` });
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

const OUTCOMES: Readonly<Record<'done' | 'stopped' | 'halted', JobOutcome>> = { done: 'done', stopped: 'cancelled', halted: 'failed' };
