import { describe, expect, it } from 'vitest';
import { countCodes, groupProblems } from '../../../../src/renderer/src/features/health/problem-groups.ts';
import type { Problem } from '../../../../src/shared/model/problem.ts';

describe('problems', () => {
  const found: readonly Problem[] = [
    { code: 'gap', reason: '', topic: 'b', version: 9 },
    { code: 'gap', reason: '', topic: 'b', version: 2 },
    { code: 'stray-file', reason: '' },
    { code: 'gap', reason: '', topic: 'a' },
  ];

  it('are counted by code, most first', () => {
    expect(countCodes(found)).toEqual([
      { code: 'gap', count: 3 },
      { code: 'stray-file', count: 1 },
    ]);
  });

  it('stand by topic, the store’s own first, each by version, of one code, and no more than were asked for', () => {
    const shape = (code: string | null, most: number) =>
      groupProblems(found, code, most).map(({ topic, problems: of }) => `${topic}:${of.map(({ version }) => version ?? '-').join()}`);
    expect(shape(null, 9)).toEqual([':-', 'a:-', 'b:2,9']);
    expect(shape('gap', 2)).toEqual(['a:-', 'b:2']);
    expect(shape('none', 9)).toEqual([]);
  });
});
