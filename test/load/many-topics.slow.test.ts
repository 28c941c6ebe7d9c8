import { serialize } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TopicRow } from '../../src/shared/ipc/contract/topics.ts';
import type { TestDesk, TestWindow } from '../ipc/test-desk.ts';
import { newDiskStore, showInWindow, type DiskStore } from './disk-desk.ts';

const TOPICS = 10_000;
const LIMIT_BYTES = 256 * 1024;
const nameOf = (n: number): string => `topic-${String(n).padStart(5, '0')}`;

let disk: DiskStore;
let desk: TestDesk;
let window: TestWindow;

beforeAll(async () => {
  disk = await newDiskStore('sqlite', { inMemory: true });
  const { store, close } = await disk.open();
  await Promise.all(Array.from({ length: TOPICS }, (_, n) => store.createTopic({ name: nameOf(n) })));
  await close();
  ({ desk, window } = await showInWindow(disk));
}, 240_000);
afterAll(async () => {
  await desk.close();
  disk.remove();
});

describe('a store of ten thousand topics', () => {
  it('lists every one of them, in messages of at most 256 KiB', async () => {
    const names: string[] = [];
    let after: string | null = null;
    do {
      const page: { readonly topics: readonly Pick<TopicRow, 'name' | 'reserved'>[]; readonly next: string | null } = await window.ask(
        'topics.list',
        { after, limit: 500 },
      );
      expect(serialize(page).length).toBeLessThan(LIMIT_BYTES);
      names.push(...page.topics.filter(({ reserved }) => !reserved).map(({ name }) => name));
      after = page.next;
    } while (after !== null);
    expect(names).toEqual(Array.from({ length: TOPICS }, (_, n) => nameOf(n)));
  });

  it('appends to the first, one in the middle and the last, and tells each its own', async () => {
    const store = window.workspace.store();
    const chosen = [0, 4711, TOPICS - 1].map(nameOf);
    for (const topic of chosen) expect(await store.appendEvents(topic, [{ type: topic }])).toMatchObject({ first: 1, last: 1 });
    const { summaries } = await window.ask('topics.summaries', { topics: [...chosen, nameOf(1)] });
    expect(summaries.map(({ latestVersion }) => latestVersion)).toEqual([1, 1, 1, 0]);
    for (const topic of chosen) expect((await store.getEvents(topic)).events.map(({ type }) => type)).toEqual([topic]);
  });

  it('is replayed to the same topics, deletes one, and brings it back', async () => {
    const store = window.workspace.store();
    const { entry } = await store.deleteTopic(nameOf(17));
    expect((await store.listTopics()).some(({ name }) => name === nameOf(17))).toBe(false);
    await store.restoreTopic(entry ?? '');
    const live = (await store.listTopics()).map(({ name }) => name);
    const again = await disk.open();
    try {
      expect((await again.store.listTopics()).map(({ name }) => name)).toEqual(live);
      expect(live.filter((name) => name.startsWith('topic-'))).toHaveLength(TOPICS);
    } finally {
      await again.close();
    }
  });
});
