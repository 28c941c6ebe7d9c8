import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanAll, scannedVersions } from '../../contract/observations.ts';
import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { configOf, eventOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

const UUID = '01900000-0000-7000-8000-00000000abcd';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

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
