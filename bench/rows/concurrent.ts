import { createStore, openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { inRounds } from '../lib/rounds.ts';

const AT_ONCE = 2000;
const BATCH = 100;
const SERIAL = 150;

/** Target 3: many durable appends of one event at once share a flush. Microseconds an event. */
export async function concurrentRows({ report, rounds, scratch }: Bench): Promise<void> {
  const place = scratch('concurrent.db');
  await createStore(place);
  const { store, close } = await openStore(place);
  await store.createTopic({ name: 'orders' });
  const timed = async (count: number, run: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await run();
    return (1000 * (performance.now() - began)) / count;
  };
  const events = asNewEvents(plainEvents(AT_ONCE));
  const { ratios, p50 } = await inRounds(
    {
      atOnce: () => timed(AT_ONCE, () => Promise.all(events.map((event) => store.appendEvents('orders', [event])))),
      batches: () =>
        timed(AT_ONCE, async () => {
          for (let at = 0; at < AT_ONCE; at += BATCH) await store.appendEvents('orders', events.slice(at, at + BATCH));
        }),
      serial: () =>
        timed(SERIAL, async () => {
          for (const event of events.slice(0, SERIAL)) await store.appendEvents('orders', [event]);
        }),
    },
    [
      ['batches', 'atOnce'],
      ['serial', 'atOnce'],
    ],
    rounds,
  );
  const rate = (name: 'atOnce' | 'batches' | 'serial'): string => Math.round(1e6 / p50(name)).toLocaleString('en');
  const name = `3 ${AT_ONCE} appends at once`;
  const note = `${rate('atOnce')} events/s`;
  report.add(`${name} / batches of ${BATCH}`, ratios('batches', 'atOnce'), { atLeast: 0.7, unit: 'x' }, `${note}, ${rate('batches')}`);
  report.add(`${name} / one by one`, ratios('serial', 'atOnce'), { atLeast: 15, unit: 'x' }, `${note}, ${rate('serial')}`);
  await close();
}
