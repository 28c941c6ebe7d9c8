import Database from 'better-sqlite3';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { ScanSlice } from '../../src/main/eventstore/ports/event-repository.ts';
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
  const searched = await inRounds(
    {
      like: () => typicalMs(1, () => like.get(`%${NOWHERE}%`)),
      same: () => typicalMs(1, () => same.get(topicId, NOWHERE, `%${NOWHERE}%`)),
      ours: () => typicalMs(1, () => search(store, NOWHERE)),
    },
    [
      ['like', 'ours'],
      ['same', 'ours'],
    ],
    { least: Math.min(3, rounds.least), most: rounds.most },
  );
  db.close();
  const rate = Math.round(SIZES[size] / searched.p50('ours')).toLocaleString('en');
  const note = `${searched.p50('ours').toFixed(0)} ms, LIKE ${searched.p50('like').toFixed(0)} ms at ${size}: ${rate} events a ms`;
  report.add('10 search by id and metadata / LIKE', searched.ratios('like', 'ours'), { atLeast: 0.85, unit: 'x' }, note);
  report.add(
    '10 search / one statement that asks as much',
    searched.ratios('same', 'ours'),
    { atLeast: 0.85, unit: 'x' },
    `${searched.p50('same').toFixed(0)} ms: LIKE, the id, and which topic it is of; ours slice after slice, in the storage thread`,
  );

  const hits: number[] = [];
  const finds: number[] = [];
  const cancels: number[] = [];
  for (let n = 0; n < 7; n++) {
    const { events } = await store.readEvents(TOPIC, { after: FIRST_HIT + n, limit: 1 });
    const [event] = events;
    hits.push(await typicalMs(1, () => search(store, event?.id ?? '')));
    finds.push(await typicalMs(1, () => whole('survey.find', { id: event?.id ?? '', topic: TOPIC })));
    // Each time another event: what was looked for once is remembered.
    cancels.push(await cancelled('survey.related', { topic: TOPIC, version: FIRST_HIT + n + 1 }, 30));
  }
  report.add('10 first hit', hits, { atMost: 50, unit: 'ms' }, `at version ${FIRST_HIT}`);
  report.add('10 an event by its id', finds, { atMost: 50, unit: 'ms' }, `at ${size}, through the index of ids`);
  report.add('10 a search is cancelled', cancels, { atMost: 20, unit: 'ms' }, 'median of 7');
  await close();
}

/** All of a topic, by id and metadata, slice after slice, until something is found. */
async function search(store: EventStore, text: string): Promise<void> {
  for (let after: number | null = 0; after !== null;) {
    const slice: ScanSlice = await store.scanEvents(TOPIC, after, text);
    if (slice.versions.length > 0) return;
    after = slice.next;
  }
}
