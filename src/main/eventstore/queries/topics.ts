import type { EventStreamConfig } from '../../../shared/model/event-stream-config.ts';
import { MAX_PAGE } from '../../../shared/model/event.ts';
import type { Topic } from '../../../shared/model/topic-config.ts';
import { topicNotFound, type Configuration } from '../configuration.ts';
import type { TrashedTopicAt } from '../event-store.ts';
import type { EventRepository } from '../ports/event-repository.ts';
import type { RepositoryRegistry } from '../repository-registry.ts';
import { placeKey, type Place } from '../topic-catalogue.ts';

export interface TopicQueries {
  getTopic(name: string): Promise<Topic>;
  listTopics(): Promise<readonly Topic[]>;
  listTrash(): Promise<readonly TrashedTopicAt[]>;
}

export interface TopicQueryOptions {
  readonly stream: EventStreamConfig;
  readonly configuration: Configuration;
  readonly registry: RepositoryRegistry;
}

export function topicQueries({ stream, configuration, registry }: TopicQueryOptions): TopicQueries {
  /** Every repository that may hold a trash and can be opened now, once each. */
  const repositories = async (): Promise<Map<EventRepository, Place>> => {
    const places = new Map((await configuration.catchUp()).places).set(placeKey(stream), stream);
    const found = new Map<EventRepository, Place>();
    for (const place of places.values()) {
      // A place that is not there any more keeps no trash, and is no trouble of a living topic.
      const repository = await registry.getOrCreate(place.adapter, place.connection, { mayBeMissing: true }).catch(() => null);
      if (repository && !found.has(repository)) found.set(repository, { adapter: place.adapter, connection: place.connection });
    }
    return found;
  };

  return {
    async getTopic(name) {
      const topic = (await configuration.catchUp()).topics.get(name);
      if (!topic || name === stream.name) throw topicNotFound(name);
      return topic;
    },
    async listTopics() {
      const { topics } = await configuration.catchUp();
      return [...topics.values()].filter(({ name }) => name !== stream.name).sort(byName);
    },
    async listTrash() {
      const entries: TrashedTopicAt[] = [];
      for (const [repository, place] of await repositories()) {
        let after: string | null = null;
        for (;;) {
          const page = await repository.listTrash(after, MAX_PAGE);
          for (const entry of page) entries.push({ ...entry, ...place });
          if (page.length < MAX_PAGE) break;
          after = page.at(-1)?.entry ?? null;
        }
      }
      return entries.sort(
        (a, b) => a.entry.localeCompare(b.entry, 'en', { numeric: true }) || byName({ name: a.topic }, { name: b.topic }),
      );
    },
  };
}

const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
