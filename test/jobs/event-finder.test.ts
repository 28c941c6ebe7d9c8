import Database from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createStore, openStore, type OpenedStore } from '../../src/main/compose.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { createEventFinder, type EventFinder } from '../../src/main/jobs/event-finder.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let place: string;
let opened: OpenedStore;

beforeEach(async () => {
  temp = openTempFolder('finder');
  place = join(temp.path, 'store.db');
  await createStore(place);
  opened = await openStore(place, { storage: 'inline' });
  await opened.store.createTopic({ name: 'orders' });
  await opened.store.createTopic({ name: 'files', adapter: 'fs', connection: 'kept' });
});
afterEach(async () => {
  await opened.close();
  temp.close();
});

const idsOf = (...ids: readonly string[]) => ids.map((id) => ({ type: 'Happened', id }));

/** The store, and the topics of which events were looked at one after the other. */
function watched(): { readonly store: EventStore; readonly scanned: string[] } {
  const scanned: string[] = [];
  const { store } = opened;
  return {
    scanned,
    store: {
      ...store,
      scanEvents: async (topic, ...rest) => {
        scanned.push(topic);
        return store.scanEvents(topic, ...rest);
      },
    },
  };
}

async function answer(finder: EventFinder) {
  await finder.refresh();
  while (!finder.answer().progress.done) await finder.advance(50, new AbortController().signal);
  return finder.answer();
}

it('asks the index where one is kept, and looks through the events where none is', async () => {
  await opened.store.appendEvents('orders', idsOf('a', 'wanted', 'c'));
  await opened.store.appendEvents('files', idsOf('x', 'in a file'));
  const { store, scanned } = watched();
  expect(await answer(createEventFinder(store, 'wanted', 'orders'))).toMatchObject({ found: { topic: 'orders', version: 2 } });
  expect(await answer(createEventFinder(store, 'in a file', 'orders'))).toMatchObject({ found: null });
  expect(scanned).toEqual([]);
  expect(await answer(createEventFinder(store, 'in a file', null))).toMatchObject({
    found: { topic: 'files', version: 2 },
    unreachable: [],
  });
  expect(new Set(scanned)).toEqual(new Set(['files']));
});

it('finds what was appended after it had looked everywhere', async () => {
  await opened.store.appendEvents('orders', idsOf('a', 'b'));
  const finder = createEventFinder(opened.store, 'later', 'orders');
  expect(await answer(finder)).toMatchObject({ found: null, progress: { scanned: 2, total: 2, done: true } });
  await opened.store.appendEvents('orders', idsOf('c', 'later'));
  expect(await answer(finder)).toMatchObject({ found: { topic: 'orders', version: 4 } });
});

it('goes on behind a damaged event of the id to one that a foreign hand stored under it again', async () => {
  await opened.store.appendEvents('orders', idsOf('a', 'wanted', 'c', 'd'));
  const db = new Database(place);
  db.exec(`UPDATE events SET data = '{"broken' WHERE id = 'wanted'`);
  const { store, scanned } = watched();
  expect(await answer(createEventFinder(store, 'wanted', 'orders'))).toMatchObject({ found: null });
  db.exec(`UPDATE events SET id = 'wanted' WHERE id = 'd'`);
  db.close();
  expect(await answer(createEventFinder(store, 'wanted', 'orders'))).toMatchObject({ found: { topic: 'orders', version: 4 } });
  expect(scanned).toEqual([]);
});

it('looks through the events where the index itself is damaged', async () => {
  const events = Array.from({ length: 400 }, (_none, at) => ({ type: 'Happened', id: `id-${String(at).padStart(6, '0')}` }));
  await opened.store.appendEvents('orders', events);
  await opened.close();
  const db = new Database(place);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const page = db
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'events_id' AND pagetype = 'leaf' ORDER BY path LIMIT 1")
    .pluck()
    .get();
  db.close();
  const bytes = readFileSync(place);
  bytes.fill(0xee, ((page ?? 0) - 1) * 4096, (page ?? 0) * 4096);
  writeFileSync(place, bytes);
  opened = await openStore(place, { storage: 'inline' });
  const { store, scanned } = watched();
  const found = await answer(createEventFinder(store, 'id-000001', 'orders'));
  expect(found).toMatchObject({ found: { topic: 'orders', version: 2 }, unreachable: [] });
  expect(scanned).toContain('orders');
});
