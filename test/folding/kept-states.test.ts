import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFailingVersions } from '../../src/main/folding/failing-versions.ts';
import { createSnapshots } from '../../src/main/folding/snapshots.ts';
import type { FoldFault } from '../../src/shared/model/fold.ts';

const state = (version: number, bytes = 10) => ({ version, packed: new Uint8Array(bytes), isShown: true });
const fault: FoldFault = { kind: 'throw', reason: 'x', line: 1, column: 1 };

it('the nearest kept state before any version is the one, and the room for them is kept', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 80 }),
      fc.integer({ min: 20, max: 400 }),
      (versions, budget) => {
        const snapshots = createSnapshots(state(0), budget);
        for (const version of versions.toSorted((a, b) => a - b)) snapshots.add(state(version));
        const kept = snapshots.all().map(({ version }) => version);
        expect(kept[0]).toBe(0);
        expect(kept.at(-1)).toBe(Math.max(0, ...versions));
        expect(kept.length).toBeLessThanOrEqual(Math.max(2, Math.floor(budget / 10)));
        for (const version of [0, 1, 250, 500]) {
          expect(snapshots.before(version).version).toBe(kept.findLast((found) => found <= version));
          expect(snapshots.after(version)?.version ?? null).toBe(kept.find((found) => found > version) ?? null);
        }
        snapshots.cut(250);
        expect(snapshots.all().map(({ version }) => version)).toEqual(kept.filter((version) => version <= 250));
      },
    ),
  );
});

it('those stay that lie evenly', () => {
  const snapshots = createSnapshots(state(0), 110);
  for (let version = 1; version <= 1000; version++) snapshots.add(state(version));
  const kept = snapshots.all().map(({ version }) => version);
  expect(kept).toHaveLength(11);
  const gaps = kept.slice(1).map((version, index) => version - (kept[index] ?? 0));
  expect(Math.max(...gaps)).toBeLessThan(300);
});

it('failing versions are in order, each once, and are found from any version on', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 60 })), fc.integer({ min: 0, max: 61 }), (added, at) => {
      const failing = createFailingVersions();
      for (const version of added) failing.add(version, fault);
      const all = [...new Set(added)].toSorted((a, b) => a - b);
      expect(failing.between(0, Infinity)).toEqual(all);
      expect(failing.count()).toBe(all.length);
      expect(failing.next(at)).toBe(all.find((version) => version > at) ?? null);
      expect(failing.previous(at)).toBe(all.findLast((version) => version < at) ?? null);
      expect(failing.countBetween(at, 40)).toBe(all.filter((version) => version > at && version <= 40).length);
      expect(failing.has(at)).toBe(all.includes(at));
      expect(failing.fault(at)).toEqual(all.includes(at) ? fault : undefined);
      expect(failing.between(at, 40, 3)).toEqual(all.filter((version) => version > at && version <= 40).slice(0, 3));
      failing.cut(at);
      expect(failing.between(0, Infinity)).toEqual(all.filter((version) => version <= at));
    }),
  );
});

it('of very many the reasons are not all kept, the versions are', () => {
  const failing = createFailingVersions();
  for (let version = 1; version <= 5000; version++) failing.add(version, fault);
  expect([failing.count(), failing.fault(1), failing.fault(5000), failing.fault(5001)]).toEqual([5000, fault, null, undefined]);
});
