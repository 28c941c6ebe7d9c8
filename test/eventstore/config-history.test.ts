import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueAt, configHistory, openConfigHistory } from '../../src/main/eventstore/config-history.ts';
import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { ConfigChange } from '../../src/main/eventstore/topic-catalogue.ts';
import type { EventPage, StoredEvent } from '../../src/shared/model/event.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { event, openMemoryStore } from './memory-store.ts';

/** A configuration topic of these events, as any program may have written it. */
function readerOf(
  events: readonly { type: string; data: string; metadata?: string }[],
  damaged: readonly number[] = [],
): Pick<EventStore, 'configStream' | 'readEvents'> {
  const stored = events.map(({ type, data, metadata = 'null' }, index): StoredEvent => ({
    id: `id-${index + 1}`,
    topic: 'configuration',
    type,
    data: parseJsonText(data),
    metadata: parseJsonText(metadata),
    timestamp: BigInt(index + 1),
    version: index + 1,
  }));
  return {
    configStream: { name: 'configuration', adapter: 'memory', connection: '', options: {} },
    async readEvents(_topic, { after = 0, limit }): Promise<EventPage> {
      const page = stored.filter(({ version }) => version > after).slice(0, limit);
      const last = page.at(-1)?.version ?? after;
      return {
        events: page.filter(({ version }) => !damaged.includes(version)),
        damaged: page
          .filter(({ version }) => damaged.includes(version))
          .map(({ version }) => ({ version, code: 'not-json', reason: 'no JSON', place: 'x' })),
        next: last < stored.length ? last : null,
        scanned: page.length,
      };
    },
  };
}

const created = (name: string, options = '{}', metadata = '{"source":"eventstore"}') => ({
  type: 'TopicCreated',
  data: `{"adapter":"memory","connection":"c","name":"${name}","options":${options}}`,
  metadata,
});
const updated = (name: string, options: string) => ({
  type: 'TopicUpdated',
  data: `{"name":"${name}","options":${options}}`,
  metadata: '{"replacesOptions":true}',
});
const deleted = (name: string) => ({ type: 'TopicDeleted', data: `{"name":"${name}"}` });

const one = fc.oneof(
  fc
    .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('{}', '{"k":"1"}', '{"k":"2","__proto__":"x"}'))
    .map(([name, options]) => created(name, options)),
  fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('{}', '{"k":"1"}')).map(([name, options]) => updated(name, options)),
  fc.constantFrom('a', 'b', 'c').map(deleted),
  fc.constantFrom(
    { type: 'Nonsense', data: '{}' },
    { type: 'TopicCreated', data: '{"adapter":"fs"}' },
    { type: 'TopicUpdated', data: '[]' },
  ),
);

describe('the history of the configuration', () => {
  it('is the replay at every version, however far the kept catalogues lie apart', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(one, { maxLength: 40 }), fc.array(fc.nat({ max: 40 })), async (events, damaged) => {
        const reader = readerOf(events, damaged);
        const history = await openConfigHistory(reader);
        expect(history.version()).toBe(events.length);
        const replayed: ConfigChange[] = [];
        for await (const change of configHistory(reader)) replayed.push(change);
        expect(history.changes({ after: 0, limit: 1000 })).toEqual(replayed);
        expect(history.problems(0, 1000)).toEqual(replayed.filter(({ problem }) => problem));
        for (let version = 0; version <= events.length + 1; version++) {
          expect(await history.catalogueAt(version)).toEqual(await catalogueAt(reader, version));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of thousands of events finds each one and shows any version', async () => {
    const events = Array.from({ length: 3000 }, (_none, index) =>
      index < 10 ? created(`t${index}`) : updated(`t${index % 10}`, `{"n":"${index + 1}"}`),
    );
    const history = await openConfigHistory(readerOf(events, [1234]));
    expect(history.changes({ after: 2500, limit: 3, topic: 't4' }).map(({ version }) => version)).toEqual([2505, 2515, 2525]);
    expect(history.problems(0, 10).map(({ version, problem }) => [version, problem?.code])).toEqual([[1234, 'config-event-damaged']]);
    for (const version of [11, 500, 501, 999, 1000, 1001, 2999, 3000]) {
      const topics = await history.topicsAt(version);
      expect(topics.find(({ name }) => name === `t${(version - 1) % 10}`)?.options).toEqual({ n: String(version) });
    }
    expect((await history.topicsAt(1)).map(({ name }) => name)).toEqual(['t0']);
    expect(await history.topicsAt(0)).toEqual([]);
  });

  it('compares any two versions, forwards and backwards', async () => {
    const events = [
      created('a', '{"k":"1"}'),
      created('b'),
      updated('a', '{"k":"2","l":"x"}'),
      deleted('b'),
      created('c'),
      deleted('a'),
      created('a', '{"k":"2","l":"x"}'),
    ];
    const history = await openConfigHistory(readerOf(events));
    expect(await history.compare(2, 5)).toEqual([
      {
        topic: 'a',
        kind: 'changed',
        isAnother: false,
        changed: [
          { path: '/options/k', before: '1', after: '2' },
          { path: '/options/l', before: null, after: 'x' },
        ],
      },
      { topic: 'b', kind: 'removed', isAnother: false, changed: expect.any(Array) },
      { topic: 'c', kind: 'added', isAnother: false, changed: expect.any(Array) },
    ]);
    expect((await history.compare(5, 2)).map(({ topic, kind }) => `${kind} ${topic}`)).toEqual(['changed a', 'added b', 'removed c']);
    expect(await history.compare(5, 7)).toEqual([{ topic: 'a', kind: 'changed', isAnother: true, changed: [] }]);
    expect(await history.compare(4, 4)).toEqual([]);
  });

  it('says what each event made of its topic, and where its data came from', async () => {
    const history = await openConfigHistory(
      readerOf([created('a'), deleted('a'), created('b', '{}', '{"restored_from":"2"}'), { type: 'X', data: '{}' }]),
    );
    expect(history.changes({ after: 0, limit: 10 }).map(({ after, restoredFrom }) => [after?.name ?? null, restoredFrom])).toEqual([
      ['a', undefined],
      [null, undefined],
      ['b', '2'],
      [null, undefined],
    ]);
  });

  it('reads on when there is more, and as often as it is asked at once only once', async () => {
    const store = await openMemoryStore();
    const history = await openConfigHistory(store);
    expect([history.version(), await history.topicsAt(5)]).toEqual([0, []]);
    await store.createTopic({ name: 'a' });
    await store.createTopic({ name: 'b' });
    await store.appendEvents('a', [event('E')]);
    expect(await Promise.all([history.catchUp(), history.catchUp()])).toEqual([2, 2]);
    expect((await history.topicsAt(1)).map(({ name }) => name)).toEqual(['a']);
    expect(history.changes({ after: 0, limit: 10 })).toHaveLength(2);
  });
});
