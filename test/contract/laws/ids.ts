import { expect } from 'vitest';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { law, type Law } from '../law.ts';
import { readAll, refusedWith } from '../observations.ts';
import { configOf, eventOf, eventsOf, TOPIC } from '../samples.ts';

const UUID = '01900000-0000-7000-8000-00000000abcd';
const IDS = [UUID, UUID.toUpperCase(), 'é', 'e\u0301', 'a', 'A', 'ab', `${UUID} `, '0', '__proto__', '%', 'a\u0000b'];
const NEVER = ['b', 'UUID', `${UUID}0`, 'a\u0000', '_'];

/** The index says what reading every event says; only where foreign programs write there is none. */
async function expectAgreement(repository: EventRepository, topic = TOPIC): Promise<void> {
  const { events } = await readAll(repository, topic);
  for (const id of [...IDS, ...NEVER]) {
    for (const after of [0, 1, 3, events.length, Number.MAX_SAFE_INTEGER]) {
      const version = await repository.versionOfId(topic, id, after);
      if (version === null) {
        // Where foreign programs write, ids stand in the events alone.
        expect(repository.capabilities.foreignWriters).toBe(true);
        return;
      }
      expect([id, after, version]).toEqual([id, after, events.find((event) => event.id === id && event.version > after)?.version ?? 0]);
    }
  }
}

export const ID_LAWS: readonly Law[] = [
  law('an index of ids gives the version of exactly this id above the cursor', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await expectAgreement(repository);
    await repository.append(
      TOPIC,
      IDS.map((id) => eventOf(id)),
      0,
    );
    await expectAgreement(repository);
    await repository.append(TOPIC, eventsOf('later', 3), null);
    await expectAgreement(repository);
  }),

  law('an index of ids is of one topic, and goes and comes back with it', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    await repository.createTopic(configOf('other'), 'refuse', '1');
    await repository.append('other', eventsOf('x', 4), 0);
    await repository.append('other', [eventOf('a'), eventOf(UUID)], null);
    await repository.append(TOPIC, [eventOf('ab'), eventOf('a')], 0);
    await expectAgreement(repository);
    await expectAgreement(repository, 'other');
    const entry = await repository.trashTopic(TOPIC, 'entry');
    await repository.createTopic(configOf(), 'refuse', '2');
    await expectAgreement(repository);
    await repository.restoreTopic(entry, TOPIC, configOf('back'));
    await expectAgreement(repository, 'back');
  }),

  law('an id in an unknown topic is TOPIC_NOT_FOUND', async ({ open }) => {
    const repository = await open();
    await repository.createTopic(configOf(), 'refuse', '1');
    expect(await refusedWith(repository.versionOfId('unknown', 'a', 0))).toBe('TOPIC_NOT_FOUND');
  }),
];
