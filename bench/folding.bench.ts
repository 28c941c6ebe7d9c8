/**
 * How fast folds are: `node bench/folding.bench.ts [--size 100000] [--rounds 7]`. Prints one Markdown table for each question:
 * folding in QuickJS against the same fold in V8, the time until any version shows, and how long the main thread was held.
 * Everything is measured in one run, in turns, on a SQLite store with the application's own threads.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createStore, openFold, openStore } from '../src/main/compose.ts';
import type { EventStore } from '../src/main/eventstore/event-store.ts';
import { foldPlaces } from '../src/main/fold-places.ts';
import { openPass } from '../src/main/folding/engine/pass.ts';
import { openSandbox } from '../src/main/folding/sandbox/sandbox.ts';
import { createBatchWriter } from '../src/main/folding/sandbox/write-batch.ts';
import type { NewEvent, StoredEvent } from '../src/shared/model/event.ts';
import { parseJsonText } from '../src/shared/model/json-text.ts';

const { values } = parseArgs({ options: { size: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '7' } } });
const SIZE = Number(values.size);
const ROUNDS = Number(values.rounds);
const BATCH = 1000;
const SAMPLE = Math.min(SIZE, 20_000);
const KEYS = 2000;

type Fold = (state: never, event: never) => unknown;

interface Example {
  readonly name: string;
  readonly initial: () => unknown;
  readonly fold: Fold;
}

interface OrderEvent {
  readonly type: string;
  readonly data: { readonly orderId: string; readonly cents: number };
}

const EXAMPLES: readonly Example[] = [
  {
    name: 'count by type',
    initial: () => ({}),
    fold: (state: Record<string, number>, event: OrderEvent) => {
      state[event.type] = (state[event.type] ?? 0) + 1;
      return state;
    },
  },
  {
    name: `latest per key, ${KEYS} keys`,
    initial: () => ({}),
    fold: (state: Record<string, unknown>, event: OrderEvent) => {
      state[event.data.orderId] = event.data;
      return state;
    },
  },
  {
    name: 'running total, a new state each time',
    initial: () => ({ total: 0, orders: 0 }),
    fold: (state: { total: number; orders: number }, event: OrderEvent) => ({
      ...state,
      total: state.total + event.data.cents,
      orders: state.orders + 1,
    }),
  },
];

const sourceOf = ({ initial, fold }: Example): string =>
  `export const initial = ${initial.toString()};\nexport const fold = ${fold.toString()};`;

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? NaN;
const quantile = (times: readonly number[], part: number): number =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
const row = (...cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`);
const ms = (time: number): string => (time < 10 ? time.toFixed(1) : time.toFixed(0));

function orderEvent(index: number): NewEvent {
  const type = ['OrderPlaced', 'OrderConfirmed', 'PaymentCaptured', 'ParcelSent'][index % 4] ?? '';
  const order = (index * 7919) % KEYS;
  const data = `{"orderId":"order-${String(order).padStart(5, '0')}","userId":"user-${index % 90}","account":${9_007_199_254_740_993n + BigInt(index)},"lines":[{"sku":"kettle","quantity":2,"price":19.90}],"currency":"EUR","cents":${index % 10_000}}`;
  const metadata = `{"correlationId":"0190b5a2-7c3d-7e4f-8a1b-${String(index).padStart(12, '0')}","source":"shop"}`;
  return { type, data: parseJsonText(data), metadata: parseJsonText(metadata) };
}

async function fill(store: EventStore): Promise<void> {
  await store.createTopic({ name: 'orders' });
  for (let at = 0; at < SIZE; at += BATCH) {
    await store.appendEvents(
      'orders',
      Array.from({ length: Math.min(BATCH, SIZE - at) }, (_none, index) => orderEvent(at + index)),
    );
  }
}

async function pagesOf(store: EventStore, count: number): Promise<StoredEvent[][]> {
  const pages: StoredEvent[][] = [];
  for (let after = 0; after < count; after += BATCH) pages.push([...(await store.readEvents('orders', { after, limit: BATCH })).events]);
  return pages;
}

/** The same events through the same fold, in V8: parsed as a program would, and folded. Milliseconds. */
function foldNatively({ initial, fold }: Example, pages: readonly StoredEvent[][]): number {
  const began = performance.now();
  let state = initial();
  for (const page of pages) {
    for (const event of page) {
      const data: unknown = JSON.parse(event.data);
      const metadata: unknown = JSON.parse(event.metadata);
      state = fold(state as never, { ...event, data, metadata } as never);
    }
  }
  return state === undefined ? NaN : performance.now() - began;
}

async function foldInSandbox(example: Example, pages: readonly StoredEvent[][], engine: ArrayBuffer): Promise<number> {
  const write = createBatchWriter();
  const open = () => openSandbox({ engine, source: sourceOf(example), memory: 256 * 1024 * 1024, time: 60_000, isStopped: () => false });
  const { initial } = await open();
  const pass = await openPass({ sandboxes: { open, openTracked: open }, write, from: { version: 0, packed: initial, isShown: true } });
  const began = performance.now();
  for (const page of pages) await pass.fold(page);
  return performance.now() - began;
}

interface Holds {
  /** Milliseconds between two beats of one a millisecond, which count what other programs took too. */
  readonly wall: number;
  /** Milliseconds of work that this thread itself did between two beats. */
  readonly own: number;
}

/** How long the main thread was held at most. */
function watchLoop(): { readonly end: () => Holds } {
  let wall = 0;
  let own = 0;
  let last = performance.now();
  let used = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = process.threadCpuUsage(used);
    wall = Math.max(wall, now - last);
    own = Math.max(own, (user + system) / 1000);
    last = now;
    used = process.threadCpuUsage();
  }, 1);
  return {
    end: () => {
      clearInterval(timer);
      return { wall, own };
    },
  };
}

const held = ({ wall, own }: Holds): string => `${ms(wall)} (own work ${ms(own)})`;

const folder = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const path = join(folder, 'store.db');
await createStore(path);
const { store, close } = await openStore(path);
try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}, ${SIZE} events in SQLite, ${ROUNDS} rounds\n`,
  );
  await fill(store);
  const pages = await pagesOf(store, SAMPLE);
  const engine = new Uint8Array(readFileSync(foldPlaces().wasm)).buffer;

  console.log(`Folding ${SAMPLE} events that are in memory, one thread (median, events/s)\n`);
  row('fold', 'V8', 'QuickJS', 'ratio');
  row('---', '---', '---', '---');
  for (const example of EXAMPLES) {
    const times = { native: [] as number[], sandbox: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.native.push(foldNatively(example, pages));
      times.sandbox.push(await foldInSandbox(example, pages, engine));
    }
    const [native, sandbox] = [median(times.native), median(times.sandbox)];
    row(example.name, Math.round((SAMPLE * 1000) / native), Math.round((SAMPLE * 1000) / sandbox), (native / sandbox).toFixed(2));
  }

  const idle = watchLoop();
  await new Promise((resolve) => setTimeout(resolve, 5000));
  console.log(`\nThe main thread while nothing is done, 5 s: longest gap ${held(idle.end())} ms`);

  console.log(`\nA whole topic of ${SIZE} events from SQLite, and any version of it after that\n`);
  row(
    'fold',
    'first pass, s',
    'events/s',
    'state at a version, ms: median',
    'p95',
    'most',
    'states before and after any version, ms: median',
    'p95',
    'those of the next version: median',
    'p95',
    'longest gap of the main thread, ms: pass',
    'versions',
  );
  row(...Array.from({ length: 12 }, () => '---'));
  for (const example of EXAMPLES) {
    const session = await openFold(store, 'orders', { source: sourceOf(example), time: 60_000 });
    const passing = watchLoop();
    const began = performance.now();
    const { eventsPerSecond } = await session.fold();
    const pass = (performance.now() - began) / 1000;
    const heldPassing = passing.end();
    const showing = watchLoop();
    const [shown, jumped, stepped]: [number[], number[], number[]] = [[], [], []];
    const timed = async (times: number[], work: () => Promise<unknown>): Promise<void> => {
      const from = performance.now();
      await work();
      times.push(performance.now() - from);
    };
    for (let n = 1; n <= 60; n++) {
      const [here, there] = [n * 7_919_017, n * 15_485_863].map((place) => (place % (SIZE - 1)) + 1) as [number, number];
      await timed(shown, () => session.stateAt(here));
      await timed(jumped, () => session.around(there));
      await timed(stepped, () => session.around(there + 1));
    }
    const heldShowing = showing.end();
    await session.close();
    row(
      example.name,
      pass.toFixed(1),
      eventsPerSecond,
      ms(median(shown)),
      ms(quantile(shown, 0.95)),
      ms(Math.max(...shown)),
      ms(median(jumped)),
      ms(quantile(jumped, 0.95)),
      ms(median(stepped)),
      ms(quantile(stepped, 0.95)),
      held(heldPassing),
      held(heldShowing),
    );
  }
} finally {
  await close();
  rmSync(folder, { recursive: true, force: true });
}
