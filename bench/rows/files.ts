import { closeSync, fdatasyncSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createStore, openStore } from '../../src/main/compose.ts';
import type { Bench } from '../lib/bench.ts';
import { asNewEvents, plainEvents, type PlainEvent } from '../lib/events.ts';
import { inRounds, typicalMs } from '../lib/rounds.ts';
import { FILES, seededFiles, TOPIC } from '../lib/seeded-stores.ts';

const BATCH = 100;
type Contestant = 'ours' | 'each' | 'bare' | 'once' | 'lines';

/** Target 11: a durable batch of files against a flush for each, against no flush, against one flush for all, and against one long file. */
export async function fileRows(bench: Bench): Promise<void> {
  const { report, rounds, scratch } = bench;
  const place = scratch('files');
  await createStore(place, { adapter: 'fs' });
  const { store, close } = await openStore(place, { storage: 'inline' });
  await store.createTopic({ name: 'orders' });
  const folder = (name: string): string => {
    mkdirSync(scratch(name));
    return scratch(name);
  };
  const [flushed, bare, once, lines] = [folder('flushed'), folder('bare'), folder('once'), openSync(scratch('lines.ndjson'), 'a')];
  let made = 0;
  const batches = (times: number, write: (events: readonly PlainEvent[]) => unknown) => (): Promise<number> => {
    const all = Array.from({ length: times }, () => plainEvents(BATCH));
    return typicalMs(times, (at) => write(all[at]!));
  };
  // What is written is never deleted between rounds: ext4 makes files slowly where many have just gone.
  const { ratios, p50 } = await inRounds<Contestant>(
    {
      ours: batches(8, (events) => store.appendEvents('orders', asNewEvents(events))),
      each: batches(2, (events) => events.forEach((event) => writeFlushed(flushed, ++made, event))),
      bare: batches(8, (events) => events.forEach((event) => writeWhole(join(bare, `v${++made}.json`), event, 'wx'))),
      once: batches(8, (events) => {
        writeFlushed(once, ++made, events);
        for (const event of events) writeWhole(join(once, `v${++made}.json`), event, 'wx');
      }),
      lines: batches(8, (events) => {
        writeSync(lines, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
        fdatasyncSync(lines);
      }),
    },
    [
      ['each', 'ours'],
      ['ours', 'bare'],
      ['ours', 'once'],
    ],
    rounds,
  );
  const cost = (name: Contestant): string => `${p50(name).toFixed(1)} ms`;
  report.add(
    `11 files, a flush each / batch ${BATCH}`,
    ratios('each', 'ours'),
    { atLeast: 15, unit: 'x' },
    `${cost('ours')}, ${cost('each')}`,
  );
  report.add(
    `11 files, batch ${BATCH} / without a flush`,
    ratios('ours', 'bare'),
    { atMost: 1.3, unit: 'x' },
    `${cost('bare')} without a flush; as lines of one file ${cost('lines')}`,
  );
  report.add(
    `11 files, batch ${BATCH} / files and one flushed copy`,
    ratios('ours', 'once'),
    { atMost: 1.3, unit: 'x' },
    `${cost('once')} by hand: what makes a batch durable and whole, and no more`,
  );
  closeSync(lines);
  await close();
  await manyFilesRows(bench);
}

/** Target 12: a topic of so many files that listing them takes long. */
async function manyFilesRows({ report, rounds }: Bench): Promise<void> {
  const place = await seededFiles();
  const { store, close } = await openStore(place, { storage: 'inline', readOnly: true });
  await store.getLatestVersion(TOPIC);
  const latest: number[] = [];
  for (let n = 0; n < 50; n++) latest.push(await typicalMs(1, () => store.getLatestVersion(TOPIC)));
  report.add(`12 latest version of ${FILES} files`, latest, { atMost: 1, unit: 'ms' }, 'of a topic that is open');
  const events = join(place, 'events', TOPIC);
  const { ratios, p50 } = await inRounds(
    {
      ours: () => typicalMs(1, () => store.getEvents(TOPIC)),
      raw: () => typicalMs(1, () => readdirSync(events).map((name) => JSON.parse(readFileSync(join(events, name), 'utf8')) as unknown)),
    },
    [['ours', 'raw']],
    { least: Math.min(3, rounds.least), most: rounds.most },
  );
  const note = `${(p50('ours') / 1000).toFixed(2)} s, ${(p50('raw') / 1000).toFixed(2)} s`;
  report.add(`12 reading ${FILES} files / readFileSync and JSON.parse`, ratios('ours', 'raw'), { atMost: 1.3, unit: 'x' }, note);
  await close();
}

function writeWhole(place: string, content: unknown, flags: 'w' | 'wx', flush = false): void {
  const handle = openSync(place, flags);
  writeSync(handle, JSON.stringify(content));
  if (flush) fsyncSync(handle);
  closeSync(handle);
}

/** As a careful program writes one file: beside its place, flushed, renamed, the folder flushed. */
function writeFlushed(folder: string, version: number, content: unknown): void {
  const place = join(folder, `v${version}.json`);
  writeWhole(`${place}.tmp`, content, 'w', true);
  renameSync(`${place}.tmp`, place);
  const handle = openSync(dirname(place), 'r');
  fsyncSync(handle);
  closeSync(handle);
}
