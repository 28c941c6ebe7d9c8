import { expect } from 'vitest';
import type { PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { law, type Law } from '../law.ts';
import { contentsOf, countAll, readAll, refusal, refusedWith, storedAs } from '../observations.ts';
import { configOf, eventOf, eventsOf, jsonText, PAGE, TOPIC } from '../samples.ts';

export const APPENDING_LAWS: readonly Law[] = [
  law('versions start at 1, have no gap, and go on where the last append ended', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    expect(await repository.append(TOPIC, eventsOf('a', 1), null)).toEqual({ first: 1, last: 1, replayed: false });
    expect(await repository.append(TOPIC, eventsOf('b', 3), null)).toEqual({ first: 2, last: 4, replayed: false });
    expect(await repository.latestVersion(TOPIC)).toBe(4);
    expect(await countAll(repository, TOPIC)).toEqual({ events: 4, damaged: [] });
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs([...eventsOf('a', 1), ...eventsOf('b', 3)], TOPIC));
  }),

  law('each topic counts its own versions', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf('left'), 'refuse', '1');
    await repository.createTopic(configOf('right'), 'refuse', '2');
    await repository.append('left', eventsOf('a', 2), 0);
    expect(await repository.append('right', eventsOf('a', 1), 0)).toEqual({ first: 1, last: 1, replayed: false });
    expect(await repository.append('left', eventsOf('b', 1), 2)).toEqual({ first: 3, last: 3, replayed: false });
    expect((await readAll(repository, 'right')).events).toEqual(storedAs(eventsOf('a', 1), 'right'));
  }),

  law('an append goes through at the expected version and at none, 0 meaning an empty topic', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    expect(await repository.append(TOPIC, eventsOf('a', 2), 0)).toMatchObject({ first: 1, last: 2 });
    expect(await repository.append(TOPIC, eventsOf('b', 2), 2)).toMatchObject({ first: 3, last: 4 });
    expect(await repository.append(TOPIC, eventsOf('c', 1), null)).toMatchObject({ first: 5, last: 5 });
  }),

  law('any other expected version is VERSION_CONFLICT with what was expected and what is', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    expect(await refusal(repository.append(TOPIC, eventsOf('a', 1), 1))).toMatchObject({
      code: 'VERSION_CONFLICT',
      details: { expected: 1, actual: 0 },
    });
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    for (const expected of [0, 1, 2, 4, 5]) {
      const { code, details } = await refusal(repository.append(TOPIC, eventsOf('b', 2), expected));
      expect({ code, expected: details['expected'], actual: details['actual'] }).toEqual({ code: 'VERSION_CONFLICT', expected, actual: 3 });
    }
    expect(await repository.latestVersion(TOPIC)).toBe(3);
  }),

  law(
    'a guarded append is written while the guard is at its version, and else is VERSION_CONFLICT of the guard',
    async ({ open }) => {
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      const guard = (version: number) => ({ topic: 'guard', version });
      expect(await repository.append(TOPIC, eventsOf('a', 1), 0, guard(0))).toMatchObject({ last: 1 });
      await repository.createTopic(configOf('guard'), 'refuse', '1');
      expect(await repository.append(TOPIC, eventsOf('b', 1), null, guard(0))).toMatchObject({ last: 2 });
      // Asked for at once: each is judged by what was written before it.
      const [moved, late, early] = await Promise.allSettled([
        repository.append('guard', eventsOf('g', 2), 0),
        repository.append(TOPIC, eventsOf('c', 1), null, guard(2)),
        repository.append(TOPIC, eventsOf('d', 1), null, guard(0)),
      ]);
      expect(moved.status).toBe('fulfilled');
      expect(late).toMatchObject({ value: { first: 3, last: 3 } });
      expect(early).toMatchObject({ reason: { code: 'VERSION_CONFLICT', details: { topic: 'guard', expected: 0, actual: 2 } } });
      expect(await refusal(repository.append('nowhere', eventsOf('e', 1), null, guard(1)))).toMatchObject({
        code: 'VERSION_CONFLICT',
        details: { topic: 'guard', expected: 1, actual: 2 },
      });
      expect(await refusedWith(repository.append('nowhere', eventsOf('e', 1), null, guard(2)))).toBe('TOPIC_NOT_FOUND');
      expect(await repository.latestVersion(TOPIC)).toBe(3);
    },
    'guardsAppends',
  ),

  law('a refused batch leaves nothing behind and takes no version', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    const before = await contentsOf(repository);
    const newOnes = eventsOf('b', 5);
    expect(await refusedWith(repository.append(TOPIC, newOnes, 1))).toBe('VERSION_CONFLICT');
    expect(await contentsOf(repository)).toEqual(before);
    expect(await refusedWith(repository.append(TOPIC, [...newOnes, eventOf('a2')], null))).toBe('EVENT_ID_CONFLICT');
    expect(await contentsOf(repository)).toEqual(before);
    expect(await refusedWith(repository.append(TOPIC, [...newOnes, ...newOnes.slice(4)], null))).toBe('EVENT_ID_CONFLICT');
    expect(await contentsOf(repository)).toEqual(before);
    expect(await repository.append(TOPIC, newOnes, 2)).toEqual({ first: 3, last: 7, replayed: false });
  }),

  law('the topic is looked for before the ids, and the ids before the expected version', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    expect(await refusedWith(repository.append('nowhere', [eventOf('x'), eventOf('x')], 99))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.append(TOPIC, [eventOf('x'), eventOf('x')], 99))).toBe('EVENT_ID_CONFLICT');
    expect(await refusedWith(repository.append(TOPIC, [eventOf('a1', { type: 'Other' })], 99))).toBe('EVENT_ID_CONFLICT');
    expect(await refusedWith(repository.append(TOPIC, [eventOf('x')], 99))).toBe('VERSION_CONFLICT');
  }),

  law('a batch of more than a thousand events is one append', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const batch = eventsOf('a', 1005);
    expect(await repository.append(TOPIC, batch, 0)).toEqual({ first: 1, last: 1005, replayed: false });
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(batch, TOPIC));
    expect(await countAll(repository, TOPIC)).toEqual({ events: 1005, damaged: [] });
    expect(await countAll(repository, TOPIC, 1000)).toEqual({ events: 5, damaged: [] });
  }),

  law('what a caller does to a batch or to an answer afterwards changes nothing that is stored', async ({ open }) => {
    const repository = await open();
    const options = { colour: 'green' };
    const config = { ...configOf(), options };
    await repository.createTopic(config, 'refuse', '1');
    const batch = eventsOf('a', 2).map((event): Mutable<PreparedEvent> => ({ ...event }));
    const asked = repository.append(TOPIC, batch, 0);
    await asked;
    batch[0]!.data = jsonText('"spoiled"');
    batch.length = 0;
    options.colour = 'spoiled';
    config.connection = 'spoiled';
    const page = await repository.read(TOPIC, PAGE);
    trySpoiling(page.events[0]!, 'type');
    trySpoiling(page.events, '0');
    const found = await repository.findTopic(TOPIC);
    trySpoiling(found!.config!.options, 'colour');
    trySpoiling(found!.config!, 'connection');
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(eventsOf('a', 2), TOPIC));
    expect((await repository.findTopic(TOPIC))?.config).toEqual(configOf(TOPIC, { colour: 'green' }));
  }),
];

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Writes to what should be a copy or frozen; a frozen one may throw, which is as good. */
function trySpoiling(target: object, key: string): void {
  try {
    Reflect.set(target, key, 'spoiled');
  } catch {
    // A proxy may refuse by throwing.
  }
}
