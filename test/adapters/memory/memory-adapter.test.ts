import { expect, it } from 'vitest';
import { memoryAdapter } from '../../../src/main/adapters/memory/memory-adapter.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { refusedWith } from '../../contract/observations.ts';
import { configOf, eventsOf, PAGE, TOPIC } from '../../contract/samples.ts';

async function openLabelled(label: string): Promise<EventRepository> {
  const adapter = memoryAdapter();
  return adapter.open(await adapter.locate(label, '/somewhere'), { create: false, lockWait: 0 });
}

it('takes any label for a connection, the empty one too, and never reads it as a path', async () => {
  for (const connection of ['', '.', '../outside', '\\\\server\\share', 'a label']) {
    expect(await memoryAdapter().locate(connection, '/somewhere')).toEqual({
      adapter: 'memory',
      connection,
      place: connection,
      identity: `memory:${connection}`,
      outside: false,
    });
  }
});

it('is never missing, and promises nothing that outlives it', async () => {
  const repository = await openLabelled('');
  expect(repository.capabilities).toEqual({ durable: false, shared: false, foreignWriters: false, guardsAppends: true });
  expect(await repository.health()).toMatchObject({ status: 'up', adapter: 'memory', connection: '' });
});

it('lets go of its data when it is closed, and shares none with another opening of the same label', async () => {
  const first = await openLabelled('same');
  await first.createTopic(configOf(), 'refuse', '1');
  const second = await openLabelled('same');
  expect(await second.listTopics(null, 10)).toEqual([]);
  await first.close();
  expect(await (await openLabelled('same')).listTopics(null, 10)).toEqual([]);
});

it('hands out the stored events themselves, frozen, instead of copies', async () => {
  const repository = await openLabelled('');
  await repository.createTopic(configOf(), 'refuse', '1');
  await repository.append(TOPIC, eventsOf('a', 2), 0);
  const [first] = (await repository.read(TOPIC, PAGE)).events;
  const [again] = (await repository.read(TOPIC, { direction: 'backward', cursor: 2, limit: 1 })).events;
  expect(again).toBe(first);
  expect(Object.isFrozen(first)).toBe(true);
  const config = (await repository.findTopic(TOPIC))?.config;
  expect([Object.isFrozen(config), Object.isFrozen(config?.options)]).toEqual([true, true]);
});

it('looks only at what a page holds, wherever in a long topic it lies', async () => {
  const repository = await openLabelled('');
  await repository.createTopic(configOf(), 'refuse', '1');
  await repository.append(TOPIC, eventsOf('a', 20_000), 0);
  await repository.append(TOPIC, eventsOf('rare', 1, { type: 'Rare' }), 20_000);
  expect(await repository.read(TOPIC, { direction: 'forward', cursor: 10_000, limit: 3 })).toMatchObject({ scanned: 3, next: 10_003 });
  expect(await repository.read(TOPIC, { ...PAGE, types: ['Rare'] })).toMatchObject({
    events: [{ version: 20_001 }],
    scanned: 1,
    next: null,
  });
});

it('refuses a page or a list outside 1 to 1000 with INVALID_INPUT', async () => {
  const repository = await openLabelled('');
  await repository.createTopic(configOf(), 'refuse', '1');
  for (const limit of [0, -1, 1001, 1.5, Number.NaN]) {
    expect(await refusedWith(repository.read(TOPIC, { ...PAGE, limit }))).toBe('INVALID_INPUT');
    expect(await refusedWith(repository.listTopics(null, limit))).toBe('INVALID_INPUT');
    expect(await refusedWith(repository.listTrash(null, limit))).toBe('INVALID_INPUT');
  }
});
