import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { startChild, type ChildProcess } from '../support/child-process.ts';
import { DISK_KINDS, newDiskStore, showInWindow, type DiskKind, type DiskStore } from './disk-desk.ts';
import type { TestDesk, TestWindow } from '../ipc/test-desk.ts';

const BATCHES: Readonly<Record<DiskKind, number>> = { sqlite: 400, fs: 60 };
const SIZE = 50;
const ALL = { types: null, from: null, to: null } as const;
const appendingChild = new URL('appending-child.ts', import.meta.url);

let disk: DiskStore;
let desk: TestDesk;
let window: TestWindow;
let writer: ChildProcess;

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe.each(DISK_KINDS)('a topic on %s that another process appends to all the time', (kind) => {
  const total = BATCHES[kind] * SIZE;
  let store: EventStore;
  let isOver: boolean;

  beforeEach(async () => {
    disk = await newDiskStore(kind);
    const { store: maker, close } = await disk.open();
    await maker.createTopic({ name: 'grows' });
    await close();
    ({ desk, window } = await showInWindow(disk));
    store = window.workspace.store();
    writer = startChild(appendingChild, [disk.path, 'grows', 'child', String(BATCHES[kind]), String(SIZE)]);
    await writer.waitForLine((line) => line === 'ready');
    isOver = false;
    void writer.ended.then(() => (isOver = true));
    writer.write('go\n');
  });
  afterEach(async () => {
    writer.kill();
    await writer.ended;
    await desk.close();
    disk.remove();
  });

  it('is read forward page by page without a gap, a doubled or a torn event', async () => {
    const seen: number[] = [];
    let whileGrowing = 0;
    while (seen.length < total) {
      const page = await store.readEvents('grows', { direction: 'forward', after: seen.length, limit: 200 });
      expect(page.damaged).toEqual([]);
      for (const { version, data } of page.events) {
        expect((JSON.parse(data) as { readonly n: number }).n).toBe(version);
        seen.push(version);
      }
      if (page.events.length === 0 && isOver) break;
      if (!isOver) whileGrowing++;
    }
    expect(await writer.ended).toMatchObject({ code: 0, stderr: '' });
    expect(seen).toEqual(upTo(total));
    expect(whileGrowing, 'pages read before the writer had ended').toBeGreaterThan(2);
  });

  it('tells a latest version that only grows, and has all that is before it', async () => {
    let latest = 0;
    while (!isOver) {
      const now = await store.getLatestVersion('grows');
      expect(now).toBeGreaterThanOrEqual(latest);
      latest = now;
      const page = await store.readEvents('grows', { direction: 'backward', before: now + 1, limit: 50 });
      expect(page.events.map(({ version }) => version)).toEqual(upTo(Math.min(50, now)).map((n) => now + 1 - n));
    }
    expect(await store.getLatestVersion('grows')).toBe(total);
  });

  it('is surveyed: every answer fits itself, and the last one has all', async () => {
    for (;;) {
      const isLast = isOver;
      const { events, types, progress } = await window.ask('survey.overview', { topic: 'grows', filter: ALL, buckets: 20, range: null });
      expect(types.reduce((sum, { count }) => sum + count, 0)).toBe(events);
      if (!isLast || !progress.done) continue;
      expect(events).toBe(total);
      const counts = new Map(types.map(({ type, count }) => [type, count]));
      expect(counts.get('Seventh')).toBe(Math.ceil(total / 7));
      const seventh = { ...ALL, types: ['Seventh'] };
      for (;;) {
        const found = await window.ask('survey.overview', { topic: 'grows', filter: seventh, buckets: 1, range: null });
        if (!found.progress.done) continue;
        expect(found.matching).toBe(Math.ceil(total / 7));
        break;
      }
      break;
    }
  });
});
