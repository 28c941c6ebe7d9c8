import { statSync } from 'node:fs';
import { openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { inRounds } from '../lib/rounds.ts';
import { copyOfStore, TOPIC, type Size } from '../lib/seeded-stores.ts';
import { openRawStore } from '../lib/raw-store.ts';
import { median, quantile } from '../lib/stats.ts';

const BATCH = 100;
/** Events a round: enough that checkpoints are paid for. */
const BATCHES = 150;
const TAIL = 800;
const MIDDLE = '1m';

/** Targets 4 and 5: appends onto stores of every size, and the slowest of them. */
export async function growthRows(bench: Bench): Promise<void> {
  const { report, rounds, scratch, size } = bench;
  const sizes: readonly Size[] = size === '5m' ? ['10k', '1m', '5m'] : size === '1m' ? ['10k', '1m'] : ['10k'];
  const stores = await Promise.all(
    sizes.map(async (of) => ({ of, ...(await openStore(await copyOfStore(of, scratch(`growth-${of}.db`)))) })),
  );
  const runs = Object.fromEntries(
    stores.map(({ of, store }) => [
      of,
      async () => {
        const batches = Array.from({ length: BATCHES }, () => asNewEvents(plainEvents(BATCH)));
        const began = performance.now();
        for (const batch of batches) await store.appendEvents(TOPIC, batch);
        return performance.now() - began;
      },
    ]),
  ) as Record<Size, () => Promise<number>>;
  const pairs: readonly (readonly [Size, Size])[] =
    size === '10k'
      ? []
      : size === '1m'
        ? [['10k', '1m']]
        : [
            [MIDDLE, '5m'],
            ['10k', '5m'],
          ];
  const { ratios, p50 } = await inRounds(runs, pairs, rounds);
  for (const [small, large] of pairs) {
    const rate = Math.round((BATCH * BATCHES * 1000) / p50(large)).toLocaleString('en');
    report.add(
      `4 append rate onto ${large} / onto ${small}`,
      ratios(small, large),
      { atLeast: small === '10k' ? 0.5 : 0.9, unit: 'x' },
      `${rate} events/s`,
    );
  }
  if (pairs.length === 0) report.skip('4 append rate', 'only the smallest store was asked for');

  const { of, store, location } = stores.find((one) => one.of === MIDDLE) ?? stores.at(-1)!;
  const [p99s, mosts, logs]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds.least; round++) {
    const times: number[] = [];
    let log = 0;
    for (let n = 0; n < TAIL; n++) {
      const batch = asNewEvents(plainEvents(BATCH));
      const began = performance.now();
      await store.appendEvents(TOPIC, batch);
      times.push(performance.now() - began);
      log = Math.max(log, statSync(`${location.path}-wal`, { throwIfNoEntry: false })?.size ?? 0);
    }
    p99s.push(quantile(times, 0.99));
    mosts.push(Math.max(...times));
    logs.push(log / 2 ** 20);
  }
  const bareRuns = bench.quick ? 1 : 3;
  const bare = [bareTail(scratch('bare-copied.db'), true, bareRuns), bareTail(scratch('bare-left.db'), false, bareRuns)].map(
    (ms) => `${ms.toFixed(1)} ms`,
  );
  const where = `batch ${BATCH}, ${TAIL} commits onto ${of}`;
  report.add(
    '5 commit, 99 %',
    p99s,
    { atMost: 4, unit: 'ms' },
    `${where}; bare SQLite onto nothing ${bare[0]}, ${bare[1]} if it never copies its log`,
  );
  const each = mosts.map((most) => most.toFixed(1)).join(', ');
  report.add('5 commit, slowest', [Math.max(...mosts)], { atMost: 10, unit: 'ms' }, `${where}, worst of the rounds: ${each}`);
  report.add('5 log, largest', [Math.max(...logs)], { atMost: 32, unit: 'MB' }, where);
  for (const { close } of stores) await close();
}

/** The same of bare SQLite onto an empty file, which copies its log itself or lets it grow: 99 %, median of so many runs. */
function bareTail(place: string, copies: boolean, count: number): number {
  const runs = Array.from({ length: count }, (_none, run) => {
    const { db, append, close } = openRawStore(`${place}.${run}`);
    if (!copies) db.pragma('wal_autocheckpoint = 0');
    const times = Array.from({ length: TAIL }, () => {
      const batch = plainEvents(BATCH);
      const began = performance.now();
      append(batch);
      return performance.now() - began;
    });
    close();
    return quantile(times, 0.99);
  });
  return median(runs);
}
