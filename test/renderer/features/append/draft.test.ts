import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDraft } from '../../../../src/renderer/src/features/append/check-draft.ts';
import {
  draftReducer,
  draftText,
  isBlank,
  newDraft,
  NO_EVENT,
  parseDraft,
  type Draft,
  type OneEvent,
} from '../../../../src/renderer/src/features/append/draft.ts';
import { newIds } from '../../../../src/renderer/src/features/append/new-ids.ts';
import { idsFor, reviewOf, storedLine } from '../../../../src/renderer/src/features/append/review.ts';
import { finish } from '../../../../src/renderer/src/features/append/slices.ts';
import { eventLike, planSwitch } from '../../../../src/renderer/src/features/append/switch-mode.ts';

const one = (event: Partial<OneEvent>): Draft => draftReducer(newDraft(5), { kind: 'typed', one: event });
const batch = (text: string): Draft =>
  draftReducer(draftReducer(newDraft(5), { kind: 'switched', mode: 'batch' }), { kind: 'batch-typed', text });
const check = (draft: Draft) => finish(checkDraft(draft, { goReads: false }));
const plan = (draft: Draft) => planSwitch(draft, check(draft));

describe('a draft', () => {
  test('expects the version that was on the screen when it began, until a person says otherwise', () => {
    const draft = one({ type: 'A' });
    expect(draft.expected).toBe(5);
    expect(draftReducer(draft, { kind: 'expected', version: null }).expected).toBeNull();
    expect(draftReducer(draft, { kind: 'batch-typed', text: 'x' }).expected).toBe(5);
  });

  test('lets go of its ids when its events change, and of nothing else', () => {
    const reviewed = draftReducer(one({ type: 'A' }), { kind: 'reviewed', ids: ['x'] });
    expect(draftReducer(reviewed, { kind: 'expected', version: 9 }).ids).toEqual(['x']);
    expect(draftReducer(reviewed, { kind: 'batch-typed', text: '' }).ids).toEqual(['x']);
    expect(draftReducer(reviewed, { kind: 'typed', one: { data: '1' } }).ids).toBeNull();
    expect(draftReducer(reviewed, { kind: 'batch-typed', text: 'x' }).ids).toBeNull();
    expect(draftReducer(reviewed, { kind: 'switched', mode: 'batch' }).ids).toBeNull();
    expect(draftReducer(reviewed, { kind: 'copied', one: NO_EVENT }).ids).toBeNull();
  });

  test('is blank until something is typed', () => {
    expect(isBlank(newDraft(3))).toBe(true);
    expect(isBlank(one({ data: ' { } ' }))).toBe(true);
    expect(isBlank(batch(' \n'))).toBe(true);
    for (const event of [{ type: 'A' }, { data: '1' }, { metadata: '{}' }, { id: 'x' }, { timestamp: '1' }])
      expect(isBlank(one(event))).toBe(false);
    expect(isBlank(batch('{'))).toBe(false);
  });

  test('comes back from its text as it was, whatever was typed, and no other text is one', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, fc.option(fc.nat()), fc.option(fc.array(text)), (a, b, c, expected, ids) => {
        const draft: Draft = { mode: 'batch', one: { type: a, data: b, metadata: c, id: a, timestamp: b }, batch: c, expected, ids };
        expect(parseDraft(draftText(draft))).toEqual(draft);
      }),
    );
    const kept = draftText(newDraft(1));
    for (const broken of [
      '',
      '{',
      '[]\n',
      'null\n',
      kept.replace('\n', ''),
      kept.slice(0, -1),
      `${kept}x`,
      kept.replace('"expected":1', '"expected":-1'),
      kept.replace('"escaped":false', '"escaped":true'),
    ]) {
      expect(parseDraft(broken)).toBeNull();
    }
  });
});

describe('changing between one event and a batch', () => {
  test('keeps an event to the token, there and back', () => {
    const draft = one({
      type: 'A"\u202e',
      data: '{ "n": 9007199254740993, "r": 1.10, "a": 1, "a": 2 }',
      metadata: '[1e400]',
      id: 'x',
      timestamp: '-5',
    });
    const there = plan(draft);
    expect(there.loses).toBeNull();
    const asBatch = draftReducer(draft, there.change);
    expect(asBatch).toMatchObject({ mode: 'batch', one: NO_EVENT });
    expect(check(asBatch).events).toEqual(check(draft).events);
    const back = plan(asBatch);
    expect(back.loses).toBeNull();
    expect(check(draftReducer(asBatch, back.change)).events).toEqual(check(draft).events);
  });

  test('of nothing asks nothing', () => {
    expect(plan(newDraft(0))).toMatchObject({ loses: null, change: { mode: 'batch' } });
    expect(plan(batch(''))).toMatchObject({ loses: null, change: { mode: 'one' } });
  });

  test('keeps an event that only wants a type', () => {
    const { change, loses } = plan(one({ data: '{"n":1.10}' }));
    expect(loses).toBeNull();
    expect(draftReducer(newDraft(0), change).batch).toBe('{"type":"","data":{"n":1.10}}\n');
  });

  test('says what would be lost', () => {
    expect(plan(one({ type: 'A', data: '{' })).loses).toMatch(/faults/);
    expect(plan(one({ data: '{' })).loses).toMatch(/faults/);
    expect(plan(batch('{"type":"A"}\n{')).loses).toMatch(/faults/);
    const many = plan(batch('{"type":"A"}\n{"type":"B"}\n{"type":"C"}'));
    expect(many.loses).toBe('Only the first event is kept; the 2 others are thrown away.');
    expect(draftReducer(newDraft(0), many.change)).toMatchObject({ mode: 'one', one: { type: 'A', data: '' }, batch: '' });
  });
});

describe('an event like another', () => {
  test('has its type, data and metadata to the token, and neither id nor time', () => {
    const like = eventLike({ type: 'A', data: '{"n":9007199254740993,"a":1,"a":2}', metadata: 'null' });
    expect(like).toEqual({ type: 'A', data: '{\n  "n": 9007199254740993,\n  "a": 1,\n  "a": 2\n}', metadata: '', id: '', timestamp: '' });
    expect(check(one(like)).events).toEqual([{ type: 'A', data: '{"n":9007199254740993,"a":1,"a":2}' }]);
  });
});

describe('new ids', () => {
  test('are UUIDs of version 7, each once, ascending, of the time they were made', () => {
    const ids = newIds(10_000, 1_700_000_000_000);
    expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.toSorted()).toEqual(ids);
    expect(Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  });
});

describe('a review', () => {
  const events = [{ type: 'A', data: '{"é":1}' }, { type: 'B', id: 'mine', timestamp: 5n }, { type: 'A' }];

  test('counts events, types and bytes, and gives an id to each that has none', () => {
    const review = finish(reviewOf(events, ['a', 'b', 'c']));
    expect(review.events.map(({ id }) => id)).toEqual(['a', 'mine', 'c']);
    expect(review).toMatchObject({
      bytes: 12 + 8 + 8,
      most: 12,
      types: [
        { type: 'A', count: 2 },
        { type: 'B', count: 1 },
      ],
      ownIds: 1,
      ownTimestamps: 1,
    });
  });

  test('again keeps the ids it gave, so that a retry is the same batch', () => {
    const first = idsFor(events, null, 1);
    expect(first).toHaveLength(3);
    expect(idsFor(events, first, 2)).toBe(first);
    expect(idsFor(events.slice(1), first, 2)).not.toEqual(first.slice(1));
  });

  test('shows the line that will be stored, and says what is known only then', () => {
    expect(storedLine({ type: 'B', id: 'mine', data: '{"n":1.10}', timestamp: 5n }, 'orders', 7)).toBe(
      '{"id":"mine","topic":"orders","type":"B","data":{"n":1.10},"metadata":null,"timestamp":5,"version":7}',
    );
    expect(storedLine({ type: 'B', id: 'x', data: '{"timestamp":0,"version":0}' }, 't', null)).toBe(
      '{"id":"x","topic":"t","type":"B","data":{"timestamp":0,"version":0},"metadata":null,"timestamp":(when appended),"version":(the next)}',
    );
  });
});
