import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { TopicConfig } from '../../../src/shared/model/topic-config.ts';
import { adapterMistake, allOf, mistake, refuse, type BrokenRepository } from './broken-repository.ts';

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

export const BROKEN_TOPICS: readonly BrokenRepository[] = [
  mistake(
    'invents a problem',
    () => ({ problems: async () => [{ code: 'stray-file', reason: 'There is none.' }] }),
    'a new place holds no topics',
    'a healthy repository reports no problems',
  ),
  mistake(
    'forgets the config',
    (right) => ({
      async findTopic(name) {
        const found = await right.findTopic(name);
        return found && { ...found, config: null };
      },
    }),
    'a created topic is found and listed',
  ),
  mistake(
    'copies options by assignment',
    (right) => {
      const copied = (config: TopicConfig): TopicConfig => {
        const options: Record<string, string> = {};
        for (const [key, value] of Object.entries(config.options)) options[key] = value;
        return { ...config, options };
      };
      return { createTopic: (config, leftover, entry) => right.createTopic(copied(config), leftover, entry) };
    },
    'a config comes back with every member',
  ),
  mistake(
    'keeps topics in a plain object',
    (right) => ({ findTopic: async (name) => (name in {} ? { name, config: null, hasData: true } : right.findTopic(name)) }),
    'topics are kept apart',
  ),
  mistake(
    'sorts names by their bytes',
    (right) => ({
      listTopics: async (after, limit) => [...(await right.listTopics(after, limit))].sort((a, b) => byBytes(a.name, b.name)),
    }),
    'topics are listed in code unit order',
  ),
  mistake(
    'starts a list at the given name instead of after it',
    (right) => ({
      async listTopics(after, limit) {
        const at = after === null ? null : await right.findTopic(after);
        return [...(at ? [at] : []), ...(await right.listTopics(after, limit))].slice(0, limit);
      },
    }),
    'a list of topics starts after',
  ),
  mistake(
    'ignores the limit of lists',
    (right) => ({ listTopics: (after) => right.listTopics(after, 1000), listTrash: (after) => right.listTrash(after, 1000) }),
    'a limit of a list outside',
    'a list of topics starts after',
    'the trash is listed by entry',
  ),
  mistake(
    'takes a topic that is not here for an empty one',
    (right) => ({ latestVersion: async (topic) => ((await right.findTopic(topic)) ? right.latestVersion(topic) : 0) }),
    'a topic that is not here is TOPIC_NOT_FOUND',
    'a place that is still to be made has no topics',
    'a trashed topic is not here any more',
  ),
  mistake(
    'adopts leftover data unasked',
    (right) => ({ createTopic: (config, leftover, entry) => right.createTopic(config, leftover === 'refuse' ? 'adopt' : leftover, entry) }),
    'creating a topic where its data already is',
  ),
  mistake(
    'adopts nothing but the name',
    (right) => ({
      async createTopic(config, leftover, entry) {
        if (leftover === 'adopt' && (await right.findTopic(config.name))) {
          const trashed = await right.trashTopic(config.name, entry);
          await right.purgeTopic(trashed, config.name);
        }
        await right.createTopic(config, leftover, entry);
      },
    }),
    'creating a topic with `adopt` keeps the events',
  ),
  mistake(
    'adopts where it should move to the trash',
    (right) => ({ createTopic: (config, leftover, entry) => right.createTopic(config, leftover === 'trash' ? 'adopt' : leftover, entry) }),
    'creating a topic with `trash` moves',
  ),
  mistake(
    'wants something there to adopt',
    (right) => ({
      async createTopic(config, leftover, entry) {
        if (leftover === 'adopt' && !(await right.findTopic(config.name))) refuse('TOPIC_NOT_FOUND');
        await right.createTopic(config, leftover, entry);
      },
    }),
    '`adopt` and `trash` simply make a topic',
  ),
  mistake(
    'merges the options of a config',
    (right) => ({
      async writeTopicConfig(config) {
        const before = (await right.findTopic(config.name))?.config?.options ?? {};
        await right.writeTopicConfig({ ...config, options: { ...before, ...config.options } });
      },
    }),
    "writing a topic's config replaces the config",
  ),
  mistake(
    'joins a name to a path as it is',
    (right, place) => ({
      async createTopic(config, leftover, entry) {
        await right.createTopic(config, leftover, entry);
        if (config.name === '../out') writeFileSync(resolve(place, config.name), '');
      },
    }),
    'a name that is a path is refused',
  ),
  adapterMistake(
    'makes the place when it is looked for',
    (right) => ({
      async locate(connection, base) {
        const location = await right.locate(connection, base);
        mkdirSync(`${location.place}-${basename(connection)}-${process.hrtime.bigint()}`, { recursive: true });
        return location;
      },
    }),
    'locating a place opens nothing',
  ),
  adapterMistake(
    'knows a place by its words',
    (right) => ({ locate: async (connection, base) => ({ ...(await right.locate(connection, base)), identity: connection }) }),
    'two spellings of one place have one identity',
  ),
  adapterMistake(
    'calls every place an inner one',
    (right) => ({ locate: async (connection, base) => ({ ...(await right.locate(connection, base)), outside: false }) }),
    "a place beside the store's folder",
  ),
  adapterMistake(
    'makes a missing place',
    (right) => ({ open: (location, options) => right.open(location, { ...options, create: true }) }),
    'a missing place is STORAGE_UNAVAILABLE',
  ),
  adapterMistake(
    'empties the trash when it opens',
    (right) => ({
      async open(location, options) {
        const repository = await right.open(location, options);
        for (const { entry, topic } of await repository.listTrash(null, 1000)) await repository.purgeTopic(entry, topic);
        return repository;
      },
    }),
    'everything survives closing and opening again',
  ),
  mistake(
    'leaves a trace of every read',
    (right, place) => ({
      async read(topic, query) {
        const page = await right.read(topic, query);
        appendFileSync(place, '.');
        return page;
      },
    }),
    'opening and reading write nothing',
  ),
  mistake(
    'does not enforce close',
    () => ({ close: async () => {} }),
    'after close every method is REPOSITORY_CLOSED',
    'health says up and ready',
  ),
  mistake(
    'throws in health once it is closed',
    (right) => ({
      async health() {
        await right.problems();
        return right.health();
      },
    }),
    'health says up and ready',
  ),
  mistake(
    'answers with functions',
    (right) => ({
      listTopics: async (after, limit) =>
        (await right.listTopics(after, limit)).map((topic) => ({ ...topic, events: () => allOf(right, topic.name) })),
    }),
    'every answer and every refusal survives structured clone',
  ),
  mistake(
    'promises more than there is to promise',
    (right) => ({ capabilities: Object.assign({ fast: 'very' }, right.capabilities) }),
    'capabilities are four plain truths',
  ),
];
