import { afterEach, beforeEach, expect, test } from 'vitest';
import { scanAll, scannedVersions } from '../../contract/observations.ts';
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
