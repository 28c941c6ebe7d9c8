import { expect } from 'vitest';
import type { EventPage, ReadQuery } from '../../../src/shared/model/event.ts';
import { isEventStoreError } from '../../../src/shared/model/errors.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { law, type Law } from '../law.ts';
import { countAll, readAll, readPage, readVersions, refusedWith } from '../observations.ts';
import { configOf, eventOf, eventsOf, jsonText, PAGE, TOPIC } from '../samples.ts';

const MIB = 1024 * 1024;
/** "About 4 MiB": what a page may hold before its last event. */
const PAGE_BYTES = 4.5 * MIB;
const BAD_LIMITS = [0, -1, 1001, 1.5, Number.NaN, Number.POSITIVE_INFINITY];

/** A topic whose event types by version are the letters of `types`. */
async function withTypes(repository: EventRepository, types: string): Promise<void> {
  await repository.createTopic(configOf(), 'refuse', '1');
  await repository.append(
    TOPIC,
    [...types].map((type, index) => eventOf(`id-${index + 1}`, { type })),
    0,
  );
}

export const READING_LAWS: readonly Law[] = [
  law('a cursor is exclusive in both directions', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'aaaaa');
    const read = (direction: ReadQuery['direction'], cursor: number | null): Promise<readonly number[]> =>
      readVersions(repository, TOPIC, { direction, cursor, limit: 1000 });
    expect(await read('forward', 0)).toEqual([1, 2, 3, 4, 5]);
    expect(await read('forward', 1)).toEqual([2, 3, 4, 5]);
    expect(await read('forward', 4)).toEqual([5]);
    expect(await read('backward', null)).toEqual([5, 4, 3, 2, 1]);
    expect(await read('backward', 6)).toEqual([5, 4, 3, 2, 1]);
    expect(await read('backward', 5)).toEqual([4, 3, 2, 1]);
    expect(await read('backward', 2)).toEqual([1]);
  }),

  law('beyond the ends there is nothing, and nothing next', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'aaa');
    const nothing = { events: [], damaged: [], next: null };
    for (const cursor of [3, 4, 1000, Number.MAX_SAFE_INTEGER]) {
      expect(await repository.read(TOPIC, { direction: 'forward', cursor, limit: 10 })).toMatchObject(nothing);
    }
    for (const cursor of [1, 0]) expect(await repository.read(TOPIC, { direction: 'backward', cursor, limit: 10 })).toMatchObject(nothing);
    expect(await readVersions(repository, TOPIC, { direction: 'backward', cursor: Number.MAX_SAFE_INTEGER, limit: 2 })).toEqual([3, 2, 1]);
  }),

  law('pages of any size read to the end give every event once, in order, in both directions', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'abcabcabcab');
    const versions = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    for (const limit of [1, 2, 3, 5, 10, 11, 12, 1000]) {
      expect(await readVersions(repository, TOPIC, { direction: 'forward', cursor: 0, limit })).toEqual(versions);
      expect(await readVersions(repository, TOPIC, { direction: 'backward', cursor: null, limit })).toEqual(versions.toReversed());
      const types = ['a', 'c'];
      const some = versions.filter((version) => version % 3 !== 2);
      expect(await readVersions(repository, TOPIC, { direction: 'forward', cursor: 0, limit, types })).toEqual(some);
      expect(await readVersions(repository, TOPIC, { direction: 'backward', cursor: null, limit, types })).toEqual(some.toReversed());
    }
  }),

  law('a page that reaches the last event says that nothing is next, and no other page does', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'aaaa');
    const next = async (direction: ReadQuery['direction'], cursor: number | null, limit: number): Promise<boolean> =>
      (await readPage(repository, TOPIC, { direction, cursor, limit })).next !== null;
    expect(await next('forward', 0, 3)).toBe(true);
    expect(await next('forward', 0, 4)).toBe(false);
    expect(await next('forward', 2, 2)).toBe(false);
    expect(await next('backward', null, 3)).toBe(true);
    expect(await next('backward', null, 4)).toBe(false);
    expect(await next('backward', 3, 2)).toBe(false);
  }),

  law('a type filter gives exactly the events of these types, by exact name, in version order', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const types = ['b', 'a', 'A', '__proto__', 'a', 'b', 'a ', 'constructor', 'a%', 'a_', 'é', 'e\u0301'];
    await repository.append(
      TOPIC,
      types.map((type, index) => eventOf(`id-${index}`, { type })),
      0,
    );
    const read = (...wanted: readonly string[]): Promise<readonly number[]> => readVersions(repository, TOPIC, { ...PAGE, types: wanted });
    expect(await read('a')).toEqual([2, 5]);
    expect(await read('A')).toEqual([3]);
    expect(await read('b', 'a')).toEqual([1, 2, 5, 6]);
    expect(await read('a', 'a', 'b')).toEqual([1, 2, 5, 6]);
    expect(await read('__proto__', 'constructor')).toEqual([4, 8]);
    expect(await read('a%')).toEqual([9]);
    expect(await read('a_')).toEqual([10]);
    expect(await read('é')).toEqual([11]);
    expect(await read('toString')).toEqual([]);
    expect(await read('a', 'unknown')).toEqual([2, 5]);
    expect(await read()).toHaveLength(types.length);
    expect(await readVersions(repository, TOPIC, { direction: 'backward', cursor: 6, limit: 1, types: ['a', 'b'] })).toEqual([5, 2, 1]);
    expect(await readVersions(repository, TOPIC, { ...PAGE, cursor: 2, types: ['a', 'b'] })).toEqual([5, 6]);
  }),

  law('a page holds at most 1000 events, and a rare type is found in a long topic', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const batch = [eventOf('first', { type: 'Rare' }), ...eventsOf('a', 1203), eventOf('last', { type: 'Rare' })];
    await repository.append(TOPIC, batch, 0);
    const page = await readPage(repository, TOPIC, PAGE);
    expect(page.events.length).toBeGreaterThan(0);
    expect(page.next).not.toBeNull();
    expect(await readVersions(repository, TOPIC, { ...PAGE, types: ['Rare'] })).toEqual([1, 1205]);
    expect(await readVersions(repository, TOPIC, { direction: 'backward', cursor: null, limit: 1, types: ['Rare'] })).toEqual([1205, 1]);
    for (const limit of BAD_LIMITS) {
      for (const direction of ['forward', 'backward'] as const) {
        const answer = await repository.read(TOPIC, { direction, cursor: null, limit }).catch(refusedInput);
        expect(answer === null || (answer.events.length >= 1 && answer.events.length <= 1000)).toBe(true);
      }
    }
  }),

  law('a limit of a list outside 1 to 1000 is INVALID_INPUT or brought within', async ({ open }) => {
    const repository = await open();
    for (const name of ['a', 'b', 'c']) await repository.createTopic(configOf(name), 'refuse', '1');
    await repository.trashTopic('b', '2');
    await repository.trashTopic('c', '3');
    await repository.createTopic(configOf('b'), 'refuse', '1');
    for (const limit of BAD_LIMITS) {
      const most = limit > 1 ? 2 : 1;
      const topics = await repository.listTopics(null, limit).catch(refusedInput);
      expect(topics === null || (topics.length >= 1 && topics.length <= most)).toBe(true);
      const trash = await repository.listTrash(null, limit).catch(refusedInput);
      expect(trash === null || (trash.length >= 1 && trash.length <= most)).toBe(true);
    }
  }),

  law('a page holds about 4 MiB, and pages read to the end still give everything', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    // Three bytes a character in UTF-8: who counts characters holds three times as much.
    const batch = eventsOf('a', 10, { data: jsonText(`"${'€'.repeat(MIB / 3)}"`) });
    await repository.append(TOPIC, batch.slice(0, 5), 0);
    await repository.append(TOPIC, batch.slice(5), 5);
    for (const direction of ['forward', 'backward'] as const) {
      let cursor: number | null = direction === 'forward' ? 0 : null;
      const seen: number[] = [];
      do {
        const page = await readPage(repository, TOPIC, { direction, cursor, limit: 1000 });
        const bytes = page.events.slice(0, -1).reduce((sum, event) => sum + Buffer.byteLength(event.data), 0);
        expect(bytes, 'bytes before the last event of a page').toBeLessThanOrEqual(PAGE_BYTES);
        for (const event of page.events) seen.push(event.version);
        cursor = page.next;
      } while (cursor !== null);
      expect(seen.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  }),

  law('an event larger than a page is given all the same, whole', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const large = jsonText(`"${'x'.repeat(5 * MIB)}"`);
    await repository.append(TOPIC, [eventOf('a'), eventOf('large', { data: large }), eventOf('c')], 0);
    const { events } = await readAll(repository, TOPIC);
    expect(events.map((event) => event.version)).toEqual([1, 2, 3]);
    expect(events[1]!.data === large).toBe(true);
    expect(await readVersions(repository, TOPIC, { direction: 'forward', cursor: 1, limit: 1 })).toEqual([2, 3]);
  }),

  law(
    'beginnings are those of the page that a read gives: as much as is wanted, no half of a pair, and the lengths of all',
    async ({ open }) => {
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      const texts = ['null', '"ab"', '"abc"', '"ab😀"', '"€€€€€"', `"${'😀'.repeat(MIB / 4)}"`, `"${'x'.repeat(5 * MIB)}"`, '7'];
      await repository.append(
        TOPIC,
        texts.map((text, index) =>
          eventOf(`id-${index}`, { type: index % 2 === 0 ? 'a' : 'b', data: jsonText(text), metadata: jsonText(texts.at(-index)!) }),
        ),
        0,
      );
      const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
      for (const lengths of [
        { data: 4, metadata: 4 },
        { data: 0, metadata: 6 * MIB },
      ]) {
        for (const direction of ['forward', 'backward'] as const) {
          for (const types of [undefined, ['a']]) {
            let cursor: number | null = direction === 'forward' ? 0 : null;
            do {
              const query = { direction, cursor, limit: 3, types };
              const page: EventPage = await repository.read(TOPIC, query);
              expect(await repository.readBeginnings(TOPIC, query, lengths)).toEqual({
                ...page,
                events: page.events.map((event) => ({
                  ...event,
                  data: cut(event.data, lengths.data),
                  dataTotal: event.data.length,
                  metadata: cut(event.metadata, lengths.metadata),
                  metadataTotal: event.metadata.length,
                })),
              });
              cursor = page.next;
            } while (cursor !== null);
          }
        }
      }
      expect(await refusedWith(repository.readBeginnings('unknown', PAGE, { data: 1, metadata: 1 }))).toBe('TOPIC_NOT_FOUND');
    },
  ),

  law('an event has exactly its seven members, whichever way it is read', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'ab');
    const members = ['data', 'id', 'metadata', 'timestamp', 'topic', 'type', 'version'];
    for (const query of [PAGE, { ...PAGE, types: ['a'] }, { direction: 'backward', cursor: null, limit: 5 } as const]) {
      for (const event of (await readPage(repository, TOPIC, query)).events) {
        expect(Object.keys(event).toSorted()).toEqual(members);
        expect(event.topic).toBe(TOPIC);
        expect(typeof event.timestamp).toBe('bigint');
        expect(typeof event.version).toBe('number');
      }
    }
  }),

  law('a count is of the events after a version, and agrees with what a read gives', async ({ open }) => {
    const repository = await open();
    await withTypes(repository, 'abcde');
    for (const after of [0, 1, 4, 5, 6, 1000]) {
      const events = (await readVersions(repository, TOPIC, { direction: 'forward', cursor: after, limit: 1000 })).length;
      expect(await countAll(repository, TOPIC, after)).toEqual({ events, damaged: [] });
    }
  }),

  law('what was appended is read, counted and the latest at once', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    for (let version = 1; version <= 8; version++) {
      await repository.append(TOPIC, [eventOf(`id-${version}`)], version - 1);
      expect(await repository.latestVersion(TOPIC)).toBe(version);
      expect(await readVersions(repository, TOPIC, { ...PAGE, cursor: version - 1 })).toEqual([version]);
      expect((await countAll(repository, TOPIC)).events).toBe(version);
    }
  }),
];

/** Null for INVALID_INPUT; any other error goes on. */
function refusedInput(error: unknown): null {
  if (isEventStoreError(error, 'INVALID_INPUT')) return null;
  throw error;
}
