import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueAt } from '../../src/main/eventstore/config-history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { RestorePlan } from '../../src/main/eventstore/restore-plan.ts';
import { topicOptions, type Topic } from '../../src/shared/model/topic-config.ts';
import { event, openMemoryStore } from './memory-store.ts';

const said = (plan: RestorePlan): string[] =>
  plan.steps.map((step) => `${step.kind} ${typeof step.topic === 'string' ? step.topic : step.topic.name}`);

const withoutIncarnation = ({ name, adapter, connection, options }: Topic) => ({ name, adapter, connection, options });

async function restoreTo(store: EventStore, version: number): Promise<RestorePlan> {
  const plan = await store.planRestore(version);
  await store.restoreConfiguration(plan);
  return plan;
}

async function dataOf(store: EventStore, topic: string): Promise<string[]> {
  return (await store.getEvents(topic)).events.map(({ data }) => data);
}

describe('restoring the configuration', () => {
  it('brings options back with one update for each topic that differs', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a', options: { k: '1' } });
    await store.createTopic({ name: 'b' });
    await store.updateTopic({ ...(await store.getTopic('a')), options: { k: '2' } });
    const plan = await store.planRestore(2);
    expect(plan).toEqual({
      version: 2,
      expectedVersion: 3,
      steps: [{ kind: 'update', topic: { name: 'a', adapter: 'memory', connection: '', options: { k: '1' } } }],
      notRestored: [],
    });
    expect(await store.restoreConfiguration(plan)).toEqual({ version: 4 });
    expect((await store.getTopic('a')).options).toEqual({ k: '1' });
    expect((await store.planRestore(2)).steps).toEqual([]);
  });

  it('brings a deleted topic back with its events, and removes what was not there; undo is another restore', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a', options: { k: '1' } });
    await store.appendEvents('a', [event('E', '1'), event('E', '2')]);
    await store.deleteTopic('a');
    await store.createTopic({ name: 'b' });
    await store.appendEvents('b', [event('E', '3')]);
    expect(said(await restoreTo(store, 1))).toEqual(['delete b', 'bring-back a']);
    expect([await store.listTopics(), await dataOf(store, 'a')]).toMatchObject([[{ name: 'a', options: { k: '1' } }], ['1', '2']]);
    expect(said(await restoreTo(store, 3))).toEqual(['delete a', 'bring-back b']);
    expect([(await store.listTopics()).map(({ name }) => name), await dataOf(store, 'b')]).toEqual([['b'], ['3']]);
    expect(said(await restoreTo(store, 2))).toEqual(['delete b']);
    expect(await store.listTopics()).toEqual([]);
    await restoreTo(store, 1);
    expect(await dataOf(store, 'a')).toEqual(['1', '2']);
  });

  it('knows a topic by its data: one of the same name that came later makes room for it', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a' });
    await store.appendEvents('a', [event('E', '"first"')]);
    await store.deleteTopic('a');
    await store.createTopic({ name: 'a' });
    await store.appendEvents('a', [event('E', '"second"')]);
    expect(said(await restoreTo(store, 1))).toEqual(['delete a', 'bring-back a']);
    expect(await dataOf(store, 'a')).toEqual(['"first"']);
    expect(said(await restoreTo(store, 3))).toEqual(['delete a', 'bring-back a']);
    expect(await dataOf(store, 'a')).toEqual(['"second"']);
    // The same data, brought back by hand, is what was wanted already.
    const { entry } = await store.deleteTopic('a');
    await store.restoreTopic(entry ?? '', 'a');
    expect((await store.planRestore(3)).steps).toEqual([]);
  });

  it('gives data its old name back, also where two topics changed names', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a' });
    await store.createTopic({ name: 'b' });
    await store.appendEvents('a', [event('E', '"a"')]);
    await store.appendEvents('b', [event('E', '"b"')]);
    const [a, b] = [await store.deleteTopic('a'), await store.deleteTopic('b')];
    await store.restoreTopic(a.entry ?? '', 'b');
    await store.restoreTopic(b.entry ?? '', 'a');
    expect(said(await restoreTo(store, 2))).toEqual(['delete a', 'delete b', 'bring-back a', 'bring-back b']);
    expect([await dataOf(store, 'a'), await dataOf(store, 'b')]).toEqual([['"a"'], ['"b"']]);
  });

  it('of purged data says that it is gone: an empty topic where there is none, the present one where there is', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a', options: { k: '1' } });
    await store.createTopic({ name: 'b', options: { k: '1' } });
    for (const name of ['a', 'b']) {
      await store.appendEvents(name, [event('E', '1')]);
      await store.purgeTopic((await store.deleteTopic(name)).entry ?? '');
    }
    await store.createTopic({ name: 'b', options: { k: '2' } });
    await store.appendEvents('b', [event('E', '"present"')]);
    const plan = await restoreTo(store, 2);
    expect(said(plan)).toEqual(['update b', 'create a']);
    expect(plan.notRestored.map(({ topic, code }) => `${topic} ${code}`)).toEqual(['b data-gone', 'a data-gone']);
    expect([await dataOf(store, 'a'), await dataOf(store, 'b')]).toEqual([[], ['"present"']]);
    expect((await store.listTopics()).map(({ options }) => options)).toEqual([{ k: '1' }, { k: '1' }]);
  });

  it('does not move: another place is named, the options come back', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a', connection: 'one', options: { k: '1' } });
    await store.updateTopic({ name: 'a', adapter: 'memory', connection: 'two', options: { k: '2' } });
    await store.appendEvents('a', [event('E', '1')]);
    const plan = await restoreTo(store, 1);
    expect(plan.notRestored).toEqual([{ topic: 'a', code: 'needs-a-move', reason: expect.stringContaining('memory:one') }]);
    expect(await store.getTopic('a')).toMatchObject({ connection: 'two', options: { k: '1' } });
    expect(await dataOf(store, 'a')).toEqual(['1']);
  });

  it('is refused when anyone changed the configuration since it was reviewed, and writes nothing', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a', options: { k: '1' } });
    await store.updateTopic({ ...(await store.getTopic('a')), options: {} });
    const plan = await store.planRestore(1);
    await store.createTopic({ name: 'b' });
    await expect(store.restoreConfiguration(plan)).rejects.toMatchObject({ code: 'VERSION_CONFLICT', details: { expected: 2, actual: 3 } });
    expect(await store.getLatestVersion('configuration')).toBe(3);
  });

  it('is refused when what it would bring back was purged since, or the plan is not one of its own', async () => {
    const store = await openMemoryStore();
    await store.createTopic({ name: 'a' });
    await store.appendEvents('a', [event('E')]);
    const { entry } = await store.deleteTopic('a');
    const plan = await store.planRestore(1);
    await expect(store.restoreConfiguration({ ...plan, steps: [{ kind: 'delete', topic: 'x' }] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await store.purgeTopic(entry ?? '');
    await expect(store.restoreConfiguration(plan)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await store.getLatestVersion('configuration')).toBe(2);
  });

  it('writes each event behind the one before it only: another writer in between ends it, saying how far it came', async () => {
    const store = await openMemoryStore();
    for (const name of ['a', 'b', 'c']) await store.createTopic({ name });
    const plan = await store.planRestore(0);
    expect(said(plan)).toEqual(['delete a', 'delete b', 'delete c']);
    const restoring = store.restoreConfiguration(plan);
    // Waits for its own turn only, so it comes between two steps.
    const between = (async () => {
      while ((await store.listTopics()).length === 3) await Promise.resolve();
      await store.createTopic({ name: 'd' });
    })();
    const [ended] = await Promise.allSettled([restoring, between]);
    expect(ended).toMatchObject({ status: 'rejected', reason: { code: 'VERSION_CONFLICT', details: { steps: 3 } } });
    const { done } = (ended as { reason: { details: { done: number } } }).reason.details;
    expect(done).toBeGreaterThan(0);
    expect((await store.listTopics()).length).toBe(3 - done + 1);
  });

  it('in a store that is read-only can be reviewed and not carried out', async () => {
    const store = await openMemoryStore({ readOnly: 'it is a test.' });
    const plan = await store.planRestore(0);
    expect(plan).toEqual({ version: 0, expectedVersion: 0, steps: [], notRestored: [] });
    await expect(store.restoreConfiguration(plan)).rejects.toMatchObject({ code: 'READ_ONLY' });
    for (const version of [-1, 0.5, NaN]) await expect(store.planRestore(version)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

const name = fc.constantFrom('a', 'b', 'c');
const options = fc.array(fc.tuple(fc.constantFrom('k', 'l', '__proto__'), fc.constantFrom('1', '2')), { maxLength: 2 }).map(topicOptions);
const connection = fc.constantFrom('', 'one');

type Command = (store: EventStore) => Promise<unknown>;
const command: fc.Arbitrary<Command> = fc.oneof(
  fc.tuple(name, connection, options).map(
    ([topic, place, given]): Command =>
      (store) =>
        store.createTopic({ name: topic, adapter: 'memory', connection: place, options: given }),
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
  fc.tuple(name, fc.nat()).map(
    ([topic, n]): Command =>
      (store) =>
        store.appendEvents(topic, [event('E', String(n))]),
  ),
  fc.tuple(fc.nat(), name).map(([nth, target]): Command => async (store) => {
    const trash = await store.listTrash();
    const entry = trash[nth % Math.max(1, trash.length)];
    if (entry) await store.restoreTopic(entry.entry, target);
  }),
  fc.nat({ max: 20 }).map((nth): Command => async (store) => {
    const entry = (await store.listTrash())[nth];
    if (entry) await store.purgeTopic(entry.entry);
  }),
);

it('restore, then replay, gives the chosen topics but for what the plan listed, with their data; live equals replayed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 25 }), fc.nat(), fc.nat(), async (commands, choice, other) => {
      const store = await openMemoryStore();
      /** What every topic held after each version of the configuration. */
      const data = new Map<number, Map<string, string[]>>();
      const remember = async (): Promise<void> => {
        const held = new Map<string, string[]>();
        for (const topic of await store.listTopics()) held.set(topic.name, await dataOf(store, topic.name));
        data.set(await store.getLatestVersion('configuration'), held);
      };
      for (const run of commands) {
        await run(store).catch(() => {});
        await remember();
      }
      const latest = await store.getLatestVersion('configuration');
      for (const version of [choice % (latest + 1), other % (latest + 1), latest]) {
        const wanted = await catalogueAt(store, version);
        const before = await store.getLatestVersion('configuration');
        const plan = await restoreTo(store, version);
        expect(await store.getLatestVersion('configuration')).toBe(before + plan.steps.length);
        const live = await store.listTopics();
        const replayed = await catalogueAt(store, Infinity);
        expect(live.toSorted(byName)).toEqual([...replayed.topics.values()].toSorted(byName));
        const listed = new Set(plan.notRestored.map(({ topic }) => topic));
        const compared = (topics: Iterable<Topic>) =>
          [...topics]
            .filter((topic) => !listed.has(topic.name))
            .map(withoutIncarnation)
            .toSorted(byName);
        expect(compared(live)).toEqual(compared(wanted.topics.values()));
        for (const { code } of plan.notRestored) expect(['needs-a-move', 'data-gone']).toContain(code);
        for (const [topic, events] of data.get(version) ?? []) {
          // Later events of the topic stay: history is only ever added to.
          if (!listed.has(topic)) expect((await dataOf(store, topic)).slice(0, events.length)).toEqual(events);
        }
        // Whatever was not restored for its place or data, its options were.
        const optionsOf = (topics: Iterable<Topic>) =>
          [...topics].map(({ name: topic, options: given }) => [topic, given] as const).toSorted();
        expect(optionsOf(live)).toEqual(optionsOf(wanted.topics.values()));
        expect((await store.planRestore(version)).steps).toEqual([]);
        expect(await store.problems()).toEqual([]);
        await remember();
      }
      await store.close();
    }),
    { numRuns: 150 },
  );
});

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
