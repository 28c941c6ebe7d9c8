import { isEventStoreError } from '../../shared/model/errors.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { Topic, TopicConfig } from '../../shared/model/topic-config.ts';
import { topicNotFound, type Configuration } from './configuration.ts';
import type { EventRepository } from './ports/event-repository.ts';
import type { RepositoryRegistry } from './repository-registry.ts';
import { placeKey } from './topic-catalogue.ts';

/** Finds the repository behind a topic's name, and says the one thing every query asks: what if it is not there. */
export interface Storage {
  /** The topic's repository for reading. TOPIC_NOT_FOUND for a name the catalogue does not know. */
  readonly forReading: (name: string) => Promise<{ readonly topic: TopicConfig; readonly repository: EventRepository | null }>;
  /** The repository of a topic that the caller already has. */
  readonly of: (topic: TopicConfig, options?: { readonly create?: boolean }) => Promise<EventRepository>;
  /** `read`, or `missing` where the reachable repository does not know the topic: memory after a restart, a vanished folder. */
  readonly query: <T>(name: string, missing: T, read: (repository: EventRepository) => Promise<T>) => Promise<T>;
}

export interface StorageOptions {
  readonly stream: EventStreamConfig;
  readonly configuration: Configuration;
  readonly registry: RepositoryRegistry;
}

export function createStorage({ stream, configuration, registry }: StorageOptions): Storage {
  const of = (topic: TopicConfig, options: { readonly create?: boolean } = {}): Promise<EventRepository> =>
    registry.getOrCreate(topic.adapter, topic.connection, options);

  const forReading = async (name: string): Promise<{ topic: TopicConfig; repository: EventRepository | null }> => {
    if (name === stream.name) return { topic: stream, repository: await configuration.repository() };
    const topic: Topic | undefined = configuration.current().topics.get(name) ?? (await configuration.catchUp()).topics.get(name);
    if (!topic) throw topicNotFound(name);
    return { topic, repository: await of(topic) };
  };

  return {
    of,
    forReading,
    async query(name, missing, read) {
      for (;;) {
        const { topic, repository } = await forReading(name);
        if (!repository) return missing;
        try {
          return await read(repository);
        } catch (error) {
          if (!isEventStoreError(error, 'TOPIC_NOT_FOUND')) throw error;
        }
        // Another process deleted or moved it since the catalogue was folded, or its data is missing.
        if (name === stream.name) return missing;
        const now = await configuration.topic(name);
        if (placeKey(now) === placeKey(topic)) return missing;
      }
    },
  };
}
