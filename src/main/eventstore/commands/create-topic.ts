import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import type { NewEvent } from '../../../shared/model/event.ts';
import type { Topic, TopicConfig } from '../../../shared/model/topic-config.ts';
import { topicCreated } from '../config-event.ts';
import type { NewTopic } from '../event-store.ts';
import type { EventRepository, Leftover } from '../ports/event-repository.ts';
import { findAdapter } from '../repository-factory.ts';
import type { Catalogue } from '../topic-catalogue.ts';
import { foldTopicName, validateTopicName } from '../topic-name.ts';
import { refuseReserved, validateTopicConfig, type CommandContext } from './context.ts';

/** Makes the topic in its repository, then writes TopicCreated. A crash in between leaves an empty leftover that health names. */
export function createTopic(context: CommandContext, topic: NewTopic, leftover: Leftover = 'refuse'): Promise<Topic> {
  context.refuseReadOnly();
  validateTopicName(topic.name);
  refuseReserved(context, topic.name);
  const config = completeConfig(context, topic);
  validateTopicConfig(config);
  findAdapter(context.adapters, config.adapter);
  return context.turns.take(config.name, () => create(context, config, leftover));
}

async function create(context: CommandContext, config: TopicConfig, leftover: Leftover): Promise<Topic> {
  const { configuration, storage } = context;
  let made: EventRepository | null = null;
  const decide = async (catalogue: Catalogue): Promise<NewEvent> => {
    refuseTakenName(catalogue, config.name);
    if (!made) {
      const repository = await storage.of(config, { create: true });
      await makeInRepository(context, repository, config, leftover, String(catalogue.version + 1));
      made = repository;
    }
    return topicCreated(config);
  };
  try {
    await configuration.change(decide);
  } catch (error) {
    if (made && leftover !== 'adopt') await takeBack(context, made, config.name);
    throw error;
  }
  return configuration.topic(config.name);
}

async function makeInRepository(
  context: CommandContext,
  repository: EventRepository,
  config: TopicConfig,
  leftover: Leftover,
  entry: string,
): Promise<void> {
  try {
    await repository.createTopic(config, leftover, entry);
  } catch (error) {
    // Another process may be creating the same topic: then its event says so, and that is the better answer.
    if (isEventStoreError(error, 'LEFTOVER_DATA')) refuseTakenName(await context.configuration.catchUp(), config.name);
    throw error;
  }
}

/** Removes the empty topic this command made, unless someone else's event has given it to the catalogue by now. */
async function takeBack(context: CommandContext, repository: EventRepository, name: string): Promise<void> {
  try {
    const living = (await context.configuration.catchUp()).topics.has(name);
    if (living || (await repository.latestVersion(name)) > 0) return;
    const entry = await repository.trashTopic(name, 'undone');
    await repository.purgeTopic(entry, name);
  } catch (error) {
    context.logger.warn('An empty topic could not be taken back; health names it as a leftover', { topic: name, reason: String(error) });
  }
}

/** @throws EventStoreError INVALID_TOPIC_CONFIG where another adapter comes without a connection. */
export function completeConfig(
  { stream }: Pick<CommandContext, 'stream'>,
  { name, adapter, connection, options = {} }: NewTopic,
): TopicConfig {
  if (adapter !== undefined && adapter !== stream.adapter && connection === undefined) {
    throw new EventStoreError(
      'INVALID_TOPIC_CONFIG',
      `Topic "${name}" is to use the "${adapter}" adapter, which is not the one of the configuration topic, so it needs a connection too.`,
      { field: 'connection' },
    );
  }
  return { name, adapter: adapter ?? stream.adapter, connection: connection ?? stream.connection, options };
}

/** @throws EventStoreError TOPIC_ALREADY_EXISTS, or INVALID_TOPIC_NAME for a name some system takes for the same. */
export function refuseTakenName(catalogue: Catalogue, name: string): void {
  if (catalogue.topics.has(name)) {
    throw new EventStoreError('TOPIC_ALREADY_EXISTS', `A topic called "${name}" exists already. Choose another name.`, { topic: name });
  }
  const folded = foldTopicName(name);
  for (const existing of catalogue.topics.keys()) {
    if (foldTopicName(existing) !== folded) continue;
    throw new EventStoreError(
      'INVALID_TOPIC_NAME',
      `"${name}" and the existing topic "${existing}" are the same name on some systems. Choose one that differs by more than case or form.`,
      { name, existing },
    );
  }
}
