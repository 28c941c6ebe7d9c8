import { describe, expect, it } from 'vitest';
import { createTurns } from '../../src/main/eventstore/turns.ts';

describe('turns', () => {
  it('runs shared tasks in a row together, and what is to be alone between them', async () => {
    const turns = createTurns();
    const log: string[] = [];
    const opened = Promise.withResolvers<void>();
    const task =
      (name: string, until: Promise<void> = Promise.resolve()) =>
      async (): Promise<void> => {
        log.push(`${name} starts`);
        await until;
        log.push(`${name} ends`);
      };
    const all = [
      turns.share('a', task('first', opened.promise)),
      turns.share('a', task('second')),
      turns.take('a', task('alone')),
      turns.share('a', task('third')),
      turns.take('b', task('elsewhere')),
    ];
    await all[1];
    await all[4];
    expect(log).toEqual(['first starts', 'second starts', 'elsewhere starts', 'second ends', 'elsewhere ends']);
    opened.resolve();
    await Promise.all(all);
    expect(log.slice(5)).toEqual(['first ends', 'alone starts', 'alone ends', 'third starts', 'third ends']);
  });

  it('goes on after a task that failed', async () => {
    const turns = createTurns();
    const failing = turns.share('a', () => Promise.reject(new Error('no')));
    const after = turns.take('a', async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    await expect(after).resolves.toBe('yes');
  });
});
