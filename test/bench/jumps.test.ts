import { expect, it } from 'vitest';
import { addJumps, versionsToJumpTo, type Jump } from '../../bench/lib/jumps.ts';
import { createReport, type Row } from '../../bench/lib/report.ts';

function rowOf(jumps: readonly Jump[]): Row {
  const report = createReport(() => {});
  addJumps(report, jumps, 10_000);
  return report.rows[0]!;
}

it.each([10_000, 5_000_000])('jumps to the first and the last of %d rows, and never to where it is', (last) => {
  const versions = versionsToJumpTo(last);
  expect(versions).toContain(1);
  expect(versions).toContain(last);
  expect(new Set(versions).size).toBe(versions.length);
  expect(versions.every((version) => version >= 1 && version <= last)).toBe(true);
});

it('tells the slowest jump beside the median', () => {
  const row = rowOf([20, 30, 90].map((ms, n) => ({ version: n + 1, ms })));
  expect(row).toMatchObject({ measured: 30, verdict: 'ok' });
  expect(row.note).toContain('slowest 90.0 ms, at 3');
});

it('is short where a jump came to nothing, whatever the median', () => {
  const row = rowOf([20, 30, null, 25].map((ms, n) => ({ version: n + 1, ms })));
  expect(row).toMatchObject({ measured: 5000, verdict: 'short' });
  expect(row.note).toContain('no row came at 3');
});
