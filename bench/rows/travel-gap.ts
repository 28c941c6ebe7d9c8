import { createStore, openStore } from '../../src/main/compose.ts';
import type { Input, Output } from '../../src/shared/ipc/contract.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import type { Bench } from '../lib/bench.ts';
import { measureHeld, type Measure } from '../lib/main-held.ts';
import { SIZES, seededStore, TOPIC } from '../lib/seeded-stores.ts';
import { openBenchWindow, type BenchWindow } from '../lib/window.ts';

const TOPICS = 10_000;
const CHANGES = 20_000;
const BATCH = 1000;
const CONFIGURATION = 'many';
/** A step of the person along a history. */
const STEPS = 40;

/** A state of half a megabyte, and events that fail now and then. */
const FOLD = `export const initial = {};
export function fold(state, event) {
  if (event.version % 1000 === 7) throw new Error('seven');
  state[event.version % 2000] = event.data;
  return state;
}`;

/** Target 9 for time travel: how long main works in one go while a fold, a what-if and the replay of a configuration are used. */
export async function travelGapRows(bench: Bench): Promise<void> {
  const { report, scratch, size } = bench;
  const measured = measureHeld(report);

  // What is held does not grow with the topic, but folding 5,000,000 events again and again takes a quarter of an hour.
  const folded = size === '5m' ? '1m' : size;
  const folding = await openBenchWindow(await seededStore(folded));
  await foldRows(folding, SIZES[folded], measured);
  await folding.close();

  const place = scratch('travel.db');
  await makeChanges(place);
  const replaying = await openBenchWindow(place, { configTopic: CONFIGURATION });
  await replayRows(replaying, measured);
  await replaying.close();
}

async function foldRows({ ask }: BenchWindow, last: number, measured: Measure): Promise<void> {
  let id = '';
  const ended = async (fold: string): Promise<void> => {
    while (/idle|folding/.test((await ask('fold.progress', { id: fold })).status)) await new Promise((done) => setTimeout(done, 100));
  };
  const anywhere = (n: number): number => ((n * 7_919_017) % last) + 1;
  await measured('fold.open, fold.progress', 1, async () => {
    ({ id } = await ask('fold.open', { topic: TOPIC, source: FOLD }));
    for (;;) {
      const { status, folded } = await ask('fold.progress', { id });
      if (!/idle|folding/.test(status) || folded >= last) break;
      await new Promise((done) => setTimeout(done, 100));
    }
  });
  await measured('fold.stop', 1, () => ask('fold.stop', { id }));
  await ended(id);
  await measured('fold.around, any version', STEPS, (n) => ask('fold.around', { id, version: anywhere(n) }));
  await measured('fold.around, step by step', STEPS, (n) => ask('fold.around', { id, version: 5000 + n }));
  await measured('fold.stateText', STEPS, async (n) => {
    for (let offset = 0, total = 1; offset < total;) {
      const part = await ask('fold.stateText', { id, version: anywhere(n), offset });
      ({ total } = part);
      offset += part.text.length;
      if (part.text === '') break;
    }
  });
  await measured('fold.failing', STEPS, () => ask('fold.failing', { id, parts: 64 }));
  await measured('fold.nextFailing, fold.previousFailing', STEPS, async (n) => {
    await ask('fold.nextFailing', { id, after: anywhere(n) });
    await ask('fold.previousFailing', { id, before: anywhere(n) });
  });
  await measured('fold.bisect, by halves', 3, (n) =>
    ask('fold.bisect', { id, condition: `event.version > ${(n + 1) * 1000}`, monotone: true }),
  );

  let scratch = '';
  const skip = (position: number): Input<'whatIf.change'>['change'] => ({ kind: 'skip', position });
  await measured('whatIf.open', 1, async () => {
    ({ id: scratch } = await ask('whatIf.open', { fold: id, changes: [skip(last - 2000)] }));
    await ended(scratch);
  });
  await measured('whatIf.change', 5, async (n) => {
    await ask('whatIf.change', { id: scratch, change: skip(last - 3000 - n) });
    await ended(scratch);
  });
  await measured('whatIf.rows', STEPS, (n) => ask('whatIf.rows', { id: scratch, after: last - 4000 + n * 50, limit: 200 }));
  await measured('whatIf.compare', 10, (n) => ask('whatIf.compare', { id: scratch, position: last - 3000 + n * 200 }));
  await measured('whatIf.added', 5, () => ask('whatIf.added', { id: scratch, offset: 0 }));
  await measured('fold.resume, fold.close', 1, async () => {
    await ask('fold.resume', { id });
    await ask('fold.close', { id });
  });
}

async function replayRows({ ask }: BenchWindow, measured: Measure): Promise<void> {
  const anywhere = (n: number): number => (n * 7919) % CHANGES;
  await measured(`replay.changes, ${CHANGES} of them`, 1, async () => {
    for (let after: number | null = 0; after !== null;) {
      const page: Output<'replay.changes'> = await ask('replay.changes', { after, limit: 500 });
      after = page.next;
    }
  });
  await measured(`replay.catalogue, ${TOPICS} topics`, 20, async (n) => {
    const { left, topics } = await ask('replay.catalogue', { version: anywhere(n), topic: '', offset: 0 });
    if (left > 0) await ask('replay.catalogue', { version: anywhere(n), topic: '', offset: topics.length });
  });
  await measured('replay.catalogue of one topic', 10, (n) => ask('replay.catalogue', { version: anywhere(n), topic: '0042', offset: 0 }));
  await measured('replay.compare', 5, (n) => ask('replay.compare', { a: anywhere(n), b: CHANGES, topic: '', offset: 0 }));
  await measured('replay.patch', 5, (n) => ask('replay.patch', { a: anywhere(n), b: CHANGES, topic: '', offset: 0 }));
  await measured('replay.plan', 3, (n) => ask('replay.plan', { version: TOPICS - 100 * n, offset: 0 }));
  const version = CHANGES - 40;
  const { expectedVersion } = await ask('replay.plan', { version, offset: 0 });
  await measured('replay.restore', 1, () => ask('replay.restore', { version, expectedVersion }));
}

/** A store of very many topics, each changed once, whose configuration topic is `CONFIGURATION`. */
async function makeChanges(place: string): Promise<void> {
  await createStore(place, { adapter: 'sqlite' });
  const { store, close } = await openStore(place);
  const events = Array.from({ length: CHANGES }, (_none, n) => {
    const name = `topic-${String(((n * 7919) % TOPICS) + 1).padStart(5, '0')}`;
    const created = { name, adapter: 'sqlite', connection: '.', options: { owner: `team ${n % 7}`, retention: `${n % 90}d` } };
    const [type, data] = n < TOPICS ? ['TopicCreated', created] : ['TopicUpdated', { name, options: { owner: `team ${n % 5}` } }];
    return { type, data: parseJsonText(JSON.stringify(data)), metadata: parseJsonText('{"source":"eventstore"}') };
  });
  await store.createTopic({ name: CONFIGURATION });
  for (let n = 0; n < CHANGES; n += BATCH) await store.appendEvents(CONFIGURATION, events.slice(n, n + BATCH));
  await close();
}
