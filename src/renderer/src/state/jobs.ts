import { create } from 'zustand';

/** Something that takes a while, as the status bar shows it. */
export interface Job {
  readonly id: number;
  readonly title: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** 0 to 1; null while nobody can say. */
  readonly progress: number | null;
  /** How fast it goes, as `18 k/s`. */
  readonly rate: string | null;
  /** Null where it cannot be stopped. */
  readonly cancel: (() => void) | null;
}

export type JobOutcome = 'done' | 'failed' | 'cancelled';

export interface EndedJob {
  readonly id: number;
  readonly title: string;
  /** Milliseconds it took. */
  readonly took: number;
  readonly outcome: JobOutcome;
}

/** What whoever started a job tells of it. After `end` nothing more is heard. */
export interface JobHandle {
  update(change: { readonly progress?: number | null; readonly rate?: string | null }): void;
  end(outcome?: JobOutcome): void;
}

interface Jobs {
  readonly running: readonly Job[];
  readonly lastEnded: EndedJob | null;
}

export const useJobs = create<Jobs>()(() => ({ running: [], lastEnded: null }));

let lastId = 0;

/** Shows a job in the status bar until its handle ends it. */
export function startJob({ title, cancel = null }: { readonly title: string; readonly cancel?: (() => void) | null }): JobHandle {
  const id = ++lastId;
  const job: Job = { id, title, startedAt: Date.now(), progress: null, rate: null, cancel };
  useJobs.setState(({ running }) => ({ running: [...running, job] }));
  return {
    update: ({ progress, rate }) =>
      useJobs.setState(({ running }) => ({
        running: running.map((other) =>
          other.id === id
            ? {
                ...other,
                progress: progress === undefined ? other.progress : bounded(progress),
                rate: rate === undefined ? other.rate : rate,
              }
            : other,
        ),
      })),
    end: (outcome = 'done') =>
      useJobs.setState(({ running }) => {
        const ended = running.find((other) => other.id === id);
        if (!ended) return {};
        const took = Date.now() - ended.startedAt;
        return { running: running.filter((other) => other.id !== id), lastEnded: { id, title: ended.title, took, outcome } };
      }),
  };
}

const bounded = (progress: number | null): number | null =>
  progress === null || Number.isNaN(progress) ? null : Math.min(Math.max(0, progress), 1);

/** Of all jobs together, 0 to 1; null when none runs, and `unknown` when none of them can say. */
export function overallProgress(running: readonly Job[]): number | 'unknown' | null {
  if (running.length === 0) return null;
  const known = running.flatMap(({ progress }) => (progress === null ? [] : [progress]));
  return known.length === 0 ? 'unknown' : known.reduce((sum, progress) => sum + progress, 0) / known.length;
}
