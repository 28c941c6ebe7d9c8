import { relative } from 'node:path';
import { expect } from 'vitest';
import { isEventStoreError } from '../../../src/shared/model/errors.ts';
import { topicOptions } from '../../../src/shared/model/topic-config.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { law, type Law } from '../law.ts';
import { contentsOf, countAll, readAll, refusedWith, storedAs } from '../observations.ts';
import { configOf, eventOf, eventsOf, PAGE, TOPIC } from '../samples.ts';

const ODD_NAMES = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  'a b',
  'Grüße',
  '注文',
  'orders.1',
  'orders-1',
  '-rf',
  '~',
  'x'.repeat(200),
];

export const TOPIC_LAWS: readonly Law[] = [
  law('a new place holds no topics, no trash and no problems', async ({ open }) => {
    const repository = await open();
    expect(await repository.listTopics(null, 1000)).toEqual([]);
    expect(await repository.listTrash(null, 1000)).toEqual([]);
    expect(await repository.problems()).toEqual([]);
  }),

  law('a created topic is found and listed with its config, empty, at version 0', async ({ open }) => {
    const repository = await open();
    const config = configOf(TOPIC, { retention: 'forever' });
    await repository.createTopic(config, 'refuse', '7');
    expect(await repository.findTopic(TOPIC)).toEqual({ name: TOPIC, config, hasData: true });
    expect(await repository.listTopics(null, 10)).toEqual([{ name: TOPIC, config, hasData: true }]);
    expect(await repository.latestVersion(TOPIC)).toBe(0);
    expect(await repository.read(TOPIC, PAGE)).toEqual({ events: [], damaged: [], next: null, scanned: 0 });
    expect(await countAll(repository, TOPIC)).toEqual({ events: 0, damaged: [] });
    expect(await repository.listTrash(null, 10)).toEqual([]);
  }),

  law('a healthy repository reports no problems, whatever was done with it', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.createTopic(configOf('other'), 'refuse', '2');
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    await repository.trashTopic('other', '3');
    await repository.restoreTopic('3', 'other', configOf('third'));
    await readAll(repository, TOPIC);
    expect(await repository.problems()).toEqual([]);
  }),

  law('a config comes back with every member and every option, whatever the options are called', async ({ open }) => {
    const repository = await open();
    const options = topicOptions([
      ['__proto__', 'own'],
      ['constructor', 'c'],
      ['', 'empty key'],
      ['b', ''],
      ['a', '  spaces\n\t"quotes" <&> \u2028 '],
      ['ключ', '値 😀'],
    ]);
    await repository.createTopic({ name: TOPIC, adapter: 'fs', connection: '../a folder/ß', options }, 'refuse', '1');
    const config = (await repository.findTopic(TOPIC))?.config;
    expect({ ...config, options: null }).toEqual({ name: TOPIC, adapter: 'fs', connection: '../a folder/ß', options: null });
    expect(Object.entries(config?.options ?? {}).toSorted()).toEqual(Object.entries(options).toSorted());
    expect(Object.getPrototypeOf(config?.options)).toBe(Object.prototype);
  }),

  law('topics are kept apart, whatever they are called', async ({ open }) => {
    const repository = await open();
    for (const name of ODD_NAMES) {
      expect(await repository.findTopic(name)).toBeNull();
      await repository.createTopic(configOf(name), 'refuse', '1');
      await repository.append(name, [eventOf(`only in ${name}`)], 0);
    }
    expect((await repository.listTopics(null, 1000)).map((topic) => topic.name)).toEqual(ODD_NAMES.toSorted());
    for (const name of ODD_NAMES) {
      expect((await repository.findTopic(name))?.config).toEqual(configOf(name));
      expect((await readAll(repository, name)).events).toEqual(storedAs([eventOf(`only in ${name}`)], name));
    }
  }),

  law('topics are listed in code unit order', async ({ open }) => {
    const repository = await open();
    // In code units a CJK extension letter (a surrogate pair) sorts before a half-width letter; in UTF-8 bytes after it.
    const names = ['a10', 'a9', 'B', 'é', 'z', '_', '\u{20000}', '\uff71'];
    for (const name of names) await repository.createTopic(configOf(name), 'refuse', '1');
    expect((await repository.listTopics(null, 1000)).map((topic) => topic.name)).toEqual(names.toSorted());
    expect((await repository.listTopics('\u{20000}', 1000)).map((topic) => topic.name)).toEqual(['\uff71']);
  }),

  law('a list of topics starts after the given name, be it there or not, and holds at most its limit', async ({ open }) => {
    const repository = await open();
    for (const name of ['d', 'b', 'c', 'a', 'e']) await repository.createTopic(configOf(name), 'refuse', '1');
    const list = async (after: string | null, limit: number): Promise<string> =>
      (await repository.listTopics(after, limit)).map((topic) => topic.name).join('');
    expect(await list(null, 2)).toBe('ab');
    expect(await list('b', 2)).toBe('cd');
    expect(await list('bb', 2)).toBe('cd');
    expect(await list('d', 2)).toBe('e');
    expect(await list('e', 2)).toBe('');
    expect(await list('zzz', 1000)).toBe('');
    expect(await list('', 1000)).toBe('abcde');
  }),

  law('a topic that is not here is TOPIC_NOT_FOUND wherever one is needed, and null or empty where it is asked for', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf('another'), 'refuse', '1');
    expect(await repository.findTopic(TOPIC)).toBeNull();
    expect(await repository.changeToken(TOPIC)).toBe('');
    expect(await refusedWith(repository.append(TOPIC, eventsOf('a', 1), null))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.append(TOPIC, eventsOf('a', 1), 7))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.read(TOPIC, PAGE))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.count(TOPIC, 0))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.latestVersion(TOPIC))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.writeTopicConfig(configOf()))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.trashTopic(TOPIC, '2'))).toBe('TOPIC_NOT_FOUND');
    expect((await repository.listTopics(null, 10)).map((topic) => topic.name)).toEqual(['another']);
    expect(await repository.listTrash(null, 10)).toEqual([]);
  }),

  law('a place that is still to be made has no topics: TOPIC_NOT_FOUND, and reading does not make it', async ({ open, subject }) => {
    const repository = await open();
    const before = treeSnapshot(subject.root);
    expect(await repository.findTopic(TOPIC)).toBeNull();
    expect(await repository.changeToken(TOPIC)).toBe('');
    expect(await refusedWith(repository.read(TOPIC, PAGE))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.latestVersion(TOPIC))).toBe('TOPIC_NOT_FOUND');
    expect(treeSnapshot(subject.root)).toEqual(before);
    expect(await refusedWith(repository.append(TOPIC, eventsOf('a', 1), null))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.writeTopicConfig(configOf()))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.trashTopic(TOPIC, '1'))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.restoreTopic('1', TOPIC, configOf()))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.purgeTopic('1', TOPIC))).toBe('TOPIC_NOT_FOUND');
  }),

  law('creating a topic where its data already is, is LEFTOVER_DATA with `refuse` and changes nothing', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { which: 'first' }), 'refuse', '1');
    expect(await refusedWith(repository.createTopic(configOf(TOPIC, { which: 'second' }), 'refuse', '2'))).toBe('LEFTOVER_DATA');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    const before = await contentsOf(repository);
    expect(await refusedWith(repository.createTopic(configOf(TOPIC, { which: 'second' }), 'refuse', '2'))).toBe('LEFTOVER_DATA');
    expect(await contentsOf(repository)).toEqual(before);
  }),

  law('creating a topic with `adopt` keeps the events that are there and takes the new config', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { which: 'first', gone: 'yes' }), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    await repository.createTopic(configOf(TOPIC, { which: 'second' }), 'adopt', '2');
    expect((await repository.findTopic(TOPIC))?.config).toEqual(configOf(TOPIC, { which: 'second' }));
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(eventsOf('a', 2), TOPIC));
    expect(await repository.listTrash(null, 10)).toEqual([]);
    expect(await repository.append(TOPIC, eventsOf('b', 1), 2)).toEqual({ first: 3, last: 3, replayed: false });
  }),

  law('creating a topic with `trash` moves what is there to the trash and starts at version 1', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { which: 'first' }), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    await repository.createTopic(configOf(TOPIC, { which: 'second' }), 'trash', '5');
    expect(await repository.findTopic(TOPIC)).toEqual({ name: TOPIC, config: configOf(TOPIC, { which: 'second' }), hasData: true });
    expect(await repository.latestVersion(TOPIC)).toBe(0);
    expect(await repository.listTrash(null, 10)).toEqual([
      { entry: '5', topic: TOPIC, config: configOf(TOPIC, { which: 'first' }), latestVersion: 2 },
    ]);
    expect(await repository.append(TOPIC, eventsOf('b', 1), 0)).toEqual({ first: 1, last: 1, replayed: false });
  }),

  law('`adopt` and `trash` simply make a topic where there is nothing', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf('adopted'), 'adopt', '1');
    await repository.createTopic(configOf('fresh'), 'trash', '2');
    expect((await repository.listTopics(null, 10)).map((topic) => topic.name)).toEqual(['adopted', 'fresh']);
    expect(await repository.latestVersion('adopted')).toBe(0);
    expect(await repository.listTrash(null, 10)).toEqual([]);
  }),

  law("writing a topic's config replaces the config and touches neither its events nor another topic", async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { kept: 'no', changed: 'before' }), 'refuse', '1');
    await repository.createTopic(configOf('other', { mine: 'yes' }), 'refuse', '2');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    const config = { ...configOf(TOPIC, { changed: 'after', added: 'yes' }), adapter: 'elsewhere', connection: '.' };
    await repository.writeTopicConfig(config);
    expect(await repository.findTopic(TOPIC)).toEqual({ name: TOPIC, config, hasData: true });
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(eventsOf('a', 2), TOPIC));
    expect((await repository.findTopic('other'))?.config).toEqual(configOf('other', { mine: 'yes' }));
  }),

  law(
    'a name that is a path is refused with INVALID_TOPIC_NAME or kept as a mere name; nothing appears outside the place',
    async ({ open, subject, location }) => {
      const place = relative(subject.root, location.place);
      const outside = (): readonly string[] =>
        treeSnapshot(subject.root)
          .map((line) => line.split(' ')[0] ?? '')
          .filter((path) => !path.startsWith(place));
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      const before = outside();
      const names = [
        '',
        '.',
        '..',
        '../out',
        '../../out',
        '../../../out',
        '..\\out',
        'a/b',
        '/tidemark-out',
        'a\0b',
        'orders/../../../out',
      ];
      for (const name of names) {
        const refused = await repository.createTopic(configOf(name), 'refuse', '1').then(
          () => false,
          (error: unknown) => isEventStoreError(error, 'INVALID_TOPIC_NAME') || expect.fail(`"${name}" ends in ${String(error)}`),
        );
        expect((await repository.findTopic(name)) === null).toBe(refused);
      }
      expect(outside()).toEqual(before);
      expect((await repository.findTopic(TOPIC))?.hasData).toBe(true);
    },
    'durable',
    'paths',
  ),
];
