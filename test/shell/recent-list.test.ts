import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recentList, withMoved, withOpened, without, withPin, type Recent } from '../../src/main/shell/recent-list.ts';

const one = (path: string, pinned = false): Recent => ({ path, kind: 'sqlite', pinned, openedAt: 1 });
const paths = (list: readonly Recent[]): string[] => list.map(({ path, pinned }) => (pinned ? `*${path}` : path));

describe('recent stores of the settings', () => {
  it('of the first version, which kept paths alone, lose none of them and keep their order', () => {
    expect(recentList.parse(['/b', '/a'])).toEqual([
      { path: '/b', kind: null, pinned: false, openedAt: null },
      { path: '/a', kind: null, pinned: false, openedAt: null },
    ]);
  });

  it('lose a bad entry and keep the good ones, and a bad member costs that member', () => {
    const kept = recentList.parse([
      '/a',
      5,
      null,
      {},
      { path: '' },
      one('/b', true),
      { path: '/c', kind: 'tape', pinned: 'yes', openedAt: 'x' },
    ]);
    expect(paths(kept)).toEqual(['*/b', '/a', '/c']);
    expect(kept.at(-1)).toEqual({ path: '/c', kind: null, pinned: false, openedAt: null });
  });

  it('are a list, whatever the settings hold, and reading them again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.array(fc.oneof(fc.string(), fc.anything()))), (kept) => {
        const list = recentList.parse(kept);
        expect(recentList.parse(list)).toEqual(list);
        expect(new Set(list.map(({ path }) => path)).size).toBe(list.length);
      }),
    );
  });
});

describe('opening a store', () => {
  it('puts it first among those of its part, once, and keeps ten that are not pinned', () => {
    let list: readonly Recent[] = [one('/p', true)];
    for (let index = 0; index < 12; index++) list = withOpened(list, `/${index}`, 'fs', index);
    list = withOpened(list, '/5', 'fs', 99);
    expect(paths(list)).toEqual(['*/p', '/5', '/11', '/10', '/9', '/8', '/7', '/6', '/4', '/3', '/2']);
    expect(list[1]).toEqual({ path: '/5', kind: 'fs', pinned: false, openedAt: 99 });
  });

  it('that is pinned leaves it pinned', () => {
    expect(paths(withOpened([one('/p', true), one('/q', true), one('/a')], '/q', 'sqlite', 2))).toEqual(['*/q', '*/p', '/a']);
  });
});

describe('a pin', () => {
  it('puts a store among the pinned ones, which are never dropped', () => {
    let list: readonly Recent[] = Array.from({ length: 10 }, (_, index) => one(`/${index}`));
    for (let index = 0; index < 10; index++) list = withPin(list, `/${index}`, true);
    for (let index = 10; index < 30; index++) list = withOpened(list, `/${index}`, 'fs', index);
    expect(list.filter(({ pinned }) => pinned)).toHaveLength(10);
    expect(list).toHaveLength(20);
  });

  it('taken off again, or of a store that is not there, changes nothing else', () => {
    const list = [one('/p', true), one('/a')];
    expect(withPin(list, '/nowhere', true)).toBe(list);
    expect(withPin(list, '/p', true)).toBe(list);
    expect(paths(withPin(list, '/p', false))).toEqual(['/p', '/a']);
  });
});

it('a store that was moved keeps its pin, and one that is forgotten is gone', () => {
  const list = [one('/old', true), one('/new'), one('/a')];
  expect(paths(withMoved(list, '/old', '/new'))).toEqual(['*/new', '/a']);
  expect(paths(without(list, '/new'))).toEqual(['*/old', '/a']);
});
