import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { mistake, spoiling, type BrokenRepository } from './broken-repository.ts';

async function drop(right: EventRepository, name: string): Promise<void> {
  await right.purgeTopic(await right.trashTopic(name, 'dropped'), name);
}

export const BROKEN_TRASH: readonly BrokenRepository[] = [
  mistake(
    'deletes instead of trashing',
    (right) => ({
      async trashTopic(name, entry) {
        const trashed = await right.trashTopic(name, entry);
        await right.purgeTopic(trashed, name);
        return trashed;
      },
    }),
    'a trashed topic is not here any more',
  ),
  mistake(
    'restores an empty topic and uses its numbers again',
    (right) => ({
      async restoreTopic(entry, topic, config) {
        await right.restoreTopic(entry, topic, config);
        await drop(right, config.name);
        await right.createTopic(config, 'refuse', entry);
      },
    }),
    'a restored topic has its events and numbers back',
  ),
  mistake(
    'leaves the old name in restored events',
    (right) => {
      const before = new Map<string, string>();
      return {
        async restoreTopic(entry, topic, config) {
          await right.restoreTopic(entry, topic, config);
          before.set(config.name, topic);
        },
        ...spoiling(right, (event) => ({ ...event, topic: before.get(event.topic) ?? event.topic })),
      };
    },
    'a topic restored under another name',
  ),
  mistake(
    'restores over a living topic',
    (right) => ({
      async restoreTopic(entry, topic, config) {
        if (await right.findTopic(config.name)) await drop(right, config.name);
        await right.restoreTopic(entry, topic, config);
      },
    }),
    'restoring is TOPIC_NOT_FOUND for an unknown entry',
  ),
  mistake(
    'purges what is not there without a word',
    (right) => ({ purgeTopic: (entry, topic) => right.purgeTopic(entry, topic).catch(() => {}) }),
    'purging removes one trashed topic',
  ),
  mistake(
    'looks at the entry only, not at the topic',
    (right) => ({
      async purgeTopic(entry, topic) {
        const found = (await right.listTrash(null, 1000)).find((trashed) => trashed.entry === entry);
        await right.purgeTopic(entry, found?.topic ?? topic);
      },
    }),
    'purging removes one trashed topic',
  ),
  mistake(
    'puts an entry in the place of an older one of its name',
    (right) => ({
      async trashTopic(name, entry) {
        const older = (await right.listTrash(null, 1000)).find((trashed) => trashed.entry === entry);
        if (older) await right.purgeTopic(entry, older.topic);
        return right.trashTopic(name, entry);
      },
    }),
    'an entry name that is taken gets a number',
  ),
  mistake(
    'orders the trash by number',
    (right) => ({
      listTrash: async (after, limit) => [...(await right.listTrash(after, limit))].sort((a, b) => Number(a.entry) - Number(b.entry)),
    }),
    'the trash is listed by entry',
  ),
  mistake(
    'brings the old topic back when its name is made anew',
    (right) => ({
      async createTopic(config, leftover, entry) {
        const old = (await right.listTrash(null, 1000)).find((trashed) => trashed.topic === config.name);
        if (old && !(await right.findTopic(config.name))) return right.restoreTopic(old.entry, old.topic, config);
        await right.createTopic(config, leftover, entry);
      },
    }),
    'a topic made anew starts at version 1',
  ),
  mistake(
    'keeps no empty topic in the trash',
    (right) => ({
      async trashTopic(name, entry) {
        const empty = (await right.latestVersion(name)) === 0;
        const trashed = await right.trashTopic(name, entry);
        if (empty) await right.purgeTopic(trashed, name);
        return trashed;
      },
    }),
    'an empty topic can be trashed',
  ),
  mistake(
    'has one change token for ever',
    (right) => ({ changeToken: async (topic) => ((await right.findTopic(topic)) ? 'unchanged' : '') }),
    'a change token is another one after every write',
  ),
  mistake(
    'takes the latest version for a change token',
    (right) => ({ changeToken: async (topic) => ((await right.findTopic(topic)) ? String(await right.latestVersion(topic)) : '') }),
    'a topic made anew or restored never shows a token',
  ),
  mistake(
    'counts only its own writes in the change token',
    (right) => {
      let writes = 0;
      return {
        async append(topic, batch, expected) {
          writes++;
          return right.append(topic, batch, expected);
        },
        changeToken: async (topic) => ((await right.findTopic(topic)) ? String(writes) : ''),
      };
    },
    'a change token is another one after a write through another handle',
  ),
];
