import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventRepository, TopicStatistics } from '../../../src/main/eventstore/ports/event-repository.ts';
import { damageEventRow } from './damage-event-row.ts';
import { configOf, eventOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

const HOUR = 3_600_000_000_000n;

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

const location = () => ({ adapter: 'sqlite', connection: 'store.db', place: folder.place, identity: folder.place, outside: false });

/** A topic with one event an hour. */
async function openHourly(hours: number): Promise<EventRepository> {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  const events = Array.from({ length: hours }, (_none, at) => eventOf(`e${at}`, { type: `T${at % 2}`, timestamp: BigInt(at) * HOUR + 1n }));
  await repository.append('orders', events, 0);
  return repository;
}

const said = (statistics: TopicStatistics | null) =>
  statistics && { width: statistics.width, buckets: [...statistics.buckets], counts: [...statistics.counts] };

test('hours are counted while one answer holds them, then days, and hours again in a span', async () => {
  const repository = await openHourly(240);
  const hourly = await repository.statistics('orders', null);
  expect(hourly).toMatchObject({ events: 240, width: HOUR, times: { from: 0n, to: 240n * HOUR } });
  expect(hourly?.buckets).toHaveLength(240);
  expect(hourly?.types.toSorted((a, b) => (a.type < b.type ? -1 : 1))).toEqual([
    { type: 'T0', count: 120 },
    { type: 'T1', count: 120 },
  ]);
  const more = Array.from({ length: 4800 }, (_none, at) => eventOf(`m${at}`, { timestamp: BigInt(240 + at) * HOUR }));
  await repository.append('orders', more, 240);
  const daily = await repository.statistics('orders', null);
  expect(daily).toMatchObject({ events: 5040, width: 24n * HOUR, times: { from: 0n, to: 5040n * HOUR } });
  expect(said(daily)?.buckets).toEqual(Array.from({ length: 210 }, (_none, day) => day));
  expect(new Set(daily?.counts)).toEqual(new Set([24]));
  expect(said(await repository.statistics('orders', { from: 3n * HOUR, to: 5n * HOUR }))).toEqual({
    width: HOUR,
    buckets: [3, 4],
    counts: [1, 1],
  });
});

test('nothing is said where damage was met, which the counters count too', async () => {
  await seed(folder, 20);
  await damageEventRow(location(), 'orders', 7);
  const repository = await folder.open();
  expect(await repository.statistics('orders', null)).toMatchObject({ events: 20 });
  await repository.read('orders', { direction: 'forward', cursor: 0, limit: 100 });
  expect(await repository.statistics('orders', null)).toBeNull();
});

test.each([
  [
    'an event that was not counted',
    "INSERT INTO events(topic_id, version, type_id, ts, id, data) VALUES (1, 4, 1, 0, 'x', '1'); UPDATE topics SET last_version = 4",
  ],
  ['a counter that was changed', 'UPDATE stats SET n = n + 1 WHERE res = 0'],
  ['times that were not counted', 'DELETE FROM stats WHERE res > 0'],
  ['a type that has no name', 'PRAGMA foreign_keys = OFF; UPDATE stats SET type_id = 99 WHERE res = 0'],
])('nothing is said where a foreign hand left %s', async (_what, sql) => {
  await seed(folder, 3);
  folder.raw().exec(sql);
  expect(await (await folder.open()).statistics('orders', null)).toBeNull();
});

test('nothing is said of more types, or longer names of them, than one answer holds', async () => {
  const repository = await folder.open();
  for (const topic of ['many', 'long']) await repository.createTopic(configOf(topic), 'refuse', '1');
  const typed = (count: number, name: (at: number) => string) =>
    Array.from({ length: count }, (_none, at) => eventOf(`e${at}`, { type: name(at) }));
  await repository.append(
    'many',
    typed(5000, (at) => `type ${at}`),
    0,
  );
  expect((await repository.statistics('many', null))?.types).toHaveLength(5000);
  await repository.append('many', [eventOf('more', { type: 'one more' })], 5000);
  expect(await repository.statistics('many', null)).toBeNull();
  await repository.append(
    'long',
    typed(6, (at) => `${at}${'x'.repeat(100_000)}`),
    0,
  );
  expect(await repository.statistics('long', null)).toBeNull();
});
