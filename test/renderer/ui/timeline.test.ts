import fc from 'fast-check';
import type { KeyboardEvent } from 'react';
import { describe, expect, it } from 'vitest';
import { LONGEST_PAUSE_MS, pauseOf, type Playback, type Speed } from '../../../src/renderer/src/ui/playback.ts';
import { runTimelineKey } from '../../../src/renderer/src/ui/timeline-keys.ts';
import { marksApart, nearest, placeOf, tickPlaces, type TimelineMark } from '../../../src/renderer/src/ui/timeline-places.ts';

describe('places on a timeline', () => {
  it('give every step its own where they lie apart: going to where a step lies goes to it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 40 }), (numbers) => {
        const sorted = numbers.toSorted((a, b) => a - b);
        const places = sorted.map((number) => number / 1000);
        const last = places.length - 1;
        for (let step = 0; step <= last; step++) {
          expect(nearest(placeOf(step, last, places), last, places)).toBe(step);
          expect(nearest(placeOf(step, last, null), last, null)).toBe(step);
        }
        expect(nearest(0, last, places)).toBe(0);
        expect(nearest(1, last, places)).toBe(last);
      }),
    );
    expect([placeOf(0, 0, null), nearest(0.3, 0, null)]).toEqual([1, 0]);
  });

  it('have a tick for every step, and for thousands as many as can be told apart', () => {
    expect(tickPlaces(4, null)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(tickPlaces(2, [0, 0.1, 1])).toEqual([0, 0.1, 1]);
    const many = tickPlaces(20_000, null);
    expect(many.length).toBeGreaterThan(300);
    expect(many.length).toBeLessThanOrEqual(401);
  });

  it('have marks that do not cover one another, and none is lost', () => {
    const mark = (at: number, kind: TimelineMark['kind'] = 'problem'): TimelineMark => ({
      at,
      kind,
      letter: kind === 'mark' ? 'A' : '!',
      title: `at ${at}`,
    });
    const marks = marksApart([mark(1), mark(2), mark(3), mark(900), mark(2, 'mark')], 1000, null);
    expect(marks.map(({ place, title }) => [place, title])).toEqual([
      [0.001, 'at 1 (and 2 more nearby)'],
      [0.9, 'at 900'],
      [0.002, 'at 2'],
    ]);
    const heavy = marksApart(
      [
        { ...mark(500), others: 1233 },
        { ...mark(505), others: 1 },
      ],
      1000,
      null,
    );
    expect(heavy.map(({ title }) => title)).toEqual(['at 500 (and 1,235 more nearby)']);
  });
});

describe('the keys of a timeline', () => {
  const press = (key: string, at: number, more: Partial<KeyboardEvent> = {}): string => {
    const done: string[] = [];
    const playback: Playback = {
      isPlaying: false,
      speed: 1,
      setSpeed: (speed: Speed) => void done.push(`speed ${speed}`),
      toggle: () => void done.push('toggle'),
      pause: () => void done.push('pause'),
    };
    const event = { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more } as KeyboardEvent;
    const isOurs = runTimelineKey(event, { at, last: 42, playback, onMove: (to) => void done.push(`to ${to}`) });
    return isOurs ? done.join(', ') : 'not ours';
  };

  it.each([
    [' ', {}, 'toggle'],
    ['ArrowRight', {}, 'pause, to 18'],
    ['ArrowLeft', {}, 'pause, to 16'],
    ['ArrowRight', { shiftKey: true }, 'pause, to 27'],
    ['ArrowLeft', { shiftKey: true }, 'pause, to 7'],
    ['Home', {}, 'pause, to 0'],
    ['End', {}, 'pause, to 42'],
    ['1', {}, 'speed 1'],
    ['4', {}, 'speed 8'],
    ['5', {}, 'not ours'],
    ['toString', {}, 'not ours'],
    ['ArrowLeft', { altKey: true }, 'not ours'],
    ['1', { ctrlKey: true }, 'not ours'],
  ])('%j with %j does: %s', (key, more, does) => expect(press(key, 17, more)).toBe(does));

  it('stay within the history', () => {
    expect(press('ArrowLeft', 3, { shiftKey: true })).toBe('pause, to 0');
    expect(press('ArrowRight', 40, { shiftKey: true })).toBe('pause, to 42');
  });
});

describe('the pause before the next step', () => {
  it('is that of the speed, or the recorded one where it can be waited for', () => {
    expect(([1, 2, 4, 8] as const).map((speed) => pauseOf(speed, 5n))).toEqual([1000, 500, 250, 125]);
    expect(pauseOf('recorded', 250_000_000n)).toBe(250);
    expect(pauseOf('recorded', 10n ** 18n)).toBe(LONGEST_PAUSE_MS);
    expect(pauseOf('recorded', 0n)).toBe(pauseOf('recorded', null));
    expect(pauseOf('recorded', null)).toBeGreaterThan(0);
  });
});
