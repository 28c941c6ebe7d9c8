import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { startJob, type JobHandle } from '../../state/jobs.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** `job`: what the status bar calls this query and its like while any of them is under way, as `Counting events`. */
    readonly queryMeta: { readonly job?: string };
  }
}

const LOOK_MS = 100;

interface QueryJob {
  readonly handle: JobHandle;
  /** Every query of it since it began. */
  readonly seen: Set<string>;
}

/** Shows queries that name a job as that job: how many of them have come, and a way to stop the others. */
export function useQueryJobs(): void {
  const client = useQueryClient();
  useEffect(() => {
    const cache = client.getQueryCache();
    const jobs = new Map<string, QueryJob>();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const cancel = (title: string): void => void client.cancelQueries({ predicate: ({ meta }) => meta?.job === title });
    const look = (): void => {
      timer = undefined;
      const underWay = Map.groupBy(
        cache.findAll({ fetchStatus: 'fetching', predicate: ({ meta }) => meta?.job !== undefined }),
        ({ meta }) => meta?.job ?? '',
      );
      for (const [title, queries] of underWay) {
        const job = jobs.get(title) ?? { handle: startJob({ title, cancel: () => cancel(title) }), seen: new Set<string>() };
        jobs.set(title, job);
        for (const { queryHash } of queries) job.seen.add(queryHash);
        job.handle.update({ progress: job.seen.size < 2 ? null : (job.seen.size - queries.length) / job.seen.size });
      }
      for (const [title, { handle }] of jobs) {
        if (underWay.has(title)) continue;
        handle.end();
        jobs.delete(title);
      }
    };

    const stop = cache.subscribe(() => {
      timer ??= setTimeout(look, LOOK_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      for (const { handle } of jobs.values()) handle.end('cancelled');
    };
  }, [client]);
}
