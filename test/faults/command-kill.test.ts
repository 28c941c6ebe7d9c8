import { afterEach, describe, expect, it } from 'vitest';
import { catalogueAt } from '../../src/main/eventstore/config-history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { startChild } from '../support/child-process.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { DISK_ADAPTERS, openStoreOnDisk, type DiskAdapter } from './store-on-disk.ts';

const child = new URL('command-child.ts', import.meta.url);
const events = [1, 2, 3].map((n) => ({ type: 'E', data: parseJsonText(`{"n":${n}}`) }));

let folder: TempFolder | null = null;
afterEach(() => {
  folder?.close();
  folder = null;
});

/** Topics keep and gone with three events each, and one in the trash as entry 4. */
async function seed(adapter: DiskAdapter, base: string): Promise<void> {
  const store = await openStoreOnDisk(adapter, base);
  for (const name of ['keep', 'gone', 'trashed']) {
    await store.createTopic({ name });
    await store.appendEvents(name, events);
  }
  expect(await store.deleteTopic('trashed')).toEqual({ entry: '4' });
  await store.close();
}

async function eventsOf(store: EventStore, name: string): Promise<readonly string[]> {
  return (await store.getEvents(name)).events.map(({ data }) => data);
}

interface Law {
  readonly command: string;
  /** What must hold after a crash anywhere in the command, and how a person goes on from there. */
  readonly goOn: (store: EventStore) => Promise<void>;
}

const numbers = ['{"n":1}', '{"n":2}', '{"n":3}'];
const names = async (store: EventStore): Promise<string[]> => (await store.listTopics()).map(({ name }) => name);

const laws: readonly Law[] = [
  {
    command: 'create',
    goOn: async (store) => {
      if (!(await names(store)).includes('new')) await store.createTopic({ name: 'new', options: { k: 'v' } }, 'adopt');
      expect((await store.getTopic('new')).options).toEqual({ k: 'v' });
      expect(await store.appendEvents('new', events)).toMatchObject({ first: 1, last: 3 });
    },
  },
  {
    command: 'update',
    goOn: async (store) => {
      const topic = await store.getTopic('keep');
      expect([{}, { changed: 'yes' }]).toContainEqual(topic.options);
      await store.updateTopic({ ...topic, options: { changed: 'again' } });
    },
  },
  {
    command: 'delete',
    goOn: async (store) => {
      if ((await names(store)).includes('gone')) {
        expect(await eventsOf(store, 'gone')).toEqual(numbers);
        return;
      }
      // Deleted: its data is in the trash, or still where it was and named as a leftover.
      const entry = (await store.listTrash()).find(({ topic }) => topic === 'gone');
      const leftover = (await store.problems()).find(({ code, topic }) => code === 'orphan-data' && topic === 'gone');
      expect([entry !== undefined, leftover !== undefined].filter(Boolean)).toHaveLength(1);
      if (entry) await store.restoreTopic(entry.entry);
      else await store.createTopic({ name: 'gone' }, 'adopt');
      expect(await eventsOf(store, 'gone')).toEqual(numbers);
    },
  },
  {
    command: 'restore',
    goOn: async (store) => {
      if (!(await names(store)).includes('trashed')) {
        const inTrash = (await store.listTrash()).some(({ topic }) => topic === 'trashed');
        if (inTrash) await store.restoreTopic('4');
        else await store.createTopic({ name: 'trashed' }, 'adopt');
      }
      expect(await eventsOf(store, 'trashed')).toEqual(numbers);
    },
  },
];

describe.each(DISK_ADAPTERS)('on %s', (adapter) => {
  it.each(laws)('a kill -9 before any step of $command loses nothing and is named', async ({ command, goOn }) => {
    let finished = false;
    let killed = 0;
    for (let step = 0; !finished; step++) {
      folder = openTempFolder('command-kill');
      const base = folder.path;
      await seed(adapter, base);
      const run = startChild(child, [adapter, base, command, String(step)]);
      const { signal, stderr } = await run.ended;
      finished = run.lines.includes('done');
      if (!finished) expect({ signal, stderr }).toEqual({ signal: 'SIGKILL', stderr: '' });
      if (!finished) killed++;

      const store = await openStoreOnDisk(adapter, base);
      const live = await store.listTopics();
      expect([...(await catalogueAt(store, Infinity)).topics.values()].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(live);
      expect(await eventsOf(store, 'keep')).toEqual(numbers);
      await goOn(store);
      expect(await store.problems(), `after a kill before step ${step}`).toEqual([]);
      await store.close();
      folder.close();
    }
    // Each command is at least a repository's step and the event's; a kill was seen before each, and after the last.
    expect(killed).toBeGreaterThanOrEqual(3);
  });
});
