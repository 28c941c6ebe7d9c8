import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CopyProgress } from '../../src/shared/ipc/contract/events.ts';
import type { Input } from '../../src/shared/ipc/contract.ts';
import { encodeEvent } from '../../src/shared/model/event.ts';
import { openMemoryStore, openTestDesk, type TestDesk, type TestWindow } from './test-desk.ts';

let desk: TestDesk;
let window: TestWindow;
let incarnation: number;

beforeEach(async () => {
  desk = openTestDesk();
  window = desk.openWindow();
  await window.ask('stores.openDemo', {});
  incarnation = (await window.ask('topics.create', { name: 'orders' })).incarnation;
  const events = Array.from({ length: 2500 }, (_, index) => ({
    type: index % 5 === 0 ? 'paid' : 'placed',
    id: `id-${index + 1}`,
    data: `{"n":${index + 1},"big":9007199254740993,"f":1.10}`,
    timestamp: BigInt(index + 1) * 1_000_000_000n,
  }));
  await window.ask('events.append', { topic: 'orders', incarnation, expectedVersion: null, events });
});
afterEach(() => desk.close());

type Wanted = Partial<Input<'events.copy'>>;
let jobs = 0;

/** Asks until the copy is done, as the page does. */
async function copy(wanted: Wanted): Promise<{ text: string; progress: CopyProgress }> {
  const input = {
    job: `job-${++jobs}`,
    topic: 'orders',
    incarnation,
    ranges: [{ first: 1, last: 2500 }],
    filter: null,
    format: 'ndjson' as const,
  };
  let progress: CopyProgress;
  do {
    progress = await window.ask('events.copy', { ...input, ...wanted });
  } while (!progress.done);
  return { text: desk.copied.at(-1) ?? '', progress };
}

it('one event is copied as the very line that is stored', async () => {
  const { text, progress } = await copy({ ranges: [{ first: 7, last: 7 }] });
  const [event] = (await window.workspace.store().readEvents('orders', { after: 6, limit: 1 })).events;
  expect(text).toBe(event && encodeEvent(event));
  expect(text).toContain('"big":9007199254740993,"f":1.10');
  expect(progress).toEqual({ done: true, events: 1, bytes: text.length + 1, damaged: 0, scanned: 1, total: 1 });
});

it('many ranges over several pages are copied whole, in order, and nothing else', async () => {
  const { text, progress } = await copy({
    ranges: [
      { first: 2, last: 3 },
      { first: 5, last: 2100 },
      { first: 2500, last: 2500 },
    ],
    format: 'versions',
  });
  const expected = [2, 3, ...Array.from({ length: 2096 }, (_, index) => index + 5), 2500];
  expect(text.split('\n').map(Number)).toEqual(expected);
  expect(progress).toMatchObject({ events: 2099, scanned: 2099, total: 2099 });
});

it('a filter by type and time is kept: from is inside, to is outside', async () => {
  const filter = { types: ['paid'], from: 6_000_000_000n, to: 16_000_000_000n };
  const { text } = await copy({ filter, format: 'links' });
  expect(text).toBe('orders#6\norders#11');
  await expect(copy({ filter: { types: [], from: null, to: null } })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('CSV has a head, a record an event, and disarms formulas only when asked to', async () => {
  const events = [{ type: '=HYPERLINK("x")', data: '"a,b"' }];
  await window.ask('events.append', { topic: 'orders', incarnation, expectedVersion: null, events });
  const ranges = [{ first: 2501, last: 2501 }];
  expect((await copy({ ranges, format: 'csv' })).text).toMatch(
    /^version,nanoseconds,time,type,id,data,metadata\r\n2501,\d+,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z,"=HYPERLINK\(""x""\)",[^,]+,"""a,b""",null\r\n$/,
  );
  expect((await copy({ ranges, format: 'csv-safe' })).text).toContain(`,"'=HYPERLINK(""x"")",`);
});

it('what is too much for a clipboard is refused with the way out, and the clipboard stays as it was', async () => {
  await copy({ ranges: [{ first: 1, last: 1 }], format: 'ids' });
  const data = `"${'x'.repeat(15 * 1024 * 1024)}"`;
  for (let n = 0; n < 5; n++)
    await window.ask('events.append', { topic: 'orders', incarnation, expectedVersion: null, events: [{ type: 'big', data }] });
  await expect(copy({ ranges: [{ first: 2501, last: 2505 }] })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining('command line'),
    details: { events: 4 },
  });
  expect(desk.copied.at(-1)).toBe('id-1');
});

it('nothing to copy, ranges out of order and a topic made again are refused', async () => {
  await expect(copy({ ranges: [{ first: 9000, last: 9001 }] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(
    copy({
      ranges: [
        { first: 5, last: 6 },
        { first: 6, last: 7 },
      ],
    }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'ranges' } });
  await expect(copy({ incarnation: incarnation + 1 })).rejects.toMatchObject({ code: 'TOPIC_NOT_FOUND' });
  expect(desk.copied).toEqual([]);
});

it('a copy that is stopped leaves the clipboard as it was', async () => {
  const gate = Promise.withResolvers<void>();
  let reads = 0;
  desk.stores.set('/slow', () =>
    openMemoryStore('/slow', (store) => ({
      ...store,
      readEvents: async (...args) => {
        reads++;
        await gate.promise;
        return store.readEvents(...args);
      },
    })),
  );
  const slow = desk.openWindow();
  slow.answers.path = '/slow';
  await slow.ask('stores.openDialog', { kind: 'file' });
  const topic = await slow.ask('topics.create', { name: 'orders' });
  await slow.ask('events.append', { topic: 'orders', incarnation: topic.incarnation, expectedVersion: null, events: [{ type: 'a' }] });
  const copying = slow.call(
    'events.copy',
    { job: 'slow', topic: 'orders', incarnation: topic.incarnation, ranges: [{ first: 1, last: 1 }], filter: null, format: 'ids' },
    'copy',
  );
  await expect.poll(() => reads).toBe(1);
  slow.cancel('copy');
  await expect(copying).resolves.toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  gate.resolve();
  await expect.poll(() => desk.router.counts.inFlight).toBe(0);
  expect(desk.copied).toEqual([]);
});
