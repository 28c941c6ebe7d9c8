import { expect } from 'vitest';
import type { EventRepository, TimeSpan } from '../../../src/main/eventstore/ports/event-repository.ts';
import { timeBucket } from '../../../src/shared/model/time-bucket.ts';
import { law, type Law } from '../law.ts';
import { refusedWith, scanAll } from '../observations.ts';
import { configOf, eventOf, TOPIC } from '../samples.ts';

const HOUR = 3_600_000_000_000n;

/** What is counted is what a scan counts, in every type and every bucket of time; or nothing is. */
async function expectAgreement(repository: EventRepository, topic = TOPIC, span: TimeSpan | null = null): Promise<void> {
  const statistics = await repository.statistics(topic, span);
  if (!statistics) return;
  const { events } = await scanAll(repository, topic);
  const { width } = statistics;
  const types = new Map<string, number>();
  const buckets = new Map<number, number>();
  for (const { type, timestamp } of events) {
    types.set(type, (types.get(type) ?? 0) + 1);
    const bucket = timeBucket(timestamp, width);
    const overlaps = !span || ((bucket + 1n) * width > span.from && bucket * width < span.to);
    if (overlaps) buckets.set(Number(bucket), (buckets.get(Number(bucket)) ?? 0) + 1);
  }
  expect(statistics.events).toBe(events.length);
  expect(new Map(statistics.types.map(({ type, count }) => [type, count]))).toEqual(types);
  expect(statistics.types).toHaveLength(types.size);
  expect([...statistics.buckets]).toEqual([...buckets.keys()].sort((a, b) => a - b));
  expect(new Map([...statistics.buckets].map((bucket, at) => [bucket, statistics.counts[at]]))).toEqual(buckets);
  expect(statistics.times === null).toBe(events.length === 0);
  for (const { timestamp } of events) {
    expect(timestamp >= statistics.times!.from && timestamp < statistics.times!.to, String(timestamp)).toBe(true);
  }
}

const history = (from: number, count: number): ReturnType<typeof eventOf>[] =>
  Array.from({ length: count }, (_none, at) =>
    eventOf(`e${from + at}`, {
      type: ['a', 'b', '__proto__', 'constructor', 'é', 'e\u0301'][(from + at) % 6]!,
      timestamp: BigInt(from + at) * HOUR - 3n,
    }),
  );

export const STATISTICS_LAWS: readonly Law[] = [
  law('what a repository counts of types and times is what a scan counts, whatever the order of the times', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await expectAgreement(repository);
    await repository.append(TOPIC, history(1, 30), 0);
    await expectAgreement(repository);
    const times = [0n, -1n, -HOUR, HOUR - 1n, 2n ** 63n - 1n, -(2n ** 63n), 1_700_000_000_000_000_000n, 5n, 1n];
    for (const [at, timestamp] of times.entries()) {
      await repository.append(TOPIC, [eventOf(`t${at}`, { type: `T${at % 2}`, timestamp })], null);
      await expectAgreement(repository);
    }
  }),

  law('what is counted within a span of time is what a scan counts there', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, history(1, 60), 0);
    for (const span of [
      { from: 10n * HOUR, to: 20n * HOUR },
      { from: -5n * HOUR, to: HOUR },
      { from: 1000n * HOUR, to: 1001n * HOUR },
      { from: 10n * HOUR + 1n, to: 10n * HOUR + 2n },
    ]) {
      await expectAgreement(repository, TOPIC, span);
    }
  }),

  law('a retry and a refused append are not counted, and what was moved to the trash counts when it is back', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const batch = history(1, 12);
    await repository.append(TOPIC, batch, 0);
    expect((await repository.append(TOPIC, batch, 0)).replayed).toBe(true);
    await refusedWith(repository.append(TOPIC, history(50, 3), 5));
    await refusedWith(repository.append(TOPIC, [eventOf('new'), ...batch], null));
    await expectAgreement(repository);
    const entry = await repository.trashTopic(TOPIC, 'entry');
    await repository.createTopic(configOf(), 'refuse', '2');
    await repository.append(TOPIC, history(100, 2), 0);
    await expectAgreement(repository);
    await repository.restoreTopic(entry, TOPIC, configOf('back'));
    await expectAgreement(repository, 'back');
    await repository.purgeTopic(await repository.trashTopic('back', 'again'), 'back');
    await expectAgreement(repository);
  }),

  law('counters of an unknown topic are TOPIC_NOT_FOUND', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    expect(await refusedWith(repository.statistics('unknown', null))).toBe('TOPIC_NOT_FOUND');
  }),
];
