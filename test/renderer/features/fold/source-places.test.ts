import { describe, expect, it } from 'vitest';
import { findingAt, placedText } from '../../../../src/renderer/src/features/fold/source-places.ts';

const SOURCE = 'export const initial = 0;\n  return state +;\n\nlast';
const marked = (line: number | null, column: number | null): string => {
  const { from, to } = findingAt(SOURCE, line, column, 'x');
  return SOURCE.slice(from, to);
};

describe('a place in the text of a fold', () => {
  it('is marked to the end of its word, or of its line where there is none or no column is known', () => {
    expect(marked(1, 8)).toBe('const');
    expect(marked(2, 17)).toBe(';');
    expect(marked(2, null)).toBe('return state +;');
    expect(marked(4, 1)).toBe('last');
    expect(marked(null, null)).toBe('export const initial = 0;');
  });

  it('beyond the text is marked at its end, and an empty line has an empty mark', () => {
    expect(marked(9, 1)).toBe('last');
    expect(marked(1, 999)).toBe(';');
    expect(marked(3, 1)).toBe('');
    expect(findingAt('', 5, 5, 'x')).toMatchObject({ from: 0, to: 0 });
  });

  it('is told with as much as is known of it', () => {
    expect(placedText({ line: 3, column: 4, reason: 'no' })).toBe('Line 3, column 4: no');
    expect(placedText({ line: 3, column: null, reason: 'no' })).toBe('Line 3: no');
    expect(placedText({ line: null, column: null, reason: 'no' })).toBe('no');
  });
});
