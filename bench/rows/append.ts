import { createStore, openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { loadEmmett } from '../lib/emmett.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { openEmmett } from '../lib/open-emmett.ts';
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

/** Targets 1 and 2: appends and pages against bare SQLite and against emmett-sqlite. */
export async function appendRows({ report, rounds, scratch }: Bench): Promise<void> {
  const place = scratch('append.db');
  await createStore(place);
  const ours = await openStore(place, { storage: 'inline' });
  await ours.store.createTopic({ name: 'orders' });
  const raw = openRawStore(scratch('append-raw.db'));
  const emmett = await loadEmmett().catch((error: unknown) => report.fail('2 emmett-sqlite', error));
  const others = emmett ? await openEmmett(emmett, scratch) : null;
  if (emmett) report.uses('emmett-sqlite', emmett.version);

  for (const { batch, times, ...least } of LADDER) {
    const append = (write: (events: ReturnType<typeof plainEvents>) => unknown) => async (): Promise<number> => {
      const batches = Array.from({ length: times }, () => plainEvents(batch));
      return typicalMs(times, (at) => write(batches[at]!));
    };
    const runs = {
      ours: append((events) => ours.store.appendEvents('orders', asNewEvents(events))),
      raw: append((events) => raw.append(events)),
      ...(others && { emmett: append((events) => others.append(events)) }),
      ...(others && { shared: append((events) => others.appendShared(events)) }),
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
        emmett: pages((after) => others.read(after, PAGE)),
      },
      [['emmett', 'ours']],
      rounds,
    );
    const note = `${p50('ours').toFixed(2)} ms, emmett ${p50('emmett').toFixed(2)} ms, bare SQLite ${p50('raw').toFixed(2)} ms, all parsed`;
    report.add(`2 page of ${PAGE}, emmett`, ratios('emmett', 'ours'), { atLeast: 3, unit: 'x' }, note);
  }

  const health = await ours.store.health();
  const checks = Object.values(health.repositories).map(({ checked }) => checked['synchronous']);
  report.readBack('tidemark', Number(checks.find((value) => value !== undefined)));
  report.readBack('raw', raw.synchronous());
  if (others) {
    report.readBack('emmett-sqlite', await others.synchronous());
    report.readBack('emmett-sqlite on one connection', await others.synchronousShared());
  }
  await ours.close();
  raw.close();
  others?.close();
}
