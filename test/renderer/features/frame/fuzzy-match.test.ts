import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from '../../../../src/renderer/src/features/frame/fuzzy-match.ts';

/** Texts by how well they fit, best first. */
const ranked = (query: string, texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => {
      const match = fuzzyMatch(query, text);
      return match ? [{ text, score: match.score }] : [];
    })
    .toSorted((a, b) => b.score - a.score)
    .map(({ text }) => text);

describe('fuzzy match', () => {
  it('takes letters in their order, whatever lies between them, and refuses any other order', () => {
    expect(fuzzyMatch('pxn', 'Next Pane')).toBeNull();
    expect(fuzzyMatch('nps', 'New Topic, Shop')?.at).toEqual([0, 6, 11]);
    expect(fuzzyMatch('pn', 'Next Pane')?.at).toEqual([5, 7]);
  });

  it('fits everything when nothing was typed', () => {
    expect(fuzzyMatch('', 'anything')?.at).toEqual([]);
    expect(fuzzyMatch('  ', '')?.at).toEqual([]);
  });

  it('prefers starts of words to letters inside of them, and runs to scattered letters', () => {
    expect(ranked('np', ['Snapshot', 'Next Pane'])).toEqual(['Next Pane', 'Snapshot']);
    expect(ranked('ord', ['o-r-d', 'borders', 'orders', 'pre.orders'])[0]).toBe('orders');
    expect(ranked('order', ['recorder', 'user.order', 'order.events'])).toEqual(['order.events', 'user.order', 'recorder']);
    expect(ranked('oe', ['oxen', 'OrderEvents'])[0]).toBe('OrderEvents');
  });

  it('matches each word on its own, in any order', () => {
    expect(fuzzyMatch('pane next', 'Next Pane')?.at).toEqual([0, 1, 2, 3, 5, 6, 7, 8]);
    expect(fuzzyMatch('pane gone', 'Next Pane')).toBeNull();
  });

  it('marks units that spell what was typed, for any text and any part of it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30, unit: 'binary' }), fc.array(fc.nat(29), { maxLength: 8 }), (text, picks) => {
        const units = [...new Set(picks)].filter((index) => index < text.length).toSorted((a, b) => a - b);
        const query = units.map((index) => text.charAt(index)).join('');
        fc.pre(!/\s/.test(query));
        const match = fuzzyMatch(query, text);
        // Folding may change the length of a whole text but not of a part of it: then letters must be typed as they are.
        if (!match) return text.toLowerCase().length !== text.length || query.toLowerCase().length !== query.length;
        const spelt = match.at.map((index) => text.charAt(index)).join('');
        return spelt.toLowerCase() === query.toLowerCase() || spelt === query;
      }),
    );
  });

  it('takes no longer over a hostile name than over one that fills a line', () => {
    const take = (length: number): number => {
      const name = 'ab'.repeat(length / 2);
      const started = performance.now();
      for (let times = 0; times < 300; times++) fuzzyMatch('ababab', name);
      return performance.now() - started;
    };
    take(160);
    // 6,000 times as long.
    expect(take(1_000_000)).toBeLessThan(30 * take(160) + 100);
  });
});
