import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import { MAX_PAGE, type NewEvent } from '../../shared/model/event.ts';
import type { EventStreamConfig } from '../../shared/model/event-stream-config.ts';
import type { Topic, TopicConfig } from '../../shared/model/topic-config.ts';
import type { EventRepository } from './ports/event-repository.ts';
import type { PrepareEvents } from './prepare-events.ts';
import { readOnlyError } from './read-only-repository.ts';
import { isMissing, type RepositoryRegistry } from './repository-registry.ts';
import { configSteps, emptyCatalogue, foldCatalogue, type Catalogue } from './topic-catalogue.ts';

/** The configuration topic and the catalogue that follows it, also when another process writes it. */
export interface Configuration {
  /** As of the last catch-up. */
  readonly current: () => Catalogue;
  /** Folds what is new and answers the catalogue. */
  readonly catchUp: () => Promise<Catalogue>;
  /** The topic as of now; TOPIC_NOT_FOUND. */
  readonly topic: (name: string) => Promise<Topic>;
  /**
   * Catches up, lets `decide` choose what to write, and appends that with the folded version as expected version;
   * when someone else was faster it catches up and decides again. `decide` may refuse by throwing. Answers the
   * version written, with the catalogue caught up to it.
   */
  readonly change: (decide: (catalogue: Catalogue) => Promise<NewEvent>) => Promise<number>;
  /** The repository of the configuration topic, or null where nothing is there yet. */
  readonly repository: () => Promise<EventRepository | null>;
}

export interface ConfigurationOptions {
  readonly stream: EventStreamConfig;
  readonly registry: RepositoryRegistry;
  readonly prepare: PrepareEvents;
  /** Called with the new catalogue after it moved on. */
  readonly onChange: (catalogue: Catalogue) => void;
}

export function followConfiguration({ stream, registry, prepare, onChange }: ConfigurationOptions): Configuration {
  let catalogue = emptyCatalogue;
  let catchingUp: Promise<Catalogue> | null = null;
  let next: Promise<Catalogue> | null = null;

  const repository = async (): Promise<EventRepository | null> => {
    try {
      return await registry.getOrCreate(stream.adapter, stream.connection, { mayBeMissing: true });
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  const readOn = async (): Promise<Catalogue> => {
    const source = await repository();
    if (!source) return catalogue;
    const before = catalogue;
    let cursor: number | null = catalogue.version;
    try {
      // The page is only read when there is something new: the usual catch-up costs one look at the latest version.
      if ((await source.latestVersion(stream.name)) <= catalogue.version) return catalogue;
      while (cursor !== null) {
        const page = await source.read(stream.name, { direction: 'forward', cursor, limit: MAX_PAGE });
        catalogue = foldCatalogue(catalogue, configSteps(page)).catalogue;
        cursor = page.next;
      }
    } catch (error) {
      if (!isEventStoreError(error, 'TOPIC_NOT_FOUND')) throw error;
    }
    if (catalogue !== before) onChange(catalogue);
    return catalogue;
  };

  const begin = (): Promise<Catalogue> => {
    catchingUp = readOn().finally(() => {
      catchingUp = null;
    });
    return catchingUp;
  };

  /** Catch-ups that overlap share one pass, but never one that began before the call: those wait for the next together. */
  const catchUp = (): Promise<Catalogue> => {
    if (!catchingUp) return begin();
    const goOn = (): Promise<Catalogue> => {
      next = null;
      return catchingUp ?? begin();
    };
    next ??= catchingUp.then(goOn, goOn);
    return next;
  };

  const open = async (): Promise<EventRepository> => {
    const target = await registry.getOrCreate(stream.adapter, stream.connection, { create: true });
    const topic = await target.findTopic(stream.name);
    if (!topic?.hasData) await target.createTopic(stream, 'adopt', '');
    else if (!topic.config) await target.writeTopicConfig(stream);
    return target;
  };

  const changeNow = async (decide: (catalogue: Catalogue) => Promise<NewEvent>): Promise<number> => {
    for (;;) {
      const decidedOn = await catchUp();
      const event = await decide(decidedOn);
      const target = await open();
      try {
        const { last } = await target.append(stream.name, prepare([event]), decidedOn.version);
        await catchUp();
        return last;
      } catch (error) {
        if (!isEventStoreError(error, 'VERSION_CONFLICT')) throw error;
      }
    }
  };
  /** Changes of this process take turns: each would conflict with all the others. */
  let changing: Promise<unknown> = Promise.resolve();

  return {
    current: () => catalogue,
    catchUp,
    repository,
    async topic(name) {
      const found = (await catchUp()).topics.get(name);
      if (!found) throw topicNotFound(name);
      return found;
    },
    change(decide) {
      const changed = changing.then(
        () => changeNow(decide),
        () => changeNow(decide),
      );
      changing = changed;
      return changed;
    },
  };
}

export function topicNotFound(name: string): EventStoreError {
  return new EventStoreError('TOPIC_NOT_FOUND', `There is no topic called "${name}" in this store.`, { topic: name });
}

/** The catalogue of a repository that has no configuration topic: its topics as they are, never changing. */
export function fixedConfiguration(topics: readonly TopicConfig[]): Configuration {
  const catalogue: Catalogue = {
    ...emptyCatalogue,
    topics: new Map(topics.map((topic) => [topic.name, { ...topic, incarnation: 0 }])),
  };
  return {
    current: () => catalogue,
    catchUp: async () => catalogue,
    repository: async () => null,
    async topic(name) {
      const found = catalogue.topics.get(name);
      if (!found) throw topicNotFound(name);
      return found;
    },
    async change() {
      throw readOnlyError('this repository has no configuration topic, so its topics are shown as they are.');
    },
  };
}
