import { describe, expect, it } from 'vitest';
import { recentFirst, withRecent } from '../../../../src/renderer/src/features/frame/recent-order.ts';

describe('recent things', () => {
  it('come first in the order they were used, and the others keep theirs', () => {
    expect(recentFirst(['a', 'b', 'c', 'd'], (name) => name, ['d', 'b', 'gone'])).toEqual(['d', 'b', 'a', 'c']);
    expect(recentFirst(['a', 'b'], (name) => name, [])).toEqual(['a', 'b']);
  });

  it('are each kept once, the last used first, and never more than asked for', () => {
    expect(withRecent(['a', 'b', 'c'], 'b', 3)).toEqual(['b', 'a', 'c']);
    expect(withRecent(['a', 'b', 'c'], 'd', 3)).toEqual(['d', 'a', 'b']);
    expect(withRecent([], 'a', 3)).toEqual(['a']);
  });
});
