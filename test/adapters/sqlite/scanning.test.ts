import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventRepository, PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { scanAll, scannedVersions } from '../../contract/observations.ts';
import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { configOf, eventOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

const UUID = '01900000-0000-7000-8000-00000000abcd';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => {
  vi.restoreAllMocks();
  return folder.close();
});

test('an id of the shape of a UUID is found as bytes, and as the text a foreign hand stored', async () => {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  await repository.append('orders', [eventOf(UUID), eventOf('other')], 0);
  const db = folder.raw();
  db.prepare('UPDATE events SET id = ? WHERE version = 2').run(UUID);
  expect(await scannedVersions(repository, 'orders', 0, UUID)).toEqual([1, 2]);
});

test('a row whose type nobody knows is damage that a scan names, and health tells', async () => {
  await seed(folder, 5);
  const db = folder.raw();
  db.pragma('foreign_keys = off');
  db.exec('UPDATE events SET type_id = 99 WHERE version = 3');
  const repository = await folder.open();
  const { events, damaged } = await scanAll(repository, 'orders');
  expect([events.map(({ version }) => version), damaged.map(({ version, code }) => [version, code])]).toEqual([
    [1, 2, 4, 5],
    [[3, 'damaged-row']],
  ]);
  expect(await repository.health()).toMatchObject({ status: 'degraded' });
});

test('versions that a foreign hand left out are passed over', async () => {
  await seed(folder, 40);
  const db = folder.raw();
  db.exec('DELETE FROM events WHERE version BETWEEN 3 AND 30');
  const repository = await folder.open();
  for (const holding of [null, 'null']) {
    const { events, scanned } = await scanAll(repository, 'orders', 0, holding);
    expect(events.map(({ version }) => version)).toEqual([1, 2, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
    expect(scanned).toBe(12);
  }
});

test('a text is found in a topic that fills the table and in one with few rows in it, and never in another', async () => {
  const repository = await folder.open();
  const metadata = (text: string): JsonText => JSON.stringify({ text }) as JsonText;
  for (const topic of ['many', 'some', 'few']) await repository.createTopic(configOf(topic), 'refuse', '1');
  const latest = new Map<string, number>();
  for (let round = 0; round < 60; round++) {
    for (const [topic, count] of [
      ['many', 8],
      ['some', 2],
      ['few', round % 10 === 0 ? 1 : 0],
    ] as const) {
      if (count === 0) continue;
      const before = latest.get(topic) ?? 0;
      const batch = Array.from({ length: count }, (_none, at) =>
        eventOf(`${topic}-${before + at}`, { metadata: metadata(`round ${round} of ${topic}`) }),
      );
      await repository.append(topic, batch, before);
      latest.set(topic, before + count);
    }
  }
  expect(await scannedVersions(repository, 'many', 0, 'round 7 ')).toEqual([57, 58, 59, 60, 61, 62, 63, 64]);
  expect(await scannedVersions(repository, 'some', 0, 'round 7 ')).toEqual([15, 16]);
  expect(await scannedVersions(repository, 'few', 0, 'round 20 ')).toEqual([3]);
  expect(await scannedVersions(repository, 'few', 0, 'of many')).toEqual([]);
  expect(await scannedVersions(repository, 'many', 0, 'few-3')).toEqual([]);
  expect(await scannedVersions(repository, 'some', 15, 'some-15')).toEqual([16]);
  expect(await scannedVersions(repository, 'many', 0, 'of')).toHaveLength(480);
});

test('what a pattern would take for more than itself is looked for as it stands, and so are long texts', async () => {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  const long = 'äx*'.repeat(20_000);
  const texts = ['a*b', 'aXb', 'a?b', '[ab]', 'a', 'b]', '^a', `${long}!`, 'A'];
  await repository.append(
    'orders',
    texts.map((text, at) => eventOf(`#${at}`, { metadata: JSON.stringify(text) as JsonText })),
    0,
  );
  const found = (text: string): Promise<readonly number[]> => scannedVersions(repository, 'orders', 0, text);
  expect(await found('a*b')).toEqual([1]);
  expect(await found('a?b')).toEqual([3]);
  expect(await found('[ab]')).toEqual([4]);
  expect(await found('b]')).toEqual([4, 6]);
  expect(await found('^a')).toEqual([7]);
  expect(await found('x*ä')).toEqual([8]);
  expect(await found(`${long}!`)).toEqual([8]);
  expect(await found(`${long}?`)).toEqual([]);
  expect(await found('A')).toEqual([9]);
});

const LARGE_TEXT = JSON.stringify('x'.repeat(3000)) as JsonText;
const KINDS: Record<string, Partial<PreparedEvent>> = {
  'large metadata': { metadata: LARGE_TEXT },
  'large data': { data: LARGE_TEXT, metadata: '"small"' as JsonText },
};

/** The versions behind which the slices of a search end while each look at the clock takes a while, and what they found. */
async function slicesOf(repository: EventRepository, topic: string, holding: string): Promise<{ ends: number[]; found: number[] }> {
  let time = performance.now();
  vi.spyOn(performance, 'now').mockImplementation(() => (time += 0.3));
  const ends: number[] = [];
  const found: number[] = [];
  for (let after: number | null = 0; after !== null;) {
    const slice = await repository.scan(topic, after, holding);
    found.push(...slice.versions);
    after = slice.next;
    if (after !== null) ends.push(after);
  }
  vi.restoreAllMocks();
  return { ends, found };
}

async function grow(repository: EventRepository, topic: string, count: number, given: Partial<PreparedEvent> = {}): Promise<void> {
  const before = await repository.latestVersion(topic);
  const batch = Array.from({ length: count }, (_none, at) => eventOf(`${topic}-${before + at + 1}`, given));
  await repository.append(topic, batch, before);
}

for (const [kind, large] of Object.entries(KINDS)) {
  test(`a search that has passed many small events stops between those of ${kind}, and finds what they hold`, async () => {
    const repository = await folder.open();
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    await grow(repository, 'orders', 250);
    expect((await slicesOf(repository, 'orders', 'orders-7')).found).toEqual([7]);
    await grow(repository, 'orders', 60, large);
    await grow(repository, 'orders', 1, { metadata: '"needle"' as JsonText });
    for (const round of [1, 2]) {
      const { ends, found } = await slicesOf(repository, 'orders', 'needle');
      expect(ends.filter((version) => version > 250).length, `round ${round}`).toBeGreaterThan(2);
      expect(found).toEqual([311]);
    }
    expect((await slicesOf(repository, 'orders', 'orders-300')).found).toEqual([300]);
  });

  test(`a search through a topic with few rows in the table stops between those of ${kind}`, async () => {
    const repository = await folder.open();
    for (const topic of ['few', 'many']) await repository.createTopic(configOf(topic), 'refuse', '1');
    await grow(repository, 'few', 250);
    for (let round = 0; round < 60; round++) {
      await grow(repository, 'few', 1, large);
      await grow(repository, 'many', 20);
    }
    const { ends } = await slicesOf(repository, 'few', 'needle');
    expect(ends.filter((version) => version > 250).length).toBeGreaterThan(1);
  });

  test(`that the small events of one topic were searched says nothing of those of ${kind} between them`, async () => {
    const repository = await folder.open();
    for (const topic of ['small', 'large']) await repository.createTopic(configOf(topic), 'refuse', '1');
    for (let round = 0; round < 60; round++) {
      await grow(repository, 'small', 2);
      await grow(repository, 'large', 1, large);
    }
    expect((await slicesOf(repository, 'small', 'needle')).ends).toEqual([]);
    expect((await slicesOf(repository, 'large', 'needle')).ends.length).toBeGreaterThan(1);
  });
}
