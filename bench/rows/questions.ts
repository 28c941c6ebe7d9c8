import Database from 'better-sqlite3';
import type { Bench } from '../lib/bench.ts';
import { inRounds, typicalMs } from '../lib/rounds.ts';
import { seededStore, SIZES, TOPIC } from '../lib/seeded-stores.ts';
import { openBenchWindow } from '../lib/window.ts';

const NOWHERE = 'no-event-has-this-in-it';
const FIRST_HIT = 2000;
const ALL = { types: null, from: null, to: null } as const;

/** Targets 7 and 10: counted questions and searches over a whole topic, asked as a window asks them. */
export async function questionRows({ report, rounds, size }: Bench): Promise<void> {
  const place = await seededStore(size);
  const { store, ask, whole, cancelled, close } = await openBenchWindow(place);
  const began = performance.now();
  await whole('survey.overview', { topic: TOPIC, filter: ALL, buckets: 100, range: null });
  const first = `${((performance.now() - began) / 1000).toFixed(1)} s when it is first asked, at ${size}`;
  const many = async (run: () => Promise<unknown>): Promise<number[]> => {
    const times: number[] = [];
    for (let n = 0; n < 15; n++) times.push(await typicalMs(1, run));
    return times;
  };
  const target = { atMost: 2, unit: 'ms' };
  report.add('7 count', await many(() => store.countEvents(TOPIC)), target, `at ${size}`);
  report.add('7 latest version', await many(() => store.getLatestVersion(TOPIC)), target, `at ${size}`);
  const overview = { topic: TOPIC, filter: ALL, range: null } as const;
  report.add('7 count by type', await many(() => ask('survey.overview', { ...overview, buckets: 1 })), target, first);
  report.add('7 histogram of 100', await many(() => ask('survey.overview', { ...overview, buckets: 100 })), target, first);

  const db = new Database(place, { readonly: true });
  const like = db.prepare('SELECT count(*) FROM events NOT INDEXED WHERE metadata LIKE ?').pluck();
  const topicId = db.prepare('SELECT topic_id FROM topics WHERE name = ?').pluck().get(TOPIC);
  const same = db.prepare('SELECT count(*) FROM events NOT INDEXED WHERE topic_id = ? AND (id = ? OR metadata LIKE ?)').pluck();
  let asked = 0;
  const search = await inRounds(
    {
      like: () => typicalMs(1, () => like.get(`%${NOWHERE}%`)),
      same: () => typicalMs(1, () => same.get(topicId, NOWHERE, `%${NOWHERE}%`)),
      // Each time another id: what was looked for once is remembered.
      ours: () => typicalMs(1, () => whole('survey.find', { id: `${NOWHERE}-${++asked}`, topic: TOPIC })),
    },
    [
      ['like', 'ours'],
      ['same', 'ours'],
    ],
    { least: Math.min(3, rounds.least), most: rounds.most },
  );
  db.close();
  const rate = Math.round(SIZES[size] / search.p50('ours')).toLocaleString('en');
  const note = `${search.p50('ours').toFixed(0)} ms, LIKE ${search.p50('like').toFixed(0)} ms at ${size}: ${rate} events a ms`;
  report.add('10 search by id and metadata / LIKE', search.ratios('like', 'ours'), { atLeast: 0.85, unit: 'x' }, note);
  report.add(
    '10 search / one statement that asks as much',
    search.ratios('same', 'ours'),
    { atLeast: 0.85, unit: 'x' },
    `${search.p50('same').toFixed(0)} ms: LIKE, the id, and which topic it is of`,
  );

  const hits: number[] = [];
  const cancels: number[] = [];
  for (let n = 0; n < 7; n++) {
    const { events } = await store.readEvents(TOPIC, { after: FIRST_HIT + n, limit: 1 });
    hits.push(await typicalMs(1, () => whole('survey.find', { id: events[0]?.id ?? '', topic: TOPIC })));
    cancels.push(await cancelled('survey.find', { id: `${NOWHERE}-${++asked}`, topic: TOPIC }, 30));
  }
  report.add('10 first hit', hits, { atMost: 50, unit: 'ms' }, `at version ${FIRST_HIT}`);
  report.add('10 a search is cancelled', cancels, { atMost: 20, unit: 'ms' }, 'median of 7');
  await close();
}
