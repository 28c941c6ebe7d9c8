import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesTopic, parseTopicFilter } from '../../../../src/renderer/src/features/topics/topic-filter.ts';
import { groupTopics, isStop, listRows, rowTyped, stepFrom } from '../../../../src/renderer/src/features/topics/topic-rows.ts';
import { isTypedName, nameToType, quotedName } from '../../../../src/renderer/src/features/topics/typed-name.ts';
import type { TopicEntry } from '../../../../src/shared/ipc/contract/topics.ts';

const entry = (name: string, adapter = 'sqlite', connection = '.', more: Partial<TopicEntry> = {}): TopicEntry => ({
  name,
  adapter,
  connection,
  options: {},
  incarnation: 1,
  reserved: false,
  ...more,
});
const TOPICS = [
  entry('archive', 'fs', 'old files', { options: { retention: '30', Owner: 'Team A' } }),
  entry('configuration', 'sqlite', '.', { reserved: true }),
  entry('Orders'),
  entry('order.refunds'),
  entry('sessions', 'memory', 'scratch'),
];
const PROBLEMS = new Map([['sessions', ['data-missing']]]);
const found = (text: string): readonly string[] =>
  TOPICS.filter((topic) => matchesTopic(parseTopicFilter(text), topic, PROBLEMS)).map(({ name }) => name);

describe('the filter of topics', () => {
  it.each([
    ['', TOPICS.map(({ name }) => name)],
    ['order', ['Orders', 'order.refunds']],
    ['ORDER ref', ['order.refunds']],
    ['adapter:sq', ['configuration', 'Orders', 'order.refunds']],
    ['adapter:sq order', ['Orders', 'order.refunds']],
    ['in:scr', ['sessions']],
    ['in:"old files"', ['archive']],
    ['problem:', ['sessions']],
    ['problem:data', ['sessions']],
    ['problem:gap', []],
    ['option:retention', ['archive']],
    ['option:retention=3', ['archive']],
    ['option:retention=9', []],
    ['option:owner="team a"', []],
    ['other:thing', []],
    ['"order.ref"', ['order.refunds']],
  ])('%s', (text, names) => {
    expect(found(text)).toEqual(names);
  });

  it('takes any text', () => {
    fc.assert(fc.property(fc.string(), (text) => void found(text)));
  });

  it('of 10,000 topics takes a few milliseconds', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => entry(`tenant-${n}.orders`, 'sqlite', n % 2 === 0 ? '.' : 'b.db'));
    const started = performance.now();
    const filter = parseTopicFilter('99 adapter:sq');
    const rows = listRows(groupTopics(many.filter((topic) => matchesTopic(filter, topic, PROBLEMS))), new Set());
    expect(performance.now() - started).toBeLessThan(200);
    expect(rows.length).toBeGreaterThan(100);
  });
});

describe('the rows of the list', () => {
  const groups = groupTopics(TOPICS);
  const rows = listRows(groups, new Set(['fs:old files']));
  const shown = rows.map((row) => (row.kind === 'group' ? `[${row.group.key}]${row.collapsed ? '+' : ''}` : row.topic.name));

  it('are topics by repository, that of the configuration first; a collapsed one stands for its topics', () => {
    expect(shown).toEqual(['[sqlite:.]', 'configuration', 'Orders', 'order.refunds', '[fs:old files]+', '[memory:scratch]', 'sessions']);
  });

  it('are stepped through by topics and collapsed heads, and not beyond the ends', () => {
    expect(stepFrom(rows, -1, 1)).toBe(1);
    expect(stepFrom(rows, 3, 1)).toBe(4);
    expect(stepFrom(rows, 4, 1)).toBe(6);
    expect(stepFrom(rows, 6, 1)).toBe(6);
    expect(stepFrom(rows, 1, -1)).toBe(1);
    expect(stepFrom(rows, rows.length, -1)).toBe(6);
    expect(stepFrom(rows, 1, 100)).toBe(6);
    expect(stepFrom([], -1, 1)).toBe(-1);
  });

  it('have no stop that a step leaves out, whatever is collapsed', () => {
    fc.assert(
      fc.property(fc.subarray(groups.map(({ key }) => key)), (collapsed) => {
        const all = listRows(groups, new Set(collapsed));
        const passed: number[] = [];
        for (let at = stepFrom(all, -1, 1); at !== passed.at(-1) && at !== -1; at = stepFrom(all, at, 1)) passed.push(at);
        expect(passed).toEqual(all.flatMap((row, index) => (isStop(row) ? [index] : [])));
      }),
    );
  });

  it('are found by the beginning of a name; one letter again goes on to the next', () => {
    expect(rowTyped(rows, 1, 'o')).toBe(2);
    expect(rowTyped(rows, 2, 'o')).toBe(3);
    expect(rowTyped(rows, 3, 'oo')).toBe(2);
    expect(rowTyped(rows, 2, 'order.')).toBe(3);
    expect(rowTyped(rows, 3, 'z')).toBe(-1);
  });
});

describe('the name that is typed to confirm', () => {
  it('is the name, or what is shown in its place where that cannot be typed', () => {
    expect(isTypedName('orders', 'orders')).toBe(true);
    expect(isTypedName('orders', 'Orders')).toBe(false);
    expect(isTypedName('', '')).toBe(false);
    expect(nameToType('a\u202eb\n\ud800')).toBe('a\\u{202e}b\\u{a}\\u{d800}');
    expect(isTypedName('a\u202eb', 'a\\u{202e}b')).toBe(true);
    expect(isTypedName('a\u202eb', 'ab')).toBe(false);
  });

  it('of any name can be copied through a line of text, and is short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
        const phrase = nameToType(name);
        expect(phrase).toBe(phrase.replace(/[\r\n]/g, '').toWellFormed());
        expect(isTypedName(name, phrase)).toBe(true);
      }),
    );
    expect(nameToType('x'.repeat(100_000))).toHaveLength(200);
    expect(quotedName('x'.repeat(100_000)).length).toBeLessThan(70);
  });
});
