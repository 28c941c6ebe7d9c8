import { EventStoreError } from '../../../shared/model/errors.ts';
import { beginningsOf } from '../../../shared/model/event-beginning.ts';
import type {
  EventRepository,
  RepositoryCapabilities,
  RepositoryLocation,
  RepositoryTopic,
} from '../../eventstore/ports/event-repository.ts';
import { createMemoryTopic, versionConflict, type MemoryTopic } from './memory-topic.ts';
import { createSortedMap } from './sorted-map.ts';

const CAPABILITIES: RepositoryCapabilities = Object.freeze({ durable: false, shared: false, foreignWriters: false, guardsAppends: true });

/** A living topic, and the number of the repository's write that changed it last. */
interface Living {
  readonly name: string;
  readonly topic: MemoryTopic;
  readonly changed: number;
}

interface Trashed {
  readonly entry: string;
  readonly name: string;
  readonly topic: MemoryTopic;
}

/** A repository in this process's memory. Each method runs in one go, so writers need no lock. */
export function openMemoryRepository(location: RepositoryLocation): EventRepository {
  let open = true;
  let writes = 0;
  let topics = createSortedMap<Living>();
  let trash = createSortedMap<Trashed>();

  const mustBeOpen = (): void => {
    if (open) return;
    throw new EventStoreError('REPOSITORY_CLOSED', 'This memory repository is closed and its data is gone. Open the store again.', {
      adapter: location.adapter,
      connection: location.connection,
    });
  };

  const mustFind = (name: string): MemoryTopic => {
    mustBeOpen();
    const found = topics.get(name);
    if (found) return found.topic;
    throw new EventStoreError('TOPIC_NOT_FOUND', `There is no topic "${name}" in this memory repository.`, { topic: name });
  };

  const mustFindTrashed = (entry: string, name: string): Trashed => {
    mustBeOpen();
    const found = trash.get(entry);
    if (found?.name === name) return found;
    throw new EventStoreError(
      'TOPIC_NOT_FOUND',
      `The trash holds no topic "${name}" under "${entry}". List the trash to see what is there.`,
      {
        topic: name,
        entry,
      },
    );
  };

  // The counter belongs to the repository, not to the topic: a re-created topic never repeats a token of the old one.
  const put = (topic: MemoryTopic): void => topics.set(topic.config.name, { name: topic.config.name, topic, changed: ++writes });

  const moveToTrash = (name: string, topic: MemoryTopic, wanted: string): string => {
    let entry = wanted;
    for (let n = 1; trash.has(entry); n++) entry = `${wanted}.${n}`;
    trash.set(entry, { entry, name, topic });
    topics.delete(name);
    return entry;
  };

  const leftoverData = (name: string): EventStoreError =>
    new EventStoreError(
      'LEFTOVER_DATA',
      `This memory repository already holds a topic "${name}". Adopt it, move it to the trash, or choose another name.`,
      { topic: name },
    );

  return {
    capabilities: CAPABILITIES,
    async listTopics(after, limit) {
      mustBeOpen();
      return topics.page(after, pageSize(limit)).map(describeTopic);
    },
    async findTopic(name) {
      mustBeOpen();
      const found = topics.get(name);
      return found ? describeTopic(found) : null;
    },
    async createTopic(config, leftover, trashEntry) {
      mustBeOpen();
      const existing = topics.get(config.name);
      if (existing && leftover === 'refuse') throw leftoverData(config.name);
      if (existing && leftover === 'adopt') {
        existing.topic.setConfig(config);
        put(existing.topic);
        return;
      }
      if (existing) moveToTrash(existing.name, existing.topic, trashEntry);
      put(createMemoryTopic(config));
    },
    async writeTopicConfig(config) {
      const topic = mustFind(config.name);
      topic.setConfig(config);
      put(topic);
    },
    async trashTopic(name, entry) {
      return moveToTrash(name, mustFind(name), entry);
    },
    async listTrash(after, limit) {
      mustBeOpen();
      return trash.page(after, pageSize(limit)).map(({ entry, name, topic }) => ({
        entry,
        topic: name,
        config: topic.config,
        latestVersion: topic.latest,
      }));
    },
    async restoreTopic(entry, name, config) {
      const { topic } = mustFindTrashed(entry, name);
      if (topics.has(config.name)) throw leftoverData(config.name);
      topic.rename(config);
      trash.delete(entry);
      put(topic);
    },
    async purgeTopic(entry, name) {
      mustFindTrashed(entry, name);
      trash.delete(entry);
    },
    async append(name, batch, expectedVersion, guard) {
      mustBeOpen();
      const guarded = guard ? (topics.get(guard.topic)?.topic.latest ?? 0) : 0;
      if (guard && guarded !== guard.version) throw versionConflict(guard.topic, guard.version, guarded);
      const topic = mustFind(name);
      const appended = topic.append(batch, expectedVersion);
      if (!appended.replayed) put(topic);
      return appended;
    },
    async read(name, query) {
      return mustFind(name).read(query);
    },
    async readBeginnings(name, query, lengths) {
      return beginningsOf(mustFind(name).read(query), lengths);
    },
    async count(name, after) {
      return mustFind(name).count(after);
    },
    async scan(name, after, holding) {
      return mustFind(name).scan(after, holding);
    },
    async versionOfId(name, id, after) {
      return mustFind(name).versionOfId(id, after);
    },
    async statistics(name) {
      mustFind(name);
      return null;
    },
    async latestVersion(name) {
      return mustFind(name).latest;
    },
    async changeToken(name) {
      mustBeOpen();
      const found = topics.get(name);
      return found ? String(found.changed) : '';
    },
    async problems() {
      mustBeOpen();
      return [];
    },
    async health() {
      const { adapter, connection } = location;
      if (!open)
        return { status: 'down', state: 'closed', reason: 'The repository is closed.', adapter, connection, readOnly: false, checked: {} };
      return {
        status: 'up',
        state: 'ready',
        adapter,
        connection,
        readOnly: false,
        topicCount: topics.size,
        checked: { topics: topics.size, trashed: trash.size },
      };
    },
    async close() {
      open = false;
      topics = createSortedMap();
      trash = createSortedMap();
    },
  };
}

function describeTopic({ name, topic }: Living): RepositoryTopic {
  return { name, config: topic.config, hasData: true };
}

function pageSize(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= 1000) return limit;
  throw new EventStoreError('INVALID_INPUT', `A list holds 1 to 1000 entries, not ${limit}.`, { limit });
}
