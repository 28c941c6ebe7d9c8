import { expect } from 'vitest';
import type { Appended, EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { EventStoreError } from '../../../src/shared/model/errors.ts';
import { law, type Law } from '../law.ts';
import { readAll, readPage, readVersions, refusedWith } from '../observations.ts';
import { configOf, eventOf, eventsOf, TOPIC } from '../samples.ts';

/** What became of each call: its answer, or the code it was refused with. */
async function outcomes<T>(calls: readonly Promise<T>[]): Promise<readonly (T | string)[]> {
  return Promise.all(
    calls.map((call) =>
      call.catch((error: unknown) => {
        if (error instanceof EventStoreError) return error.code;
        throw error;
      }),
    ),
  );
}

const isAnswer = <T>(outcome: T | string): outcome is T => typeof outcome !== 'string';

/** Appends from all `handles` at once; every version once, every batch together. */
async function appendAtOnce(handles: readonly EventRepository[]): Promise<void> {
  const appended = await Promise.all(
    Array.from({ length: 12 }, (_none, writer) => handles[writer % handles.length]!.append(TOPIC, eventsOf(`w${writer}-`, 3), null)),
  );
  const { events } = await readAll(handles[0]!, TOPIC);
  expect(events.map((event) => event.version)).toEqual(Array.from({ length: 36 }, (_none, index) => index + 1));
  for (const [writer, { first, last }] of appended.entries()) {
    expect(last - first).toBe(2);
    expect(events.slice(first - 1, last).map((event) => event.id)).toEqual([1, 2, 3].map((n) => `w${writer}-${n}`));
  }
}

/** Every racer expects the same version: one wins, the others learn what the version is. */
async function race(handles: readonly EventRepository[]): Promise<void> {
  for (let version = 0; version < 10; version += 2) {
    const racers = Array.from({ length: 6 }, (_none, racer) =>
      handles[racer % handles.length]!.append(TOPIC, eventsOf(`v${version}-r${racer}-`, 2), version),
    );
    const results = await outcomes(racers);
    expect(results.filter(isAnswer)).toEqual([{ first: version + 1, last: version + 2, replayed: false }]);
    expect(results.filter((result) => result === 'VERSION_CONFLICT')).toHaveLength(5);
    expect(await handles[0]!.latestVersion(TOPIC)).toBe(version + 2);
  }
}

/** Reads through `reader` while `writer` appends batches of ten: what is seen ends where a batch ends. */
async function watchBatches(writer: EventRepository, reader: EventRepository): Promise<void> {
  let writing = true;
  const write = async (): Promise<void> => {
    for (let batch = 0; batch < 15; batch++) await writer.append(TOPIC, eventsOf(`b${batch}-`, 10), batch * 10);
    writing = false;
  };
  const watch = async (): Promise<void> => {
    while (writing) {
      expect((await reader.latestVersion(TOPIC)) % 10, 'the latest version ends a batch').toBe(0);
      const newest = await readPage(reader, TOPIC, { direction: 'backward', cursor: null, limit: 10 });
      expect((newest.events[0]?.version ?? 0) % 10, 'the newest event ends a batch').toBe(0);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const writes = write().finally(() => (writing = false));
  await Promise.all([writes, watch()]);
  expect(await readVersions(reader, TOPIC)).toHaveLength(150);
}

/** The same batch from everyone at once is written by one of them. */
async function repeatAtOnce(handles: readonly EventRepository[]): Promise<void> {
  const appended = await Promise.all(
    Array.from({ length: 6 }, (_none, n) => handles[n % handles.length]!.append(TOPIC, eventsOf('same', 4), 0)),
  );
  expect(appended.map(({ first, last }) => ({ first, last }))).toEqual(appended.map(() => ({ first: 1, last: 4 })));
  expect(appended.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(await readVersions(handles[0]!, TOPIC)).toEqual([1, 2, 3, 4]);
}

/** Appends race a delete: what is acknowledged is in the topic that went to the trash, the rest is TOPIC_NOT_FOUND. */
async function appendWhileTrashing(appender: EventRepository, remover: EventRepository): Promise<void> {
  const before = Array.from({ length: 4 }, (_none, n) => appender.append(TOPIC, [eventOf(`early-${n}`)], null));
  const trashed = remover.trashTopic(TOPIC, '9');
  const after = Array.from({ length: 4 }, (_none, n) => appender.append(TOPIC, [eventOf(`late-${n}`)], null));
  const results = await outcomes<Appended>([...before, ...after]);
  await trashed;
  expect(results.filter((result) => !isAnswer(result) && result !== 'TOPIC_NOT_FOUND')).toEqual([]);
  const acknowledged = results.filter(isAnswer).length;
  expect(await remover.listTrash(null, 10)).toMatchObject([{ entry: '9', topic: TOPIC, latestVersion: acknowledged }]);
  expect(await refusedWith(appender.append(TOPIC, [eventOf('too late')], null))).toBe('TOPIC_NOT_FOUND');
}

async function openWithTopic(open: () => Promise<EventRepository>): Promise<EventRepository> {
  const repository = await open();
  await repository.createTopic(configOf(), 'refuse', '1');
  return repository;
}

export const CONCURRENCY_LAWS: readonly Law[] = [
  law('appends made at the same time take turns: no gap, no version twice, each batch together', async ({ open }) => {
    await appendAtOnce([await openWithTopic(open)]);
  }),
  law('of appends that expect the same version at the same time one wins, the others are VERSION_CONFLICT', async ({ open }) => {
    await race([await openWithTopic(open)]);
  }),
  law('a reader sees all of a batch or none of it while it is written', async ({ open }) => {
    const repository = await openWithTopic(open);
    await watchBatches(repository, repository);
  }),
  law('one batch appended several times at the same time is written once', async ({ open }) => {
    await repeatAtOnce([await openWithTopic(open)]);
  }),
  law('of two that make the same topic at the same time one wins, the other is LEFTOVER_DATA', async ({ open }) => {
    const repository = await open();
    const results = await outcomes([1, 2, 3].map((n) => repository.createTopic(configOf(TOPIC, { n: String(n) }), 'refuse', '1')));
    expect(results.toSorted()).toEqual(['LEFTOVER_DATA', 'LEFTOVER_DATA', undefined]);
    expect(await repository.listTopics(null, 10)).toHaveLength(1);
  }),
  law('nothing acknowledged is lost when a topic is trashed while it is appended to', async ({ open }) => {
    const repository = await openWithTopic(open);
    await appendWhileTrashing(repository, repository);
  }),
  law(
    'two handles of one place see what the other wrote at once: topics, events, configs, trash',
    async ({ open }) => {
      const [a, b] = [await openWithTopic(open), await open()];
      // Each handle looks at every step, so that whatever it remembers of the step before would show.
      const bothSee = async (latest: number): Promise<void> => {
        for (const handle of [a, b]) {
          expect(await handle.latestVersion(TOPIC)).toBe(latest);
          expect(await readVersions(handle, TOPIC)).toEqual(Array.from({ length: latest }, (_none, index) => index + 1));
        }
      };
      await bothSee(0);
      await a.append(TOPIC, eventsOf('a', 2), 0);
      await bothSee(2);
      expect(await b.append(TOPIC, eventsOf('b', 2), 2)).toEqual({ first: 3, last: 4, replayed: false });
      await bothSee(4);
      expect(await a.append(TOPIC, eventsOf('b', 2), 0)).toEqual({ first: 3, last: 4, replayed: true });
      await b.writeTopicConfig(configOf(TOPIC, { by: 'b' }));
      expect((await a.findTopic(TOPIC))?.config).toEqual(configOf(TOPIC, { by: 'b' }));
      await b.trashTopic(TOPIC, '5');
      expect(await a.findTopic(TOPIC)).toBeNull();
      expect(await a.listTopics(null, 10)).toEqual([]);
      expect(await refusedWith(a.append(TOPIC, eventsOf('c', 1), null))).toBe('TOPIC_NOT_FOUND');
      expect(await a.listTrash(null, 10)).toMatchObject([{ entry: '5', latestVersion: 4 }]);
      await b.createTopic(configOf(), 'refuse', '6');
      await bothSee(0);
      expect(await a.append(TOPIC, eventsOf('a', 2), 0)).toEqual({ first: 1, last: 2, replayed: false });
      await bothSee(2);
    },
    'shared',
  ),
  law(
    'two handles append at the same time without a gap',
    async ({ open }) => appendAtOnce([await openWithTopic(open), await open()]),
    'shared',
  ),
  law('two handles racing for a version have one winner', async ({ open }) => race([await openWithTopic(open), await open()]), 'shared'),
  law(
    'a second handle sees all of a batch or none of it',
    async ({ open }) => watchBatches(await openWithTopic(open), await open()),
    'shared',
  ),
  law(
    'one batch appended through two handles is written once',
    async ({ open }) => repeatAtOnce([await openWithTopic(open), await open()]),
    'shared',
  ),
  law(
    'nothing acknowledged is lost when another handle trashes the topic',
    async ({ open }) => appendWhileTrashing(await openWithTopic(open), await open()),
    'shared',
  ),
];
