import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJump } from '../../../../src/renderer/src/features/replay/jump.ts';
import {
  changeCounts,
  changeVerb,
  gapAfter,
  stepAt,
  stepAtTime,
  stepsOf,
  timePlaces,
} from '../../../../src/renderer/src/features/replay/steps.ts';
import type { ChangeRow } from '../../../../src/shared/ipc/contract/replay.ts';

function change(version: number, more: Partial<ChangeRow> = {}): ChangeRow {
  return {
    version,
    timestamp: BigInt(version),
    type: 'TopicUpdated',
    topic: 'orders',
    changed: [],
    more: 0,
    isRestored: false,
    problem: null,
    ...more,
  };
}

describe('the steps of a history', () => {
  const changes = [change(1), change(2, { topic: 'users' }), change(3, { topic: null }), change(4, { topic: 'Orders-old' }), change(5)];

  it('are the beginning and every change', () => {
    expect(stepsOf(changes, '', 5).versions).toEqual([0, 1, 2, 3, 4, 5]);
    // Older ones that are not listed: the beginning is the version before the first that is.
    expect(stepsOf(changes.slice(2), '', 5).versions).toEqual([2, 3, 4, 5]);
  });

  it('of a topic are its changes only, be the letters capital or small', () => {
    expect(stepsOf(changes, 'ORDERS', 5).versions).toEqual([0, 1, 4, 5]);
    expect(stepsOf(changes, 'none', 5)).toEqual({ versions: [5], changes: [null], times: [null] });
  });

  it('stand at a version from it on to the next', () => {
    const steps = stepsOf(changes, 'users', 5);
    expect(steps.versions).toEqual([1, 2]);
    expect([0, 1, 2, 3, 99].map((version) => stepAt(steps, version))).toEqual([0, 0, 1, 1, 1]);
  });

  it('lie on a line that is true to time and never goes back, whatever the times are', () => {
    const time = fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), { nil: null });
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 30 }), (times) => {
        const steps = stepsOf(
          times.map((timestamp, index) => change(index + 1, { timestamp })),
          '',
          times.length,
        );
        const places = timePlaces(steps);
        if (places === null) {
          expect(new Set(steps.times.filter((found) => found !== null)).size).toBeLessThan(2);
          return;
        }
        expect(places).toHaveLength(times.length + 1);
        expect([places[0], places.at(-1)]).toEqual([0, 1]);
        for (const [index, place] of places.entries()) expect(place).toBeGreaterThanOrEqual(places[index - 1] ?? 0);
      }),
    );
    const [, , half] =
      timePlaces(stepsOf([change(1, { timestamp: 100n }), change(2, { timestamp: 150n }), change(3, { timestamp: 200n })], '', 3)) ?? [];
    expect(half).toBe(0.5);
  });

  it('are found by a time: the last change that had happened by then, also where a clock went back', () => {
    const steps = stepsOf(
      [
        change(1, { timestamp: 10n }),
        change(2, { timestamp: 30n }),
        change(3, { timestamp: 20n }),
        change(4, { timestamp: null }),
        change(5, { timestamp: 40n }),
      ],
      '',
      5,
    );
    expect([9n, 10n, 29n, 30n, 39n, 40n, 99n].map((time) => stepAtTime(steps, time))).toEqual([0, 1, 1, 4, 4, 5, 5]);
    expect([0, 1, 2, 3, 4].map((step) => gapAfter(steps, step))).toEqual([null, 20n, null, null, null]);
  });
});

describe('what a change did', () => {
  const changed = [
    { path: '/a', before: null, after: '1' },
    { path: '/b', before: '', after: '1' },
    { path: '/c', before: '1', after: null },
    { path: '/d', before: '1', after: null },
  ];

  it('is counted', () => {
    expect(changeCounts({ changed, more: 0 })).toBe('+1 ~1 −2');
    expect(changeCounts({ changed, more: 3 })).toBe('+1 ~1 −2…');
    expect(changeCounts({ changed: [], more: 0 })).toBe('±0');
  });

  it('is said', () => {
    expect(changeVerb(change(1, { type: 'TopicDeleted' }))).toBe('deleted');
    expect(changeVerb(change(1, { type: 'TopicCreated', isRestored: true }))).toBe('brought back');
    expect(changeVerb(change(1, { type: '__proto__', problem: { code: 'c', reason: 'r' } }))).toBe('skipped');
  });
});

describe('what is typed into the field', () => {
  const at = (text: string): bigint => BigInt(Date.parse(text)) * 1_000_000n;
  const steps = stepsOf(
    [
      change(1, { timestamp: at('2026-03-01T10:00:00Z') }),
      change(2, { timestamp: at('2026-03-02T10:00:00Z') }),
      change(9, { timestamp: at('2026-03-03T10:00:00Z') }),
    ],
    '',
    9,
  );
  const read = (typed: string) => readJump(typed, steps, { last: 9, zone: 'utc', now: Date.parse('2026-03-02T11:00:00Z') });

  it('is a version', () => {
    expect(read(' #2 ')).toEqual({ step: 2, says: 'Version 2: the topics at version 2' });
    expect(read('5')).toEqual({ step: 2, says: 'Version 2: the topics at version 5' });
    expect(read('0')).toMatchObject({ step: 0 });
    expect(read('10')).toEqual({ fault: 'Versions go from 0 to 9.' });
  });

  it('or a time', () => {
    expect(read('2026-03-02 10:00')).toEqual({ step: 2, says: 'Version 2: the topics at 2026-03-02 10:00:00 UTC' });
    expect(read('2026-03-02 09:59:59')).toMatchObject({ step: 1 });
    expect(read('now-2h')).toMatchObject({ step: 1 });
    expect(read('2020-01-01')).toMatchObject({ step: 0 });
  });

  it('or it is said what is wrong with it', () => {
    expect(read('2026-02-30')).toEqual({ fault: 'There is no such day: 2026-02-30.' });
    expect(read('soon')).toMatchObject({ fault: expect.stringMatching(/^Not understood/) as string });
  });
});
