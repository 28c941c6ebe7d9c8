import { setTimeout as wait } from 'node:timers/promises';
import { openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { copyOfStore, TOPIC } from '../lib/seeded-stores.ts';
import { pageHeap, workingSets } from '../ui/heap.ts';
import { frameTimes } from '../ui/in-page.ts';
import { openTopic } from '../ui/open-topic.ts';
import type { Window } from '../ui/start-electron.ts';

const RATE = 10_000;
const BATCH = 1000;
const SECOND = 1000;

/** Target 13: the newest events are followed while another process writes 10,000 a second. */
export async function liveTail({ report, quick, scratch }: Bench, start: (args: readonly string[]) => Promise<Window>): Promise<void> {
  const place = await copyOfStore('10k', scratch('tail.db'));
  const { store, close } = await openStore(place);
  const batch = asNewEvents(plainEvents(BATCH));
  const seconds = quick ? 10 : 60;
  /** Answers how many events a second came to be. */
  const write = async (forSeconds: number): Promise<number> => {
    const began = performance.now();
    for (let n = 0; n < (forSeconds * RATE) / BATCH; n++) {
      await wait(Math.max(0, began + (n * BATCH * SECOND) / RATE - performance.now()));
      await store.appendEvents(TOPIC, batch);
    }
    return (forSeconds * RATE) / ((performance.now() - began) / SECOND);
  };
  const { app, page } = await start(['--read-only', place]);
  try {
    await openTopic(page);
    await page.getByRole('button', { name: 'Follow', exact: true }).click();
    await write(2);
    const before = await pageHeap(page);
    const frames = page.evaluate(frameTimes, seconds * SECOND);
    const rate = await write(seconds);
    const times = await frames;
    const grown = (await pageHeap(page)) - before;
    const note = `${rate.toFixed(0)} events/s for ${seconds} s`;
    report.add(
      '13 live tail: frames over 50 ms',
      [times.filter((ms) => ms > 50).length],
      { atMost: times.length / 100, unit: '' },
      `${note}; of ${times.length}, longest ${Math.max(...times).toFixed(0)} ms`,
    );
    report.add(
      '13 live tail: growth of the page heap',
      [grown / 2 ** 20],
      { atMost: 16, unit: 'MB' },
      `${note}; from ${(before / 2 ** 20).toFixed(0)} MB; ${await workingSets(app)}`,
    );
  } finally {
    await app.close();
    await close();
  }
}
