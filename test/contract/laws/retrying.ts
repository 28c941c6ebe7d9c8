import { expect } from 'vitest';
import { law, type Law } from '../law.ts';
import { readAll, refusedWith, storedAs } from '../observations.ts';
import { configOf, eventOf, eventsOf, jsonText, TOPIC } from '../samples.ts';

export const RETRYING_LAWS: readonly Law[] = [
  law("a repeated batch is answered with the first time's versions and written once, whatever version is expected", async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('before', 2), 0);
    await repository.append(TOPIC, eventsOf('a', 3), 2);
    await repository.append(TOPIC, eventsOf('after', 1), 5);
    for (const expected of [2, null, 0, 5, 6, 99]) {
      expect(await repository.append(TOPIC, eventsOf('a', 3), expected)).toEqual({ first: 3, last: 5, replayed: true });
    }
    expect(await repository.latestVersion(TOPIC)).toBe(6);
    const all = [...eventsOf('before', 2), ...eventsOf('a', 3), ...eventsOf('after', 1)];
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs(all, TOPIC));
  }),

  law('a part of a batch, and two batches as one, are repetitions too when they are contiguous', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 3), 0);
    await repository.append(TOPIC, eventsOf('b', 2), 3);
    expect(await repository.append(TOPIC, eventsOf('a', 3).slice(1), 0)).toEqual({ first: 2, last: 3, replayed: true });
    expect(await repository.append(TOPIC, [...eventsOf('a', 3), ...eventsOf('b', 2)], 0)).toEqual({ first: 1, last: 5, replayed: true });
    expect(await repository.append(TOPIC, [eventOf('b2')], null)).toEqual({ first: 5, last: 5, replayed: true });
    expect(await repository.latestVersion(TOPIC)).toBe(5);
  }),

  law(
    'a known id with another type, other data or other metadata is EVENT_ID_CONFLICT, even if only the text differs',
    async ({ open }) => {
      const repository = await open();
      await repository.createTopic(configOf(), 'refuse', '1');
      const first = eventOf('a', { data: jsonText('{"n":1.10}'), metadata: jsonText('{"by":"me"}') });
      await repository.append(TOPIC, [first], 0);
      const others = [
        { ...first, type: 'orderplaced' },
        { ...first, data: jsonText('{"n":1.1}') },
        { ...first, data: jsonText('{"\\u006e":1.10}') },
        { ...first, metadata: jsonText('{"by":"you"}') },
        { ...first, metadata: jsonText('null') },
      ];
      for (const other of others) expect(await refusedWith(repository.append(TOPIC, [other], null))).toBe('EVENT_ID_CONFLICT');
      expect(await repository.append(TOPIC, [first], null)).toEqual({ first: 1, last: 1, replayed: true });
      expect((await readAll(repository, TOPIC)).events).toEqual(storedAs([first], TOPIC));
    },
  ),

  law("a retry must carry the same timestamp where it gives one, and keeps the first time's where it does not", async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const first = eventOf('a', { timestamp: 9007199254740993n, timestampGiven: true });
    await repository.append(TOPIC, [first], 0);
    const same = { first: 1, last: 1, replayed: true };
    expect(await repository.append(TOPIC, [first], 0)).toEqual(same);
    expect(await repository.append(TOPIC, [{ ...first, timestamp: 5n, timestampGiven: false }], 0)).toEqual(same);
    expect(await refusedWith(repository.append(TOPIC, [{ ...first, timestamp: 9007199254740992n }], null))).toBe('EVENT_ID_CONFLICT');
    expect((await readAll(repository, TOPIC)).events).toEqual(storedAs([first], TOPIC));
  }),

  law('known ids in another order, with a gap, or together with a new event are EVENT_ID_CONFLICT', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const [one, two, three] = [eventOf('a1'), eventOf('a2'), eventOf('a3')];
    await repository.append(TOPIC, [one, two, three], 0);
    const overlaps = [
      [two, one],
      [one, three],
      [three, eventOf('new')],
      [eventOf('new'), one],
      [one, eventOf('new'), three],
    ];
    for (const batch of overlaps) expect(await refusedWith(repository.append(TOPIC, batch, null))).toBe('EVENT_ID_CONFLICT');
    expect(await repository.latestVersion(TOPIC)).toBe(3);
    expect(await repository.append(TOPIC, [eventOf('new')], 3)).toEqual({ first: 4, last: 4, replayed: false });
  }),

  law('an id twice in a batch is EVENT_ID_CONFLICT, be it new or known', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, [eventOf('known')], 0);
    for (const id of ['new', 'known']) {
      expect(await refusedWith(repository.append(TOPIC, [eventOf(id), eventOf(id)], null))).toBe('EVENT_ID_CONFLICT');
      expect(await refusedWith(repository.append(TOPIC, [eventOf(id), eventOf('x'), eventOf(id)], null))).toBe('EVENT_ID_CONFLICT');
    }
    expect(await repository.latestVersion(TOPIC)).toBe(1);
  }),

  law('an id that was generated is known like a given one when a caller repeats it', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const generated = eventOf('01900000-0000-7000-8000-00000000abcd', { idGiven: false });
    await repository.append(TOPIC, [generated, eventOf('given')], 0);
    expect(await repository.append(TOPIC, [{ ...generated, idGiven: true }], null)).toEqual({ first: 1, last: 1, replayed: true });
    const both = [{ ...generated, idGiven: true }, eventOf('given')];
    expect(await repository.append(TOPIC, both, null)).toEqual({ first: 1, last: 2, replayed: true });
    const other = { ...generated, idGiven: true, data: jsonText('0') };
    expect(await refusedWith(repository.append(TOPIC, [other], null))).toBe('EVENT_ID_CONFLICT');
  }),

  law('a known id beside events whose ids were generated is EVENT_ID_CONFLICT', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, [eventOf('known')], 0);
    const batch = [eventOf('known'), eventOf('01900000-0000-7000-8000-000000000001', { idGiven: false })];
    expect(await refusedWith(repository.append(TOPIC, batch, null))).toBe('EVENT_ID_CONFLICT');
    expect(await repository.latestVersion(TOPIC)).toBe(1);
  }),

  law('ids that differ in case or form are different ids', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    const lower = '01900000-abcd-7000-8000-00000000abcd';
    const ids = [lower, lower.toUpperCase(), lower.replaceAll('-', ''), `{${lower}}`, ` ${lower}`, `urn:uuid:${lower}`, 'é', 'e\u0301'];
    for (const [index, id] of ids.entries()) {
      expect(await repository.append(TOPIC, [eventOf(id)], null)).toEqual({ first: index + 1, last: index + 1, replayed: false });
    }
    expect((await readAll(repository, TOPIC)).events.map((event) => event.id)).toEqual(ids);
  }),

  law('ids are a matter of one topic', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf('left'), 'refuse', '1');
    await repository.createTopic(configOf('right'), 'refuse', '2');
    await repository.append('left', eventsOf('a', 2), 0);
    expect(await repository.append('right', eventsOf('a', 2), 0)).toEqual({ first: 1, last: 2, replayed: false });
  }),

  law('a retry is known after trash and restore, and unknown in a topic made anew', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.append(TOPIC, eventsOf('a', 2), 0);
    await repository.trashTopic(TOPIC, '2');
    await repository.createTopic(configOf(), 'refuse', '3');
    expect(await repository.append(TOPIC, eventsOf('a', 2), 0)).toEqual({ first: 1, last: 2, replayed: false });
    await repository.restoreTopic('2', TOPIC, configOf('back'));
    expect(await repository.append('back', eventsOf('a', 2), 0)).toEqual({ first: 1, last: 2, replayed: true });
  }),

  law(
    'a retry is known after closing and opening again',
    async ({ open, openExisting }) => {
      const first = await open();
      await first.createTopic(configOf(), 'refuse', '1');
      await first.append(TOPIC, eventsOf('a', 3), 0);
      await first.close();
      const second = await openExisting();
      expect(await second.append(TOPIC, eventsOf('a', 3), 0)).toEqual({ first: 1, last: 3, replayed: true });
      expect(await refusedWith(second.append(TOPIC, [eventOf('a1', { type: 'Other' })], null))).toBe('EVENT_ID_CONFLICT');
      expect(await second.latestVersion(TOPIC)).toBe(3);
    },
    'durable',
  ),
];
