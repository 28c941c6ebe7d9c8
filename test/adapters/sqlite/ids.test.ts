import { afterEach, beforeEach, expect, test } from 'vitest';
import { configOf, eventOf, openDatabaseFolder, type DatabaseFolder } from './database-folder.ts';

const UUID = '01900000-0000-7000-8000-00000000abcd';

let folder: DatabaseFolder;
beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

test('an id of the shape of a UUID is found as bytes and as the text that a foreign hand stored', async () => {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  await repository.append('orders', [eventOf('a'), eventOf('b'), eventOf(UUID)], 0);
  expect(await repository.versionOfId('orders', UUID, 0)).toBe(3);
  folder.raw().exec(`UPDATE events SET id = '${UUID}' WHERE version = 2`);
  expect(await repository.versionOfId('orders', UUID, 0)).toBe(2);
  expect(await repository.versionOfId('orders', UUID, 2)).toBe(3);
  expect(await repository.versionOfId('orders', UUID, 3)).toBe(0);
});
