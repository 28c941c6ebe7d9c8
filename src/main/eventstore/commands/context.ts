import { EventStoreError } from '../../../shared/model/errors.ts';
import type { EventStreamConfig } from '../../../shared/model/event-stream-config.ts';
import { sameOptions, type Topic, type TopicConfig } from '../../../shared/model/topic-config.ts';
import type { Configuration } from '../configuration.ts';
import type { RepositoryAdapters } from '../ports/event-repository.ts';
import type { PrepareEvents } from '../prepare-events.ts';
import type { RepositoryRegistry } from '../repository-registry.ts';
import type { Storage } from '../storage.ts';
import type { Turns } from '../turns.ts';
import type { Logger } from '../../../shared/model/logger.ts';

/** What every command works with. */
export interface CommandContext {
  readonly stream: EventStreamConfig;
  readonly adapters: RepositoryAdapters;
  readonly configuration: Configuration;
  readonly registry: RepositoryRegistry;
  readonly storage: Storage;
  readonly prepare: PrepareEvents;
  /** Keyed by a topic's name: its commands run alone; its appends run together, so that they share a flush. */
  readonly turns: Turns;
  readonly logger: Logger;
  /** Throws READ_ONLY where nothing may be written. */
  readonly refuseReadOnly: () => void;
  /** Tells subscriptions of this process that a topic has new events. */
  readonly appended: (topic: string) => void;
}

/** @throws EventStoreError TOPIC_RESERVED for the configuration topic's name. */
export function refuseReserved({ stream }: CommandContext, name: string): void {
  if (name !== stream.name) return;
  throw new EventStoreError(
    'TOPIC_RESERVED',
    `"${name}" is the configuration topic: it holds what topics exist and is written by creating, changing and deleting topics only.`,
    { topic: name },
  );
}

/** Which incarnation of a topic a command is meant for; absent: the living one. */
export interface MeantTopic {
  readonly incarnation?: number | undefined;
}

/**
 * A topic that was deleted and made again is another one: what was decided about the first is not meant for it.
 * @throws EventStoreError TOPIC_NOT_FOUND
 */
export function refuseOtherIncarnation(topic: Topic, { incarnation }: MeantTopic): void {
  if (incarnation === undefined || incarnation === topic.incarnation) return;
  throw new EventStoreError(
    'TOPIC_NOT_FOUND',
    `"${topic.name}" was deleted and made again since it was looked at. Look at the new topic before changing it.`,
    { topic: topic.name, incarnation: topic.incarnation },
  );
}

/** @throws EventStoreError VERSION_CONFLICT where the topic's configuration is not any more what it was seen as, TOPIC_NOT_FOUND */
export function refuseChangedSince(topic: Topic, seen: Topic): void {
  refuseOtherIncarnation(topic, seen);
  if (topic.adapter === seen.adapter && topic.connection === seen.connection && sameOptions(topic.options, seen.options)) return;
  throw new EventStoreError(
    'VERSION_CONFLICT',
    `The configuration of "${topic.name}" was changed since it was looked at. Look at what changed and decide again; nothing was written.`,
    { topic: topic.name, adapter: topic.adapter, connection: topic.connection },
  );
}

/** @throws EventStoreError INVALID_TOPIC_CONFIG for a config no repository could be found for. */
export function validateTopicConfig(config: TopicConfig): void {
  const refuse = (field: string, reason: string): never => {
    throw new EventStoreError('INVALID_TOPIC_CONFIG', `The configuration of topic "${config.name}" was refused: ${reason}`, { field });
  };
  if (typeof config.adapter !== 'string' || config.adapter === '') refuse('adapter', 'it needs an adapter.');
  if (typeof config.connection !== 'string') refuse('connection', 'it needs a connection.');
  if (config.connection === '' && config.adapter !== 'memory')
    refuse('connection', 'it needs a connection: where the adapter keeps its data.');
  if (!config.connection.isWellFormed()) refuse('connection', 'the connection holds half of a surrogate pair.');
  for (const [key, value] of Object.entries(config.options)) {
    if (typeof value !== 'string') refuse('options', `option "${key}" must be text.`);
    if (!key.isWellFormed() || !value.isWellFormed()) refuse('options', 'an option holds half of a surrogate pair.');
  }
}
