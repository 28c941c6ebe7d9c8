import { describe, expect, it } from 'vitest';
import { createBatch } from '../../../src/renderer/src/api/batch.ts';

describe('calls gathered into one', () => {
  const { signal } = new AbortController();

  it('ask once for what is asked at the same time, at most so many at once', async () => {
    const asked: string[][] = [];
    const ask = createBatch({ load: async (keys) => (asked.push([...keys]), keys.map((key) => key.toUpperCase())), most: 2, wait: 1 });
    await expect(Promise.all(['a', 'b', 'c'].map((key) => ask(key, signal)))).resolves.toEqual(['A', 'B', 'C']);
    await expect(ask('d', signal)).resolves.toBe('D');
    expect(asked).toEqual([['a', 'b'], ['c'], ['d']]);
  });

  it('leave out who turned away before they were sent', async () => {
    const asked: string[][] = [];
    const ask = createBatch({ load: async (keys) => (asked.push([...keys]), [...keys]), most: 50, wait: 1 });
    const gone = new AbortController();
    const [a, b] = [ask('a', gone.signal), ask('b', signal)];
    gone.abort();
    await expect(a).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(b).resolves.toBe('b');
    expect(asked).toEqual([['b']]);
  });

  it('fail together, and with a code where an answer is missing', async () => {
    const failing = createBatch<string>({ load: () => Promise.reject(new Error('down')), most: 9, wait: 1 });
    await expect(failing('a', signal)).rejects.toThrow('down');
    const short = createBatch<string>({ load: async () => [], most: 9, wait: 1 });
    await expect(short('a', signal)).rejects.toMatchObject({ code: 'REPOSITORY_FAILED' });
  });
});
