import { batchParts } from '../../src/shared/ipc/batch-parts.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents } from '../lib/events.ts';
import { watchLoop } from '../lib/loop-watch.ts';
import { addHeld, measureHeld } from '../lib/main-held.ts';
import { copyOfStore, SIZES, TOPIC } from '../lib/seeded-stores.ts';
import { openBenchWindow } from '../lib/window.ts';

const ALL = { types: null, from: null, to: null } as const;
const IMPORT = 10_000;

/** Target 9: the longest that main works in one go while each operation of the application runs, on a store that may be written. */
export async function loopGapRows({ report, size, scratch }: Bench): Promise<void> {
  const place = await copyOfStore(size, scratch('loop.db'));
  const last = SIZES[size];
  const opening = watchLoop();
  const { store, ask, whole, close } = await openBenchWindow(place);
  const { incarnation } = await store.getTopic(TOPIC);
  addHeld(report, 'open a store', opening.end());

  const all = { topic: TOPIC, filter: ALL } as const;
  const { types } = await ask('events.page', { topic: TOPIC, direction: 'forward', cursor: null, limit: 1 }).then(({ rows }) => ({
    types: [rows[0]?.type ?? ''],
  }));
  const someTypes = { types, from: null, to: null };
  const middle = Math.floor(last / 2);
  const events = (count: number) => asNewEvents(plainEvents(count)).map((event) => ({ ...event }));
  const append = (count: number) => {
    const batch = events(count);
    // As the page sends it.
    return async () => {
      const parts = batchParts(batch);
      const last = parts.pop() ?? [];
      let first = 0;
      for (const part of parts) ({ events: first } = await ask('events.stage', { batch: 'bench', first, events: part }));
      const staged = first > 0 ? { batch: 'bench', events: first } : undefined;
      return ask('events.append', { topic: TOPIC, incarnation, expectedVersion: null, ...(staged && { staged }), events: last });
    };
  };
  const page = (limit: number) => async (n: number) =>
    ask('events.page', { topic: TOPIC, direction: 'backward', cursor: last - ((n * 997) % last), limit });
  const copied = { topic: TOPIC, incarnation, filter: null, format: 'ndjson' as const, ranges: [{ first: 1, last: 10_000 }] };
  const whileDone = async (call: () => Promise<{ readonly done: boolean }>): Promise<void> => {
    while (!(await call()).done);
  };

  /** Name, times, operation. */
  const operations: readonly (readonly [string, number, (n: number) => Promise<unknown>])[] = [
    ['nothing', 1, () => new Promise((resolve) => setTimeout(resolve, 500))],
    ['topics.list', 10, () => ask('topics.list', { after: null, limit: 200 })],
    ['topics.get', 10, () => ask('topics.get', { topic: TOPIC })],
    ['topics.count', 10, () => ask('topics.count', { topic: TOPIC })],
    ['topics.summaries', 10, () => ask('topics.summaries', { topics: [TOPIC] })],
    ['topics.check', 10, () => ask('topics.check', { name: 'new', options: [], of: null })],
    ['topics.create', 10, (n) => ask('topics.create', { name: `new-${n}` })],
    [
      'topics.update',
      10,
      async (n) => {
        const seen = await store.getTopic(`new-${n}`);
        const { adapter, connection } = seen;
        return ask('topics.update', { seen: { ...seen, options: [] }, adapter, connection, options: [['n', String(n)]] });
      },
    ],
    [
      'topics.delete',
      10,
      async (n) => ask('topics.delete', { topic: `new-${n}`, incarnation: (await store.getTopic(`new-${n}`)).incarnation }),
    ],
    ['topics.trash', 10, () => ask('topics.trash', { offset: 0, limit: 50 })],
    [
      'topics.restore and purge',
      3,
      async (n) => {
        const { entries } = await ask('topics.trash', { offset: 0, limit: 50 });
        const [one, other] = entries.slice(n * 2, n * 2 + 2);
        if (one)
          await ask('topics.restore', {
            entry: one.entry,
            topic: one.topic,
            adapter: one.adapter,
            connection: one.connection,
            name: `back-${n}`,
          });
        if (other)
          await ask('topics.purge', { entry: other.entry, topic: other.topic, adapter: other.adapter, connection: other.connection });
      },
    ],
    ['topics.history', 10, () => ask('topics.history', { topic: TOPIC, before: null, limit: 50 })],
    ['events.page, 200', 60, page(200)],
    [
      'events.page of one type',
      20,
      (n) => ask('events.page', { topic: TOPIC, direction: 'backward', cursor: last - ((n * 997) % last), limit: 200, types }),
    ],
    ['events.get', 60, (n) => ask('events.get', { topic: TOPIC, version: middle + n * 31 })],
    ['events.text', 20, (n) => ask('events.text', { topic: TOPIC, version: middle + n, member: 'data', offset: 0 })],
    ['events.copy, 10,000', 1, () => whileDone(() => ask('events.copy', { ...copied, job: 'copy' }))],
    ['events.append, 1', 30, append(1)],
    ['events.append, 1,000', 5, append(1000)],
    [`import, ${IMPORT.toLocaleString('en')} at once`, 3, append(IMPORT)],
    ['survey.overview, first', 1, () => whole('survey.overview', { ...all, buckets: 100, range: null })],
    ['survey.overview, again', 10, () => whole('survey.overview', { ...all, buckets: 400, range: null })],
    ['survey.overview of one type', 3, () => whole('survey.overview', { topic: TOPIC, filter: someTypes, buckets: 100, range: null })],
    ['survey.rows', 20, (n) => whole('survey.rows', { topic: TOPIC, filter: someTypes, order: 'newest', offset: n * 1000, limit: 200 })],
    ['survey.placeOf', 20, (n) => whole('survey.placeOf', { topic: TOPIC, filter: someTypes, order: 'oldest', version: middle + n })],
    [
      'survey.atTime',
      20,
      (n) => whole('survey.atTime', { topic: TOPIC, time: 1_700_000_000_000_000_000n + BigInt(n) * 1_000_000_000_000n }),
    ],
    ['survey.related', 1, () => whole('survey.related', { topic: TOPIC, version: middle })],
    ['survey.find', 1, () => whole('survey.find', { id: 'no-event-has-this-id' })],
    ['health.get', 5, () => ask('health.get', {})],
    ['health.report', 5, () => ask('health.report', {})],
    ['stores.status', 5, () => ask('stores.status', {})],
  ];
  const measured = measureHeld(report);
  for (const [name, times, run] of operations) await measured(name, times, run);
  const following = watchLoop();
  let seen = 0;
  const all1000 = events(1000);
  const { close: stop } = await store.subscribe(
    TOPIC,
    await store.getLatestVersion(TOPIC),
    ({ events: news }) => void (seen += news.length),
  );
  for (let n = 0; n < 10; n++) await store.appendEvents(TOPIC, all1000);
  while (seen < 10_000) await new Promise((resolve) => setTimeout(resolve, 5));
  stop();
  addHeld(report, 'live tail of 10,000', following.end());
  await close();
}
