import Database from 'better-sqlite3';
import { createStore, openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { loadEmmett } from '../lib/emmett.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { openRawStore } from '../lib/raw-store.ts';
import { inRounds, typicalMs } from '../lib/rounds.ts';
import { median } from '../lib/stats.ts';

/** Batch, appends a round, and the least of what the raw store, emmett and emmett on one connection do, by their targets. */
const LADDER = [
  { batch: 1, times: 160, raw: 0.95, emmett: 6, shared: 2.5 },
  { batch: 10, times: 60, raw: null, emmett: 6, shared: 2.5 },
  { batch: 100, times: 12, raw: 0.85, emmett: null, shared: 2.5 },
  { batch: 1000, times: 4, raw: 0.8, emmett: null, shared: 1.8 },
] as const;
const PAGE = 200;

/** Targets 1 and 2: appends and pages against bare SQLite and against emmett-sqlite. Answers `PRAGMA synchronous` of every side. */
export async function appendRows({ report, rounds, scratch }: Bench): Promise<Readonly<Record<string, number>>> {
  const place = scratch('append.db');
  await createStore(place);
  const ours = await openStore(place, { storage: 'inline' });
  await ours.store.createTopic({ name: 'orders' });
  const raw = openRawStore(scratch('append-raw.db'));
  const emmett = await loadEmmett().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  const others = typeof emmett === 'string' ? null : await openEmmett(emmett, scratch);

  for (const { batch, times, ...least } of LADDER) {
    const append = (write: (events: ReturnType<typeof plainEvents>) => unknown) => async (): Promise<number> => {
      const batches = Array.from({ length: times }, () => plainEvents(batch));
      return typicalMs(times, (at) => write(batches[at]!));
    };
    const runs = {
      ours: append((events) => ours.store.appendEvents('orders', asNewEvents(events))),
      raw: append((events) => raw.append(events)),
      ...(others && { emmett: append((events) => others.own.appendToStream('orders', events)) }),
      ...(others && { shared: append((events) => others.shared.appendToStream('orders', events)) }),
    } as Record<'ours' | 'raw' | 'emmett' | 'shared', () => Promise<number>>;
    const judged = (['raw', ...(others ? (['emmett', 'shared'] as const) : [])] as const).filter((name) => least[name] !== null);
    const { ratios, p50 } = await inRounds(
      runs,
      judged.map((name) => [name, 'ours'] as const),
      rounds,
    );
    for (const name of judged) {
      const anchor = { raw: '1 append', emmett: '2 append, emmett', shared: '2 append, emmett on one connection' }[name];
      // Nobody can be further ahead of emmett than bare SQLite is.
      const floor = name === 'raw' ? '' : `; bare SQLite ${median(ratios(name, 'raw')).toFixed(1)} x`;
      const note = `${p50('ours').toFixed(2)} ms, ${name === 'raw' ? 'raw' : 'emmett'} ${p50(name).toFixed(2)} ms${floor}`;
      report.add(`${anchor}, batch ${batch}`, ratios(name, 'ours'), { atLeast: least[name]!, unit: 'x' }, note);
    }
  }

  if (others) {
    const pages = (read: (after: number) => unknown) => (): Promise<number> => typicalMs(20, (at) => read((at * 97) % 2000));
    const { ratios, p50 } = await inRounds(
      {
        ours: pages(async (after) => {
          const { events } = await ours.store.readEvents('orders', { after, limit: PAGE });
          return events.map(({ data, metadata }) => [JSON.parse(data) as unknown, JSON.parse(metadata) as unknown]);
        }),
        raw: pages((after) => raw.page(after, PAGE)),
        emmett: pages((after) => others.own.readStream('orders', { from: BigInt(after), to: BigInt(after + PAGE) })),
      },
      [['emmett', 'ours']],
      rounds,
    );
    const note = `${p50('ours').toFixed(2)} ms, emmett ${p50('emmett').toFixed(2)} ms, bare SQLite ${p50('raw').toFixed(2)} ms, all parsed`;
    report.add(`2 page of ${PAGE}, emmett`, ratios('emmett', 'ours'), { atLeast: 3, unit: 'x' }, note);
  } else report.skip('2 emmett-sqlite', typeof emmett === 'string' ? emmett : '');

  const health = await ours.store.health();
  const sides = {
    tidemark: Number(
      Object.values(health.repositories).find(({ checked }) => checked['synchronous'] !== undefined)?.checked['synchronous'],
    ),
    raw: raw.synchronous(),
    ...(others && { 'emmett-sqlite': await others.synchronous() }),
  };
  await ours.close();
  raw.close();
  others?.close();
  return sides;
}

/**
 * In turn: a connection of emmett switches its file to WAL unasked and unawaited, and makes its tables in a transaction. Where
 * the switch comes second it is refused ("cannot change into wal mode from within a transaction"), which nobody catches. A
 * file that is in WAL already has nothing to switch.
 */
async function openEmmett(emmett: Awaited<ReturnType<typeof loadEmmett>>, scratch: Bench['scratch']) {
  const [fileName, sharedName, unused] = ['emmett.db', 'emmett-shared.db', 'unused.db'].map((name) => {
    const place = scratch(name);
    const db = new Database(place);
    db.pragma('journal_mode = WAL');
    db.close();
    return place;
  }) as [string, string, string];
  const own = emmett.getSQLiteEventStore({ fileName });
  await own.appendToStream('first', plainEvents(1));
  const connection = emmett.sqliteConnection({ fileName: sharedName });
  const shared = emmett.getSQLiteEventStore({ fileName: unused, connectionOptions: { connection, singleton: true } });
  await shared.appendToStream('first', plainEvents(1));
  return {
    own,
    shared,
    /** Of a connection as emmett opens it for each call. */
    synchronous: async (): Promise<number> => {
      const own = emmett.sqliteConnection({ fileName });
      const row = await own.querySingle<{ readonly synchronous: number }>('PRAGMA synchronous');
      own.close();
      return row?.synchronous ?? NaN;
    },
    close: () => connection.close(),
  };
}
