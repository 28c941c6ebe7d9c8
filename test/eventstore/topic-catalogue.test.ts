import { expect, it } from 'vitest';
import { emptyCatalogue, foldCatalogue, type ConfigStep } from '../../src/main/eventstore/topic-catalogue.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

function steps(...events: readonly (readonly [type: string, data: string, metadata?: string])[]): ConfigStep[] {
  return events.map(([type, data, metadata = '{"source":"eventstore"}'], index) => ({
    event: {
      id: `${index}`,
      topic: 'configuration',
      type,
      data: parseJsonText(data),
      metadata: parseJsonText(metadata),
      timestamp: 1n,
      version: index + 1,
    },
  }));
}

it('merges the options of an update that does not say it replaces them', () => {
  const { catalogue, changes } = foldCatalogue(
    emptyCatalogue,
    steps(
      ['TopicCreated', '{"name":"t","adapter":"fs","connection":"c","options":{"a":"1","b":"2"}}'],
      ['TopicUpdated', '{"name":"t","options":{"b":"3"}}'],
      ['TopicUpdated', '{"name":"t","connection":"d","options":{"b":"4"}}', '{"replacesOptions":true}'],
    ),
  );
  expect(changes.map(({ changed }) => changed)).toEqual([
    [
      { path: '/adapter', before: null, after: 'fs' },
      { path: '/connection', before: null, after: 'c' },
      { path: '/options/a', before: null, after: '1' },
      { path: '/options/b', before: null, after: '2' },
    ],
    [{ path: '/options/b', before: '2', after: '3' }],
    [
      { path: '/connection', before: 'c', after: 'd' },
      { path: '/options/a', before: '1', after: null },
      { path: '/options/b', before: '3', after: '4' },
    ],
  ]);
  expect(catalogue.topics.get('t')).toEqual({ name: 't', adapter: 'fs', connection: 'd', options: { b: '4' }, incarnation: 1 });
});

it('skips what cannot be applied and says so, and goes on', () => {
  const history = steps(
    ['TopicRenamed', '{"name":"t"}'],
    ['TopicCreated', '{"adapter":"fs"}'],
    ['TopicCreated', '{"name":"t"}'],
    ['TopicUpdated', '{"name":"ghost"}'],
    ['TopicCreated', '[]'],
    ['TopicDeleted', '{}'],
    ['TopicDeleted', '{"name":"never-was"}'],
    ['TopicCreated', '{"name":"t","adapter":"fs","options":{"n":1,"s":"x"}}', 'null'],
  );
  history.push({ damaged: { version: 9, code: 'invalid-json', reason: 'cut short', place: 'events/configuration/v9.json' } });
  const { catalogue, changes } = foldCatalogue(emptyCatalogue, history);
  expect(catalogue.problems.map(({ version, code }) => [version, code])).toEqual([
    [1, 'config-event-unknown'],
    [2, 'config-event-incomplete'],
    [3, 'config-event-incomplete'],
    [4, 'config-event-orphaned'],
    [5, 'config-event-incomplete'],
    [6, 'config-event-incomplete'],
    [9, 'config-event-damaged'],
  ]);
  expect(catalogue.version).toBe(9);
  expect([...catalogue.topics.values()]).toEqual([{ name: 't', adapter: 'fs', connection: '', options: { s: 'x' }, incarnation: 8 }]);
  expect(changes[6]).toMatchObject({ version: 7, topic: 'never-was', changed: [] });
});

it('keeps a topic called __proto__ and options of that name as plain data', () => {
  const { catalogue } = foldCatalogue(
    emptyCatalogue,
    steps(['TopicCreated', '{"name":"__proto__","adapter":"fs","options":{"__proto__":"p","a":"b"}}']),
  );
  expect(Object.entries(catalogue.topics.get('__proto__')?.options ?? {})).toEqual([
    ['__proto__', 'p'],
    ['a', 'b'],
  ]);
});

it('remembers every place a topic was ever stored', () => {
  const { catalogue } = foldCatalogue(
    emptyCatalogue,
    steps(
      ['TopicCreated', '{"name":"t","adapter":"fs","connection":"one"}'],
      ['TopicUpdated', '{"name":"t","adapter":"sqlite","connection":"two"}'],
      ['TopicDeleted', '{"name":"t"}'],
    ),
  );
  expect([...catalogue.places.keys()]).toEqual(['fs:one', 'sqlite:two']);
});

it('folding in pages gives what folding at once gives', () => {
  const all = steps(
    ['TopicCreated', '{"name":"a","adapter":"fs","connection":"c"}'],
    ['TopicUpdated', '{"name":"a","options":{"x":"1"}}'],
    ['Nonsense', '{}'],
    ['TopicCreated', '{"name":"b","adapter":"fs","connection":"c"}'],
    ['TopicDeleted', '{"name":"a"}'],
  );
  const whole = foldCatalogue(emptyCatalogue, all).catalogue;
  for (let cut = 0; cut <= all.length; cut++) {
    const first = foldCatalogue(emptyCatalogue, all.slice(0, cut)).catalogue;
    expect(foldCatalogue(first, all.slice(cut)).catalogue).toEqual(whole);
  }
});
