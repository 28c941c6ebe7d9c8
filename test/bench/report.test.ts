import { describe, expect, it } from 'vitest';
import { createReport, markdown, type Row } from '../../bench/lib/report.ts';
import { addHeld } from '../../bench/lib/main-held.ts';

const newReport = (): ReturnType<typeof createReport> => createReport(() => {});

function held(max: number, p99: number): Row {
  const report = newReport();
  addHeld(report, 'topics.list', { max, p99, wall: 40 });
  return report.rows[0]!;
}

describe('a row of how long main is held', () => {
  it('is short if either its longest hold or its 99 % misses', () => {
    expect(held(15, 7).verdict).toBe('ok');
    expect(held(17, 7).verdict).toBe('short');
    expect(held(15, 9).verdict).toBe('short');
  });

  it('shows both, in the table and for programs', () => {
    const row = held(11.6, 9.4);
    expect(row).toMatchObject({ measured: 11.6, p99: 9.4, target: '<= 16, 99 % <= 8' });
    expect(markdown({ rows: [row], missing: [] })).toContain('| 11.6 ms, 99 % 9.4 ms | <= 16, 99 % <= 8 |');
  });
});

describe('a row', () => {
  it('is judged by what was measured, not by what is left of it when it is rounded', () => {
    const report = newReport();
    report.add('a', [16.04], { atMost: 16, unit: 'ms' });
    expect(report.rows[0]).toMatchObject({ measured: 16, verdict: 'short' });
  });

  it('is not judged where nothing is asked', () => {
    const report = newReport();
    report.add('a', [1, 9], { unit: 'x' });
    expect(report.rows[0]).toMatchObject({ measured: 5, target: '', verdict: 'no target' });
  });

  it('is noisy where its ratios spread too far', () => {
    const report = newReport();
    report.add('a', [1, 2, 3], { atLeast: 1, unit: 'x' });
    expect(report.rows[0]?.verdict).toBe('noisy');
  });
});

it('tells what failed apart from what does not apply', () => {
  const report = newReport();
  report.skip('6 page', 'only the smallest store was asked for');
  report.fail('files', new Error('disk full\nand more'));
  expect(markdown(report)).toContain('- 6 page: not measured: only the smallest store was asked for\n- files: FAILED: disk full');
});
