import { expect } from 'vitest';
import { law, type Law } from '../law.ts';
import { contentsOf, countAll, readAll, readVersions, refusedWith, storedAs } from '../observations.ts';
import { configOf, eventOf, eventsOf, PAGE, TOPIC } from '../samples.ts';

export const TRASH_LAWS: readonly Law[] = [
  law('a trashed topic is not here any more, and listed with its config and latest version', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { a: 'b' }), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    expect(await repository.trashTopic(TOPIC, '12')).toBe('12');
    expect(await repository.findTopic(TOPIC)).toBeNull();
    expect(await repository.listTopics(null, 10)).toEqual([]);
    expect(await repository.changeToken(TOPIC)).toBe('');
    expect(await refusedWith(repository.read(TOPIC, PAGE))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.count(TOPIC, 0))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.latestVersion(TOPIC))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.append(TOPIC, eventsOf('b', 1), null))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.writeTopicConfig(configOf()))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.trashTopic(TOPIC, '13'))).toBe('TOPIC_NOT_FOUND');
    expect(await repository.listTrash(null, 10)).toEqual([
      { entry: '12', topic: TOPIC, config: configOf(TOPIC, { a: 'b' }), latestVersion: 3 },
    ]);
  }),

  law('a restored topic has its events and numbers back and goes on behind them', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(TOPIC, { which: 'first' }), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    await repository.trashTopic(TOPIC, '12');
    await repository.restoreTopic('12', TOPIC, configOf(TOPIC, { which: 'second' }));
    expect(await repository.findTopic(TOPIC)).toEqual({ name: TOPIC, config: configOf(TOPIC, { which: 'second' }), hasData: true });
    expect(await repository.listTrash(null, 10)).toEqual([]);
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(eventsOf('a', 3), TOPIC));
    expect(await repository.latestVersion(TOPIC)).toBe(3);
    expect(await repository.append(TOPIC, eventsOf('b', 1), 3)).toEqual({ first: 4, last: 4, replayed: false });
    expect(await readVersions(repository, TOPIC)).toEqual([1, 2, 3, 4]);
  }),

  law('a topic restored under another name carries that name in its config and in every event', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    await repository.trashTopic(TOPIC, '12');
    await repository.restoreTopic('12', TOPIC, configOf('returned'));
    expect(await repository.findTopic(TOPIC)).toBeNull();
    expect((await repository.findTopic('returned'))?.config).toEqual(configOf('returned'));
    expect((await readAll(repository, 'returned')).events).toEqual(storedAs(eventsOf('a', 3), 'returned'));
    expect(await countAll(repository, 'returned')).toEqual({ events: 3, damaged: [] });
    expect(await repository.append('returned', eventsOf('b', 1), 3)).toEqual({ first: 4, last: 4, replayed: false });
    expect(await repository.problems()).toEqual([]);
    await repository.createTopic(configOf(), 'refuse', '20');
    expect(await repository.latestVersion(TOPIC)).toBe(0);
  }),

  law(
    'restoring is TOPIC_NOT_FOUND for an unknown entry and LEFTOVER_DATA over a living name, and then changes nothing',
    async ({ open }) => {
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      await repository.append(TOPIC, eventsOf('a', 2), 0);
      await repository.trashTopic(TOPIC, '12');
      await repository.createTopic(configOf(), 'refuse', '13');
      await repository.append(TOPIC, eventsOf('b', 1), 0);
      await repository.createTopic(configOf('other'), 'refuse', '14');
      const before = await contentsOf(repository);
      expect(await refusedWith(repository.restoreTopic('99', TOPIC, configOf('fresh')))).toBe('TOPIC_NOT_FOUND');
      expect(await refusedWith(repository.restoreTopic('12', 'other', configOf('fresh')))).toBe('TOPIC_NOT_FOUND');
      expect(await refusedWith(repository.restoreTopic('12', TOPIC, configOf()))).toBe('LEFTOVER_DATA');
      expect(await refusedWith(repository.restoreTopic('12', TOPIC, configOf('other')))).toBe('LEFTOVER_DATA');
      expect(await contentsOf(repository)).toEqual(before);
      await repository.restoreTopic('12', TOPIC, configOf('fresh'));
      expect(await repository.latestVersion('fresh')).toBe(2);
    },
  ),

  law('purging removes one trashed topic for good, and is TOPIC_NOT_FOUND for an unknown entry', async ({ open }) => {
    const repository = await open();
    for (const [name, entry] of [
      ['one', '11'],
      ['two', '12'],
      ['three', '13'],
    ] as const) {
      await repository.createTopic(configOf(name), 'refuse', '1');
      await repository.append(name, eventsOf(name, 2), 0);
      if (name !== 'three') await repository.trashTopic(name, entry);
    }
    expect(await refusedWith(repository.purgeTopic('99', 'one'))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.purgeTopic('11', 'two'))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.purgeTopic('1', 'three'))).toBe('TOPIC_NOT_FOUND');
    await repository.purgeTopic('11', 'one');
    expect((await repository.listTrash(null, 10)).map((trashed) => trashed.topic)).toEqual(['two']);
    expect(await refusedWith(repository.purgeTopic('11', 'one'))).toBe('TOPIC_NOT_FOUND');
    expect(await refusedWith(repository.restoreTopic('11', 'one', configOf('one')))).toBe('TOPIC_NOT_FOUND');
    expect(await repository.latestVersion('three')).toBe(2);
    await repository.restoreTopic('12', 'two', configOf('two'));
    expect((await readAll(repository, 'two')).events).toEqual(storedAs(eventsOf('two', 2), 'two'));
  }),

  law('an entry name that is taken gets a number behind it, and both keep their data', async ({ open }) => {
    const repository = await open();
    const entries: string[] = [];
    for (let round = 1; round <= 3; round++) {
      await repository.createTopic(configOf(), 'refuse', '1');
      await repository.append(TOPIC, eventsOf(`r${round}-`, round), 0);
      entries.push(await repository.trashTopic(TOPIC, '12'));
    }
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('r4-', 4), 0);
    await repository.createTopic(configOf(), 'trash', '12');
    expect(entries[0]).toBe('12');
    for (const entry of entries.slice(1)) expect(entry).toMatch(/^12\.\d+$/);
    const trash = await repository.listTrash(null, 10);
    expect(new Set(trash.map(({ entry }) => entry)).size).toBe(4);
    expect(trash.map(({ latestVersion }) => latestVersion).toSorted()).toEqual([1, 2, 3, 4]);
    await repository.restoreTopic(entries[1]!, TOPIC, configOf('second'));
    expect((await readAll(repository, 'second')).events).toEqual(storedAs(eventsOf('r2-', 2), 'second'));
  }),

  law('the trash is listed by entry, starts after the given entry, and holds at most its limit', async ({ open }) => {
    const repository = await open();
    for (const entry of ['30', '9', '100', '20']) {
      await repository.createTopic(configOf(`topic-${entry}`), 'refuse', '1');
      await repository.trashTopic(`topic-${entry}`, entry);
    }
    const all = (await repository.listTrash(null, 1000)).map(({ entry }) => entry);
    expect(all).toEqual(['100', '20', '30', '9']);
    expect((await repository.listTrash(null, 2)).map(({ entry }) => entry)).toEqual(['100', '20']);
    expect((await repository.listTrash('20', 2)).map(({ entry }) => entry)).toEqual(['30', '9']);
    expect((await repository.listTrash('200', 1)).map(({ entry }) => entry)).toEqual(['30']);
    expect(await repository.listTrash('9', 10)).toEqual([]);
  }),

  law('a topic made anew starts at version 1 and leaves the old one in the trash as it was', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('old', 3), 0);
    await repository.trashTopic(TOPIC, '12');
    await repository.createTopic(configOf(), 'refuse', '13');
    expect(await repository.latestVersion(TOPIC)).toBe(0);
    expect(await repository.append(TOPIC, eventsOf('new', 2), 0)).toEqual({ first: 1, last: 2, replayed: false });
    expect(await readVersions(repository, TOPIC, { ...PAGE, types: [eventOf('x').type] })).toEqual([1, 2]);
    expect(await countAll(repository, TOPIC)).toEqual({ events: 2, damaged: [] });
    await repository.restoreTopic('12', TOPIC, configOf('old'));
    expect((await readAll(repository, 'old')).events).toEqual(storedAs(eventsOf('old', 3), 'old'));
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(eventsOf('new', 2), TOPIC));
  }),

  law('an empty topic can be trashed, restored and purged like any other', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.trashTopic(TOPIC, '2');
    expect(await repository.listTrash(null, 10)).toMatchObject([{ entry: '2', topic: TOPIC, latestVersion: 0 }]);
    await repository.restoreTopic('2', TOPIC, configOf('again'));
    expect(await repository.latestVersion('again')).toBe(0);
    await repository.trashTopic('again', '3');
    await repository.purgeTopic('3', 'again');
    expect(await repository.listTrash(null, 10)).toEqual([]);
  }),
];
