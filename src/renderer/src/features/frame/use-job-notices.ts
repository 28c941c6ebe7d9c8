import { useEffect } from 'react';
import { tidemark } from '../../api/tidemark.ts';
import { overallProgress, useJobs, type EndedJob } from '../../state/jobs.ts';
import { duration } from '../../ui/format.ts';

/** Whoever waits so long looks elsewhere meanwhile. */
const LONG_MS = 10_000;
const WORDS = { done: 'Done', failed: 'Failed', cancelled: 'Stopped' } as const;

/** Tells a person who looks elsewhere that a long job has ended, and the window's icon how far all of them are. */
export function useJobNotices(): void {
  useEffect(
    () =>
      useJobs.subscribe((now, before) => {
        if (now.lastEnded && now.lastEnded !== before.lastEnded) tell(now.lastEnded);
        const [is, was] = [shown(now.running), shown(before.running)];
        if (is !== was) void tidemark.appShowProgress({ progress: is });
      }),
    [],
  );
}

function tell({ title, took, outcome }: EndedJob): void {
  if (took < LONG_MS || outcome === 'cancelled' || document.hasFocus()) return;
  void tidemark.appNotify({ title: `${WORDS[outcome]}: ${title}`.slice(0, 200), body: `It took ${duration(took)}.` });
}

/** In steps that a person could see. */
function shown(running: Parameters<typeof overallProgress>[0]): number | 'unknown' | null {
  const progress = overallProgress(running);
  return typeof progress === 'number' ? Math.round(progress * 50) / 50 : progress;
}
