import { describe, expect, it } from 'vitest';
import type { FoldRun } from '../../../../src/renderer/src/api/fold-run.ts';
import { bisectText, runText } from '../../../../src/renderer/src/features/fold/fold-words.ts';
import type { FoldState } from '../../../../src/shared/ipc/contract/folds.ts';

const STATE: FoldState = {
  status: 'done',
  folded: 1200,
  total: 5000,
  eventsPerSecond: 300_000,
  failing: 0,
  unshown: 0,
  isImpure: false,
  failure: null,
};
const run = (state: Partial<FoldState>): FoldRun => ({
  store: '/s',
  topic: 't',
  incarnation: 1,
  source: '',
  id: 'f',
  state: { ...STATE, ...state },
  error: null,
  news: 0,
  isAtStart: false,
});

describe('what is said of a fold', () => {
  it.each<[Partial<FoldState>, string]>([
    [{ status: 'folding' }, 'Folded 1,200 of 5,000 · 300,000 events/s'],
    [{ folded: 1 }, '1 event folded'],
    [{ status: 'stopped' }, 'Stopped at version 1,200 of 5,000'],
    [
      { status: 'halted' },
      'Gave up at version 1,200 of 5,000: time or memory ran out time and again, or the state could not be kept for long',
    ],
    [{ failure: { code: 'TOPIC_NOT_FOUND', message: 'It is gone.', details: {} } }, 'Ended at version 1,200 of 5,000'],
  ])('%j', (state, text) => {
    expect(runText(run(state))).toBe(text);
  });

  it('tells of a bisect how it looked and what the condition did', () => {
    const answer = { version: 7, method: 'search', asked: 12, threw: 0, firstThrown: null } as const;
    expect(bisectText(answer)).toBe('It first holds after version 7. Searched by halves: asked 12 times, right only if it stays true.');
    const fault = { kind: 'throw', reason: 'no b', line: null, column: null } as const;
    expect(bisectText({ ...answer, version: null, method: 'scan', threw: 1, firstThrown: fault })).toBe(
      'It never holds. Scanned: asked after every event, 12 times. It threw 1 time, which counts as not holding: no b.',
    );
    expect(bisectText({ ...answer, version: 0 })).toContain('It holds before the first event.');
  });
});
