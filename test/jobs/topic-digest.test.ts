import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK } from '../../src/main/jobs/event-columns.ts';
import { createPace } from '../../src/main/eventstore/pace.ts';
import { timeHistogram } from '../../src/main/jobs/time-histogram.ts';
import { createTopicDigest, type TopicDigest } from '../../src/main/jobs/topic-digest.ts';
import type { EventFilter } from '../../src/main/jobs/topic-matches.ts';
import { digestOf, filter, history, INT64, latestOf, matching, never, toldStore, type Told } from './scanned-history.ts';

const ALL: EventFilter = { types: null, from: null, to: null };

function countsOf(digest: Pick<TopicDigest, 'names' | 'counts'>, counts: readonly number[] = digest.counts): Map<string, number> {
  return new Map(digest.names.map((name, number) => [name, counts[number] ?? 0] as const).filter(([, count]) => count > 0));
}

function naiveCounts(told: readonly Told[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of told) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

async function matchesOf(digest: TopicDigest, wanted: EventFilter): Promise<readonly number[]> {
  const matches = digest.matches(wanted);
  await matches.catchUp(createPace());
  return Array.from({ length: matches.size }, (_none, index) => digest.columns.versionAt(matches.placeAt(index)));
}

/** Everything a digest answers, so that two of them can be compared. */
async function everything(digest: TopicDigest, wanted: EventFilter): Promise<unknown> {
  const matches = digest.matches(wanted);
  return {
    counts: countsOf(digest),
    damaged: digest.damaged,
    times: digest.times,
    progress: digest.progress(),
    versions: Array.from({ length: digest.columns.size }, (_none, place) => digest.columns.versionAt(place)),
    matching: await matchesOf(digest, wanted),
    matchingCounts: countsOf(digest, matches.counts),
  };
}

describe('a digest', () => {
  test('counts, numbers and times every readable event as a plain count does, whatever the slices are', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 1, max: 70 }), async (told, size) => {
        const digest = await digestOf(told, size);
        const healthy = matching(told, ALL);
        expect(countsOf(digest)).toEqual(naiveCounts(healthy));
        expect(digest.damaged).toBe(told.length - healthy.length);
        const times = healthy.map(({ timestamp }) => timestamp).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(digest.times).toEqual(times.length > 0 ? { earliest: times[0], latest: times.at(-1) } : null);
        expect(digest.progress()).toEqual({ scanned: latestOf(told), total: latestOf(told), done: true });
        expect(healthy.map((_told, place) => digest.columns.versionAt(place))).toEqual(healthy.map(({ version }) => version));
        for (let version = 0; version <= latestOf(told) + 1; version++) {
          expect(digest.columns.countBefore(version)).toBe(healthy.filter((event) => event.version < version).length);
        }
      }),
    );
  });

  test('lists what a filter lets through as plain filtering does, and finds places in it', async () => {
    await fc.assert(
      fc.asyncProperty(history, filter, async (told, wanted) => {
        const digest = await digestOf(told);
        const expected = matching(told, wanted);
        expect(await matchesOf(digest, wanted)).toEqual(expected.map(({ version }) => version));
        const matches = digest.matches(wanted);
        expect(countsOf(digest, matches.counts)).toEqual(naiveCounts(expected));
        for (let version = 0; version <= latestOf(told) + 1; version++) {
          const before = matches.countBefore(digest.columns.countBefore(version));
          expect(before).toBe(expected.filter((event) => event.version < version).length);
        }
      }),
    );
  });

  test('that grew with its topic answers what one made from scratch does, and reads no version twice', async () => {
    await fc.assert(
      fc.asyncProperty(history, filter, fc.array(fc.nat(60), { maxLength: 4 }), async (told, wanted, cuts) => {
        const store = toldStore([], 5);
        const grown = createTopicDigest(store, 'orders');
        for (const length of [...cuts, told.length].sort((a, b) => a - b)) {
          store.told = told.slice(0, length);
          grown.aim(latestOf(store.told));
          await grown.advance(60_000, never());
          // Lists are taken up where they were left, too.
          await matchesOf(grown, wanted);
        }
        expect(await everything(grown, wanted)).toEqual(await everything(await digestOf(told), wanted));
        expect(store.scans).toEqual([...new Set(store.scans)].sort((a, b) => a - b));
      }),
    );
  });

  test('finds the first version at or after a time, where times do not ascend', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.bigInt(INT64), async (told, any) => {
        const digest = await digestOf(told);
        for (const time of [any, INT64.min, INT64.max, ...told.flatMap(({ timestamp }) => [timestamp, timestamp - 1n, timestamp + 1n])]) {
          const expected = told.find(({ damaged, timestamp }) => !damaged && timestamp >= time);
          expect(digest.versionAtTime(time)).toBe(expected?.version ?? null);
        }
      }),
    );
  });

  test('puts every event of a range in its bucket, exact to the nanosecond', async () => {
    const ends = fc.tuple(fc.bigInt({ min: INT64.min, max: 2n ** 63n }), fc.bigInt({ min: INT64.min, max: 2n ** 63n }));
    const near = fc.tuple(fc.nat(60), fc.integer({ min: 1, max: 60 }));
    await fc.assert(
      fc.asyncProperty(
        history,
        filter,
        ends,
        near,
        fc.integer({ min: 1, max: 40 }),
        async (told, wanted, [a, b], [start, length], buckets) => {
          const digest = await digestOf(told);
          const matches = digest.matches(wanted);
          await matches.catchUp(createPace());
          const close = 1_700_000_000_000_000_000n + BigInt(start);
          for (const range of [
            { from: a < b ? a : b, to: a < b ? b : a },
            { from: close, to: close + BigInt(length) },
          ]) {
            if (range.from === range.to) continue;
            const { from, step, counts, matchingCounts } = await timeHistogram(digest, matches, range, buckets, createPace());
            expect(from).toBe(range.from);
            expect(counts.length).toBeLessThanOrEqual(buckets);
            expect(BigInt(counts.length) * step).toBeGreaterThanOrEqual(range.to - range.from);
            expect(BigInt(counts.length - 1) * step).toBeLessThan(range.to - range.from);
            const naive = (events: readonly Told[]): readonly number[] =>
              counts.map((_count, bucket) => {
                const first = from + BigInt(bucket) * step;
                const end = first + step < range.to ? first + step : range.to;
                return events.filter(({ timestamp }) => timestamp >= first && timestamp < end).length;
              });
            expect(counts).toEqual(naive(matching(told, ALL)));
            expect(matchingCounts).toEqual(naive(matching(told, wanted)));
          }
        },
      ),
    );
  });

  test('is as right over many chunks, with a gap in one of them', async () => {
    const count = 2 * CHUNK + 500;
    const gap = CHUNK + 100;
    const told: readonly Told[] = Array.from({ length: count }, (_none, index) => ({
      version: index + 1 + (index >= gap ? 10 : 0),
      type: `T${index % 5}`,
      // Two steps forward, one back.
      timestamp: BigInt(index % 3 === 2 ? index - 4 : index) * 1_000_000_007n,
      damaged: false,
    }));
    const digest = await digestOf(told, count);
    expect(digest.columns.chunks).toHaveLength(3);
    const time = told[gap]!.timestamp;
    const wanted = { types: ['T1', 'T4'], from: time, to: told[count - 50]!.timestamp };
    expect(await matchesOf(digest, wanted)).toEqual(matching(told, wanted).map(({ version }) => version));
    const first = told.find(({ timestamp }) => timestamp >= time)!;
    expect(digest.versionAtTime(time)).toBe(first.version);
    const { counts, matchingCounts } = await timeHistogram(digest, digest.matches(wanted), { from: 0n, to: time }, 7, createPace());
    expect(counts.reduce((a, b) => a + b)).toBe(told.filter(({ timestamp }) => timestamp >= 0n && timestamp < time).length);
    expect(matchingCounts.every((matches) => matches === 0)).toBe(true);
    for (const version of [1, gap, gap + 1, gap + 5, gap + 11, count + 10, count + 11]) {
      expect(digest.columns.countBefore(version)).toBe(told.filter((event) => event.version < version).length);
    }
  });

  test('does not take an append during its last slice for looked at', async () => {
    const told = Array.from({ length: 5 }, (_none, index): Told => ({ version: index + 1, type: 'a', timestamp: 0n, damaged: false }));
    const store = toldStore(told.slice(0, 3), 10);
    const digest = createTopicDigest(
      {
        scanEvents: async (topic, after) => {
          const slice = await store.scanEvents(topic, after);
          store.told = told;
          digest.aim(5);
          return slice;
        },
      },
      'orders',
    );
    digest.aim(3);
    await digest.advance(60_000, never());
    expect([digest.columns.size, digest.progress()]).toEqual([5, { scanned: 5, total: 5, done: true }]);
  });

  test('keeps the lists of the last two filters', async () => {
    const digest = await digestOf([{ version: 1, type: 'a', timestamp: 0n, damaged: false }]);
    const [first, second, third] = ['a', 'b', 'c'].map((type): EventFilter => ({ types: [type], from: null, to: null }));
    const kept = digest.matches(first!);
    digest.matches(second!);
    expect(digest.matches({ types: ['a', 'a'], from: null, to: null })).toBe(kept);
    digest.matches(third!);
    expect(digest.matches(first!)).toBe(kept);
    digest.matches(second!);
    digest.matches(third!);
    expect(digest.matches(first!)).not.toBe(kept);
  });
});
