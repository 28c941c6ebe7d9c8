import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRows,
  optionChanges,
  optionRows,
  optionsOf,
  parseOptionLines,
  rebaseRows,
  rowFaults,
  rowState,
  type OptionRow,
} from '../../../../src/renderer/src/features/topics/option-rows.ts';
import { topicOptions, type TopicOptions } from '../../../../src/shared/model/topic-config.ts';

const options = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', 'é'), fc.string({ maxLength: 3 })), { maxLength: 5 })
  .map((pairs) => topicOptions(pairs));

const edit = (rows: readonly OptionRow[], name: string, change: Partial<OptionRow>): readonly OptionRow[] =>
  rows.map((row) => (row.name === name ? { ...row, ...change } : row));
const entries = (of: TopicOptions): readonly (readonly [string, string])[] => Object.entries(of);

describe('options being edited', () => {
  it('say what they were made of, also of a name like __proto__', () => {
    fc.assert(
      fc.property(options, (given) => {
        expect(entries(optionsOf(optionRows(given)))).toEqual(entries(given));
      }),
    );
  });

  it('are marked as added, changed, renamed or removed, and a removed one can be put back', () => {
    const rows = optionRows({ keep: '1', alter: '1', rename: '1', drop: '1' });
    const staged = addRows(edit(edit(edit(rows, 'alter', { text: '2' }), 'rename', { name: 'other' }), 'drop', { removed: true }), [
      ['new', 'x'],
    ]);
    expect(staged.map(rowState)).toEqual(['same', 'changed', 'renamed', 'removed', 'added']);
    expect(optionsOf(staged)).toEqual({ keep: '1', alter: '2', other: '1', new: 'x' });
    expect(optionsOf(edit(staged, 'drop', { removed: false }))).toHaveProperty('drop', '1');
  });

  it('refuse a name twice, a missing name and half of a character, next to the row; an empty new row is none', () => {
    const rows = addRows(optionRows({ a: '1' }), [
      ['a', '2'],
      ['', 'x'],
      ['\ud800', ''],
      ['', ''],
    ]);
    expect([...rowFaults(rows)].map(([id, fault]) => [id, fault.split(' ').slice(0, 2).join(' ')])).toEqual([
      [1, 'Another option'],
      [2, 'An option'],
      [3, 'It holds'],
    ]);
    expect(rowFaults(edit(rows.slice(0, 2), 'a', { removed: true })).size).toBe(0);
    expect(
      rowFaults(
        addRows(
          [],
          Array.from({ length: 1001 }, (_, n) => [`k${n}`, ''] as const),
        ),
      ).size,
    ).toBe(1);
  });

  it('differ from what is stored exactly by the changes shown', () => {
    fc.assert(
      fc.property(options, options, (before, after) => {
        const changed = new Map(entries(before));
        for (const { name, after: text } of optionChanges(before, after)) {
          if (text === null) changed.delete(name);
          else changed.set(name, text);
        }
        expect(new Map(changed)).toEqual(new Map(entries(after)));
      }),
    );
  });
});

describe('changes put on top of what someone else wrote meanwhile', () => {
  it('keep mine, and take theirs where I changed nothing', () => {
    const mine = addRows(edit(edit(optionRows({ a: '1', b: '1', c: '1' }), 'a', { text: 'mine' }), 'b', { removed: true }), [
      ['d', 'mine'],
    ]);
    expect(optionsOf(rebaseRows(mine, { a: 'theirs', b: 'theirs', c: 'theirs', e: 'theirs' }))).toEqual({
      a: 'mine',
      c: 'theirs',
      d: 'mine',
      e: 'theirs',
    });
    expect(optionsOf(rebaseRows(mine, {}))).toEqual({ a: 'mine', d: 'mine' });
    expect(optionsOf(rebaseRows(mine, { d: 'theirs' }))).toEqual({ a: 'mine', d: 'mine' });
  });

  it('without any of mine are theirs, and on the same options are mine', () => {
    fc.assert(
      fc.property(options, options, (base, now) => {
        expect(entries(optionsOf(rebaseRows(optionRows(base), now)))).toEqual(entries(now));
        const mine = edit(optionRows(base), 'a', { text: 'mine' });
        expect(entries(optionsOf(rebaseRows(mine, base)))).toEqual(entries(optionsOf(mine)));
      }),
    );
  });
});

describe('pasted lines', () => {
  it('are options where every line is name=value; a value may hold =', () => {
    expect(parseOptionLines('a=1\r\n\n b =x=y\n__proto__=')).toEqual([
      ['a', '1'],
      ['b', 'x=y'],
      ['__proto__', ''],
    ]);
  });

  it('are text like any other where one of them is not', () => {
    for (const text of ['', 'plain', 'a=1\nplain', '=x', ' =x']) expect(parseOptionLines(text)).toBeNull();
  });
});
