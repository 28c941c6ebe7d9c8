import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogueAt, configHistory } from '../../src/main/eventstore/config-history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import { topicOptions, type Topic } from '../../src/shared/model/topic-config.ts';
import { event, openMemoryStore } from './memory-store.ts';

const name = fc.constantFrom('a', 'b', 'c', '__proto__');
const connection = fc.constantFrom('', 'one', 'two');
const options = fc
  .array(fc.tuple(fc.constantFrom('k', 'l', '__proto__', 'a/b~c'), fc.constantFrom('1', '2', '')), { maxLength: 3 })
  .map(topicOptions);

type Command = (store: EventStore) => Promise<unknown>;

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(name, connection, options).map(
    ([topic, place, given]): Command =>
      (store) =>
        store.createTopic({ name: topic, adapter: 'memory', connection: place, options: given }, 'trash'),
  ),
  fc.tuple(name, connection, options).map(
    ([topic, place, given]): Command =>
      (store) =>
        store.updateTopic({ name: topic, adapter: 'memory', connection: place, options: given }),
  ),
  name.map(
    (topic): Command =>
      (store) =>
        store.deleteTopic(topic),
  ),
  name.map(
    (topic): Command =>
      (store) =>
        store.appendEvents(topic, [event('E')]),
  ),
  fc.tuple(fc.nat(), name).map(([nth, target]): Command => async (store) => {
    const trash = await store.listTrash();
    const entry = trash[nth % Math.max(1, trash.length)];
    if (entry) await store.restoreTopic(entry.entry, target);
  }),
);

function sorted(topics: Iterable<Topic>): Topic[] {
  return [...topics].sort((a, b) => (a.name < b.name ? -1 : 1));
}

it('live and replayed catalogue are equal after every operation, refused ones too', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 25 }), async (commands) => {
      const store = await openMemoryStore();
      for (const run of commands) {
        const before = await store.listTopics();
        const refused = await run(store).then(
          () => false,
          () => true,
        );
        const live = await store.listTopics();
        expect(live).toEqual(sorted((await catalogueAt(store, Infinity)).topics.values()));
        if (refused) expect(live).toEqual(before);
        expect(await store.problems()).toEqual([]);
      }
      for await (const change of configHistory(store)) expect(change.problem).toBeUndefined();
      await store.close();
    }),
    { numRuns: 150 },
  );
});
