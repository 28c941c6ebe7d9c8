import { createStore, openStore, type OpenStoreOptions } from '../../src/main/compose.ts';
import { STORAGE_THREAD, startStorageWorkerAhead } from '../../src/main/threads/start-storage-worker.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { openRawStore } from '../lib/raw-store.ts';
import { inRounds, typicalMs, type Rounds } from '../lib/rounds.ts';
import { seededStore, TOPIC } from '../lib/seeded-stores.ts';

type Contestant = 'thread' | 'inline' | 'raw';

/** Batch, and appends a round. */
const BATCHES = [
  [1, 160],
  [100, 12],
] as const;
const PAGE = 200;
const AS_WINDOWS = 'as windows have it:';
/** Long enough for a thread that was started ahead to have read its code, as it has while Electron starts. */
const AHEAD_MS = 1000;

/** What the storage thread of a window costs: the work of targets 1, 6 and 8 through it, beside the same without and bare SQLite. No target asks for these. */
export async function threadRows(bench: Bench): Promise<void> {
  await workRows(bench);
  await openRows(bench);
}

async function workRows({ report, rounds, scratch }: Bench): Promise<void> {
  const opened = async (storage: 'thread' | 'inline') => {
    const place = scratch(`as-windows-${storage}.db`);
    await createStore(place);
    const store = await openStore(place, { storage });
    await store.store.createTopic({ name: 'orders' });
    return store;
  };
  const stores = { thread: await opened('thread'), inline: await opened('inline') };
  const raw = openRawStore(scratch('as-windows-raw.db'));
  const addRow = (name: string, { ratios, p50 }: Rounds<Contestant>): void => {
    const [thread, inline, bare] = [p50('thread'), p50('inline'), p50('raw')].map((ms) => ms.toFixed(2));
    const note = `${thread} ms through the thread, ${inline} ms without, raw ${bare} ms`;
    report.add(name, ratios('raw', 'thread'), { unit: 'x' }, note);
  };

  for (const [batch, times] of BATCHES) {
    const append = (write: (events: ReturnType<typeof plainEvents>) => unknown) => (): Promise<number> => {
      const batches = Array.from({ length: times }, () => plainEvents(batch));
      return typicalMs(times, (at) => write(batches[at]!));
    };
    const appendTo = (storage: 'thread' | 'inline') =>
      append((events) => stores[storage].store.appendEvents('orders', asNewEvents(events)));
    const measured = await inRounds(
      { thread: appendTo('thread'), inline: appendTo('inline'), raw: append((events) => raw.append(events)) },
      [],
      rounds,
    );
    addRow(`1 ${AS_WINDOWS} append, batch ${batch}`, measured);
  }
  const pages = (read: (after: number) => unknown) => (): Promise<number> => typicalMs(40, (at) => read((at * 97) % 2000));
  const pageOf = (storage: 'thread' | 'inline') =>
    pages(async (after) => {
      const { events } = await stores[storage].store.readEvents('orders', { after, limit: PAGE });
      return events.map(({ data, metadata }) => [JSON.parse(data) as unknown, JSON.parse(metadata) as unknown]);
    });
  const measured = await inRounds(
    { thread: pageOf('thread'), inline: pageOf('inline'), raw: pages((after) => raw.page(after, PAGE)) },
    [],
    rounds,
  );
  addRow(`6 ${AS_WINDOWS} page of ${PAGE}`, measured);
  raw.close();
  for (const { close } of Object.values(stores)) await close();
}

async function openRows({ report, rounds, size }: Bench): Promise<void> {
  const place = await seededStore(size);
  const open = async (storage: OpenStoreOptions['storage']): Promise<number> => {
    const began = performance.now();
    const { store, close } = await openStore(place, { storage, readOnly: true });
    await store.readEvents(TOPIC, { direction: 'backward', limit: PAGE });
    const took = performance.now() - began;
    await close();
    return took;
  };
  await open('inline');
  const { samples, p50 } = await inRounds(
    {
      ahead: async () => {
        startStorageWorkerAhead(STORAGE_THREAD);
        await new Promise((resolve) => setTimeout(resolve, AHEAD_MS));
        return open('thread');
      },
      anew: () => open('thread'),
      inline: () => open('inline'),
    },
    [],
    rounds,
  );
  const note = `at ${size}; ${p50('inline').toFixed(1)} ms without a thread`;
  report.add(`8 ${AS_WINDOWS} open to the first page, its thread started ahead`, samples.ahead, { unit: 'ms' }, note);
  report.add(`8 ${AS_WINDOWS} open to the first page, its thread started with it`, samples.anew, { unit: 'ms' }, note);
}
