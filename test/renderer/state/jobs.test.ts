import { beforeEach, describe, expect, it, vi } from 'vitest';
import { overallProgress, startJob, useJobs } from '../../../src/renderer/src/state/jobs.ts';

const running = () => useJobs.getState().running;
beforeEach(() => useJobs.setState({ running: [], lastEnded: null }));

describe('jobs', () => {
  it('are there from their start to their end, in their order', () => {
    const one = startJob({ title: 'one' });
    const two = startJob({ title: 'two' });
    expect(running().map(({ title }) => title)).toEqual(['one', 'two']);
    one.end();
    expect(running().map(({ title }) => title)).toEqual(['two']);
    two.end('failed');
    expect(running()).toEqual([]);
    expect(useJobs.getState().lastEnded).toMatchObject({ title: 'two', outcome: 'failed' });
  });

  it('say how far they are between nothing and all, and keep what they do not say anew', () => {
    const job = startJob({ title: 'scan' });
    expect(running()[0]).toMatchObject({ progress: null, rate: null });
    job.update({ progress: 7, rate: '18 k/s' });
    expect(running()[0]).toMatchObject({ progress: 1, rate: '18 k/s' });
    job.update({ progress: -1 });
    expect(running()[0]).toMatchObject({ progress: 0, rate: '18 k/s' });
    job.update({ progress: Number.NaN, rate: null });
    expect(running()[0]).toMatchObject({ progress: null, rate: null });
  });

  it('are not heard of again once they have ended, and end once', () => {
    const job = startJob({ title: 'scan' });
    job.end('cancelled');
    const { lastEnded } = useJobs.getState();
    job.update({ progress: 0.5 });
    job.end();
    expect(running()).toEqual([]);
    expect(useJobs.getState().lastEnded).toBe(lastEnded);
  });

  it('tell how long they took', () => {
    vi.useFakeTimers({ now: 1000 });
    const job = startJob({ title: 'scan' });
    vi.setSystemTime(13_500);
    job.end();
    vi.useRealTimers();
    expect(useJobs.getState().lastEnded).toMatchObject({ took: 12_500, outcome: 'done' });
  });

  it('together are as far as those that know, or unknown, or nothing', () => {
    expect(overallProgress([])).toBeNull();
    const one = startJob({ title: 'one' });
    expect(overallProgress(running())).toBe('unknown');
    one.update({ progress: 0.5 });
    startJob({ title: 'two' });
    expect(overallProgress(running())).toBe(0.5);
    startJob({ title: 'three' }).update({ progress: 1 });
    expect(overallProgress(running())).toBe(0.75);
  });
});
