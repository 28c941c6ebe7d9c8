import { describe, expect, it } from 'vitest';
import { whyFailed } from '../../bench/lib/outcome.ts';
import { createReport, type Report } from '../../bench/lib/report.ts';

function after(measure: (report: Report) => void): string[] {
  const report = createReport(() => {});
  report.readBack('tidemark', 2);
  report.readBack('raw', 2);
  measure(report);
  return whyFailed(report);
}

describe('a run of the bench', () => {
  it('is good with rows that are short, and with rows that do not apply', () => {
    const reasons = after(({ add, skip }) => {
      add('1 append', [0.5], { atLeast: 1, unit: 'x' });
      skip('6 page', 'only the smallest store was asked for');
    });
    expect(reasons).toEqual([]);
  });

  it('has failed where a group did', () => {
    expect(after(({ fail }) => fail('files', 'disk full'))).toEqual(['not everything could be measured: files']);
  });

  it.each([1, NaN])('has failed where a side does not flush as the others do (%s)', (value) => {
    expect(after(({ readBack }) => readBack('emmett-sqlite', value))).toHaveLength(1);
  });

  it('has failed where three rows are noisy', () => {
    const noisy = (times: number) => after(({ add }) => Array.from({ length: times }, () => add('1', [1, 9], { atLeast: 1, unit: 'x' })));
    expect(noisy(2)).toEqual([]);
    expect(noisy(3)).toHaveLength(1);
  });
});
