import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStore, openStore, type OpenedStore } from '../../src/main/compose.ts';
import { countedOverview } from '../../src/main/jobs/counted-overview.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

const HOUR = 3_600_000_000_000n;
const ALL = { types: null, from: null, to: null } as const;

let folder: TempFolder;
let opened: OpenedStore;

beforeEach(async () => {
  folder = openTempFolder('counted');
  const place = join(folder.path, 'store.db');
  await createStore(place);
  opened = await openStore(place, { storage: 'inline' });
});
afterEach(async () => {
  await opened.close();
  folder.close();
});

/** Of any age, before the epoch and far ahead too, in no order. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt({ min: 472_000n * HOUR, max: 472_400n * HOUR }) },
  { weight: 2, arbitrary: fc.bigInt({ min: -50n * HOUR, max: 50n * HOUR }) },
  fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 63n - 30n * HOUR),
);

it('counts as a look at every event does, in bars that hold what they say', async () => {
  let topics = 0;
  let answered = 0;
  const range = fc.option(
    fc
      .tuple(fc.bigInt({ min: -60n, max: 472_500n }), fc.bigInt({ min: 1n, max: 900n }), fc.constantFrom(0n, 0n, 0n, 1n))
      .map(([from, hours, off]) => ({
        from: from * HOUR,
        to: (from + hours) * HOUR + off,
      })),
    { nil: null },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ type: fc.constantFrom('a', 'b', '__proto__'), timestamp: time.filter((ts) => ts !== 0n) }), { maxLength: 60 }),
      range,
      fc.constantFrom(1, 10, 100, 400),
      async (events, span, buckets) => {
        const topic = `topic-${++topics}`;
        await opened.store.createTopic({ name: topic });
        await opened.store.appendEvents(topic, events);
        const overview = await countedOverview(opened.store, { topic, filter: ALL, range: span, buckets });
        if (!overview) return;
        answered++;
        const { histogram, times } = overview;
        expect(overview).toMatchObject({
          events: events.length,
          matching: events.length,
          damaged: 0,
          progress: { scanned: events.length, done: true },
        });
        expect(new Map(overview.types.map(({ type, count }) => [type, count]))).toEqual(
          new Map([...Map.groupBy(events, ({ type }) => type)].map(([type, group]) => [type, group.length])),
        );
        for (const { timestamp } of events) expect(timestamp >= times!.earliest && timestamp <= times!.latest).toBe(true);
        if (!histogram) {
          expect([events, span]).toEqual([[], null]);
          return;
        }
        const { from, step, counts } = histogram;
        expect(counts.length).toBeLessThanOrEqual(buckets);
        expect(from >= -(2n ** 63n) && from + BigInt(counts.length) * step <= 2n ** 63n).toBe(true);
        const inside = events.filter(({ timestamp }) => !span || (timestamp >= span.from && timestamp < span.to));
        expect(counts).toEqual(
          counts.map(
            (_none, bar) => inside.filter(({ timestamp }) => (timestamp - from) / step === BigInt(bar) && timestamp >= from).length,
          ),
        );
        expect(counts.reduce((all, count) => all + count, 0)).toBe(inside.length);
      },
    ),
    { numRuns: 150 },
  );
  expect(answered).toBeGreaterThan(20);
});

it('leaves to a look at every event what is filtered, what lies closer than hours, and edges between them', async () => {
  await opened.store.createTopic({ name: 'orders' });
  await opened.store.appendEvents(
    'orders',
    Array.from({ length: 30 }, (_none, at) => ({ type: 'T', timestamp: BigInt(at + 1) * HOUR })),
  );
  const ask = (more: object) => countedOverview(opened.store, { topic: 'orders', filter: ALL, range: null, buckets: 100, ...more });
  expect((await ask({}))?.histogram?.counts).toHaveLength(30);
  expect((await ask({ buckets: 10 }))?.histogram).toMatchObject({
    from: HOUR,
    step: 3n * HOUR,
    counts: Array.from({ length: 10 }, () => 3),
  });
  expect(await ask({ filter: { ...ALL, types: ['T'] } })).toBeNull();
  expect(await ask({ filter: { ...ALL, from: HOUR } })).toBeNull();
  expect(await ask({ range: { from: HOUR, to: 5n * HOUR } })).toBeNull();
  expect(await ask({ range: { from: HOUR + 1n, to: 30n * HOUR } })).toBeNull();
  expect((await ask({ range: { from: HOUR, to: 29n * HOUR } }))?.histogram?.counts).toHaveLength(28);
});
