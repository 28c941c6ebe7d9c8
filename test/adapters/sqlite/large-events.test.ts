import { openSync, closeSync, writeSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { createTopicCommands } from '../../../src/main/adapters/sqlite/topic-commands.ts';
import { createTopicRows } from '../../../src/main/adapters/sqlite/topic-rows.ts';
import { configOf, eventOf, openDatabaseFolder, type DatabaseFolder } from './database-folder.ts';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

/** A topic `orders` of events of three megabytes: no two of them fit into one page. */
async function seedLarge(count: number): Promise<void> {
  const repository = await folder.open();
  await repository.createTopic(configOf('orders'), 'refuse', '1');
  const data = JSON.stringify(`ü\uFFFD${'x'.repeat(3_000_000)}`) as JsonText;
  const batch = Array.from({ length: count }, (_none, at) => eventOf(`e${at + 1}`, { data, metadata: '{"behind":1}' as JsonText }));
  await repository.append('orders', batch, 0);
  await repository.close();
}

/** The last row cannot be read to its end any more. */
function cutLastRow(): void {
  const db = folder.raw();
  const [page, size] = db
    .prepare("SELECT pageno, pgsize FROM dbstat WHERE name = 'events' AND pagetype = 'overflow' ORDER BY path DESC LIMIT 1")
    .raw()
    .get() as [number, number];
  db.close();
  const file = openSync(folder.place, 'r+');
  // The page before says where the row goes on.
  writeSync(file, Buffer.from([0xff, 0xff, 0xff, 0xff]), 0, 4, (page - 2) * size);
  closeSync(file);
}

test('a large event that does not fit into a page is not read to find that out', async () => {
  await seedLarge(2);
  cutLastRow();
  const repository = await folder.open();
  for (const types of [undefined, ['Happened']]) {
    const page = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 10, types });
    expect([page.events.map(({ version }) => version), page.damaged, page.next]).toEqual([[1], [], 1]);
    const { events, damaged } = await repository.read('orders', { direction: 'forward', cursor: 1, limit: 10, types });
    expect([events, damaged.map(({ version }) => version)]).toEqual([[], [2]]);
  }
});

test('a large event is read to the letter, and is damage where its bytes are not UTF-8 or no JSON', async () => {
  await seedLarge(3);
  const db = folder.raw();
  db.exec("UPDATE events SET data = CAST(substr(CAST(data AS BLOB), 1, 2000000) || x'ff22' AS TEXT) WHERE version = 2");
  db.exec('UPDATE events SET data = substr(data, 1, 2000000) WHERE version = 3');
  const repository = await folder.open();
  const page = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 10 });
  expect(page.events.map(({ data, metadata }) => [data.slice(0, 4), data.length, metadata])).toEqual([
    ['"ü\uFFFDx', 3_000_004, '{"behind":1}'],
  ]);
  const rest = await repository.read('orders', { direction: 'forward', cursor: 1, limit: 10 });
  expect(rest.damaged.map(({ version, reason }) => [version, reason])).toEqual([
    [2, 'Version 2 cannot be read: its text is not UTF-8.'],
    [3, 'Version 3 cannot be read: its data is not JSON.'],
  ]);
  const beginnings = await repository.readBeginnings('orders', { direction: 'forward', cursor: 1, limit: 10 }, { data: 9, metadata: 9 });
  expect(beginnings).toEqual(rest);
});

test('large events are removed for good a few at a time', async () => {
  await seedLarge(12);
  const db = folder.raw();
  const commands = createTopicCommands(db, createTopicRows(db), () => 1n);
  commands.startPurge(commands.trash('orders', '1'), 'orders');
  const left = db.prepare<[], number>('SELECT count(*) FROM events').pluck();
  const counts: number[] = [];
  while (commands.purgeSlice()) counts.push(left.get()!);
  expect(counts).toEqual([7, 2, 0, 0]);
});
