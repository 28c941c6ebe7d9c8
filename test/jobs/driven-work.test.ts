import { describe, expect, test } from 'vitest';
import { createDrivenWork } from '../../src/main/jobs/driven-work.ts';
import { never } from './scanned-history.ts';

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work that is driven by calls', () => {
  test('stops when nobody asks any more, and goes on where it was', async () => {
    let steps = 0;
    const work = createDrivenWork(async () => ++steps < 10);
    await work(0, never());
    expect(steps).toBe(1);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    expect(steps).toBe(1);
    await work(60_000, never());
    expect(steps).toBe(10);
  });

  test('stops after the step during which its only caller turned away', async () => {
    const controller = new AbortController();
    let steps = 0;
    const work = createDrivenWork(async () => {
      if (++steps === 3) controller.abort();
      return true;
    });
    await work(60_000, controller.signal);
    expect(steps).toBe(3);
    await work(60_000, controller.signal);
    expect(steps).toBe(3);
  });

  test('is shared by calls at the same time, and one that turns away stops none of the others', async () => {
    const controller = new AbortController();
    let steps = 0;
    let atOnce = 0;
    const work = createDrivenWork(async () => {
      expect(++atOnce).toBe(1);
      await nextTurn();
      atOnce--;
      if (++steps === 2) controller.abort();
      return steps < 6;
    });
    await Promise.all([work(60_000, controller.signal), work(60_000, never()), work(0, never())]);
    expect(steps).toBe(6);
  });

  test('lets everything else have its turn while it works', async () => {
    let steps = 0;
    let turns = 0;
    let over = false;
    const others = async (): Promise<void> => {
      for (; !over; turns++) await nextTurn();
    };
    const waiting = others();
    const work = createDrivenWork(async () => {
      const until = performance.now() + 3;
      while (performance.now() < until);
      return ++steps < 20;
    });
    await work(60_000, never());
    over = true;
    await waiting;
    // Sixty milliseconds in goes of about eight.
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  test('passes a failure to everyone who waits, and is tried again by the next call', async () => {
    let broken = true;
    const work = createDrivenWork(async () => {
      await nextTurn();
      if (broken) throw new Error('a step failed');
      return false;
    });
    const outcomes = await Promise.allSettled([work(60_000, never()), work(60_000, never())]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    broken = false;
    await work(60_000, never());
  });
});
