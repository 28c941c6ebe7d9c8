import { writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { openStore } from '../../src/main/compose.ts';
import { createSeededRandom } from '../../src/main/demo/seeded-random.ts';
import type { Bench } from '../lib/bench.ts';
import { inRounds, typicalMs } from '../lib/rounds.ts';
import { seededStore, SIZES, TOPIC, type Size } from '../lib/seeded-stores.ts';

const PAGE = 200;

/** Targets 6 and 8: pages and openings of small stores against large ones. */
export async function readingRows(bench: Bench): Promise<void> {
  const { report, rounds, size } = bench;
  const smaller: readonly Size[] = size === '5m' ? ['1m', '10k'] : size === '1m' ? ['10k'] : [];
  const stores = await Promise.all(
    [size, ...smaller].map(async (of) => ({ of, ...(await openStore(await seededStore(of), { storage: 'inline', readOnly: true })) })),
  );
  const pages = Object.fromEntries(
    stores.map(({ of, store }) => {
      const random = createSeededRandom(11);
      return [of, () => typicalMs(60, () => store.readEvents(TOPIC, { after: random.below(SIZES[of] - PAGE), limit: PAGE }))];
    }),
  ) as Record<Size, () => Promise<number>>;
  const read = await inRounds(
    pages,
    smaller.map((small) => [size, small] as const),
    rounds,
  );
  for (const small of smaller) {
    const note = `${read.p50(size).toFixed(2)} ms, ${read.p50(small).toFixed(2)} ms, at random places`;
    report.add(
      `6 page of ${PAGE} at ${size} / at ${small}`,
      read.ratios(size, small),
      { atMost: small === '1m' ? 1.25 : 1.7, unit: 'x' },
      note,
    );
  }
  if (smaller.length === 0) report.skip('6 page', 'only the smallest store was asked for');
  for (const { close } of stores) await close();
  await openRows(bench);
}

async function openRows({ report, rounds, size }: Bench): Promise<void> {
  const large = await seededStore(size);
  const small = await seededStore('10k');
  const open = async (place: string): Promise<number> => {
    const began = performance.now();
    const { store, close } = await openStore(place, { storage: 'inline', readOnly: true });
    await store.readEvents(TOPIC, { direction: 'backward', limit: PAGE });
    const took = performance.now() - began;
    await close();
    return took;
  };
  await open(small);
  const warm = await inRounds({ large: () => open(large), small: () => open(small) }, [['large', 'small']], rounds);
  report.add('8 open to the first page, warm', warm.samples.large, { atMost: 10, unit: 'ms' }, `at ${size}`);
  if (size === '10k') report.skip('8 open, against the smallest', 'only the smallest store was asked for');
  else {
    const note = `${warm.p50('small').toFixed(1)} ms at 10k`;
    report.add(`8 open, ${size} / 10k`, warm.ratios('large', 'small'), { atMost: 1.2, unit: 'x' }, note);
  }
  const cold: number[] = [];
  while (cold.length < 5 && dropFileCache()) cold.push(await open(large));
  const name = '8 open to the first page, cold';
  if (cold.length === 0) report.skip(name, 'only root of a Linux system can drop the cache of files');
  else report.add(name, cold, { atMost: 50, unit: 'ms' }, `at ${size}, with the cache of the system dropped`);
}

/** Whether this user may. */
function dropFileCache(): boolean {
  try {
    writeFileSync('/proc/sys/vm/drop_caches', '1');
    return true;
  } catch {
    return false;
  }
}

/** Target 14: bytes of the database for a byte of JSON. */
export async function diskRow({ report, size }: Bench): Promise<void> {
  const db = new Database(await seededStore(size), { readonly: true });
  const bytes = db.prepare("SELECT sum(length(data) + length(coalesce(metadata, 'null'))) FROM events").pluck().get() as number;
  const events = db.prepare('SELECT max(pos) FROM events').pluck().get() as number;
  const pages = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  db.close();
  const note = `${Math.round(pages / events)} bytes an event, of which JSON ${Math.round(bytes / events)}, at ${size}`;
  report.add('14 disk / JSON', [pages / bytes], { atMost: 1.4, unit: 'x' }, note);
}
