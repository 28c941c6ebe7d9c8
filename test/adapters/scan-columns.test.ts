import { expect, it } from 'vitest';
import { createScanColumns } from '../../src/main/adapters/scan-columns.ts';
import { MAX_LOOKED, MAX_SCAN } from '../../src/main/eventstore/ports/event-repository.ts';

it('a slice has room for so many events, read or damaged, and for so many versions that are looked at', () => {
  const columns = createScanColumns();
  expect(columns.room(0)).toBe(MAX_SCAN);
  for (let version = 1; version <= 1000; version++) columns.add(version, BigInt(version), `T${version % 3}`);
  columns.addDamaged({ version: 1001 } as never);
  expect(columns.room(0)).toBe(MAX_SCAN - 1001);
  const other = createScanColumns();
  // Whether time is up is looked at too, so a late answer is 0.
  expect([MAX_SCAN, 0]).toContain(other.room(MAX_LOOKED - MAX_SCAN));
  expect([5, 0]).toContain(other.room(MAX_LOOKED - 5));
  expect(other.room(MAX_LOOKED)).toBe(0);
});

it('a slice gives what was added, however much it was', () => {
  const columns = createScanColumns();
  const count = 5000;
  for (let version = 1; version <= count; version++) columns.add(version, BigInt(version) * 10n, `T${version % 3}`);
  const { versions, timestamps, types, names, scanned, next } = columns.finish(count, 7);
  expect([versions.length, timestamps.length, types.length, scanned, next]).toEqual([count, count, count, count, 7]);
  expect([versions[4321], timestamps[4321], names[types[4321] ?? -1]]).toEqual([4322, 43_220n, `T${4322 % 3}`]);
});

it('a slice ends when its time is up, but for the first version', async () => {
  const columns = createScanColumns();
  while (columns.room(1) > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  expect([columns.room(1), columns.room(0)]).toEqual([0, MAX_SCAN]);
});
