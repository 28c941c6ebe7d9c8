import { EventStoreError, isEventStoreError } from '../../../shared/model/errors.ts';
import type { Topic, TopicConfig } from '../../../shared/model/topic-config.ts';
import { topicUpdated } from '../config-event.ts';
import { topicNotFound } from '../configuration.ts';
import type { EventRepository } from '../ports/event-repository.ts';
import { findAdapter } from '../repository-factory.ts';
import type { Catalogue } from '../topic-catalogue.ts';
import { refuseChangedSince, refuseReserved, validateTopicConfig, type CommandContext } from './context.ts';

/**
 * Writes TopicUpdated, then the repository's own config. Another place is taken only by an empty topic: its empty
 * data leaves the old place first, under that repository's lock, so that no append can land there unseen.
 * With `seen`, the topic as the caller saw it, a change of someone else in between is VERSION_CONFLICT.
 */
export function updateTopic(context: CommandContext, config: TopicConfig, seen?: Topic): Promise<Topic> {
  context.refuseReadOnly();
  refuseReserved(context, config.name);
  validateTopicConfig(config);
  findAdapter(context.adapters, config.adapter);
  return context.turns.take(config.name, () => update(context, config, seen));
}

async function update(context: CommandContext, config: TopicConfig, seen: Topic | undefined): Promise<Topic> {
  const { configuration, registry, storage } = context;
  let leaving: Leaving | null = null;
  try {
    await configuration.change(async (catalogue: Catalogue) => {
      const before = catalogue.topics.get(config.name);
      if (!before) throw topicNotFound(config.name);
      if (seen) refuseChangedSince(before, seen);
      await registry.refuseReadOnly(before.adapter, before.connection);
      if (!leaving && !(await samePlace(context, before, config))) leaving = await leave(context, before, config, catalogue.version + 1);
      return topicUpdated(config, before);
    });
  } catch (error) {
    await (leaving as Leaving | null)?.undo();
    throw error;
  }
  await (leaving as Leaving | null)?.finish();
  const updated = await configuration.topic(config.name);
  await writeOwnConfig(context, await storage.of(config), config);
  return updated;
}

interface Leaving {
  readonly undo: () => Promise<void>;
  readonly finish: () => Promise<void>;
}

/** Two spellings of one place are one place. */
export async function samePlace({ registry }: Pick<CommandContext, 'registry'>, a: TopicConfig, b: TopicConfig): Promise<boolean> {
  if (a.adapter !== b.adapter) return false;
  if (a.connection === b.connection) return true;
  const [left, right] = await Promise.all([registry.locate(a.adapter, a.connection), registry.locate(b.adapter, b.connection)]);
  return left.identity === right.identity;
}

async function leave(context: CommandContext, before: Topic, config: TopicConfig, version: number): Promise<Leaving> {
  const { storage } = context;
  const source = await storage.of(before);
  const entry = await trashIfEmpty(source, before, version);
  const target = await storage.of(config, { create: true });
  const restore = async (): Promise<void> => {
    if (entry !== null) await source.restoreTopic(entry, before.name, before);
  };
  try {
    await target.createTopic(config, 'refuse', String(version));
  } catch (error) {
    await restore();
    throw error;
  }
  return {
    undo: async () => {
      const made = await target.trashTopic(config.name, 'undone');
      await target.purgeTopic(made, config.name);
      await restore();
    },
    finish: async () => {
      if (entry !== null) await source.purgeTopic(entry, before.name);
    },
  };
}

/** Answers the trash entry, or null where the repository has nothing of the topic. @throws TOPIC_NOT_EMPTY */
async function trashIfEmpty(source: EventRepository, topic: Topic, version: number): Promise<string | null> {
  const refuse = (latest: number): never => {
    throw new EventStoreError(
      'TOPIC_NOT_EMPTY',
      `Topic "${topic.name}" holds events up to version ${latest} at "${topic.connection}". Changing its place would leave them behind; they must be moved.`,
      { topic: topic.name, latestVersion: latest },
    );
  };
  try {
    const latest = await source.latestVersion(topic.name);
    if (latest > 0) refuse(latest);
    const entry = await source.trashTopic(topic.name, String(version));
    // An append of another process may have come between the look and the move.
    const trashed = (await source.listTrash(null, 1000)).find((found) => found.entry === entry);
    if (trashed && trashed.latestVersion > 0) {
      await source.restoreTopic(entry, topic.name, topic);
      refuse(trashed.latestVersion);
    }
    return entry;
  } catch (error) {
    if (isEventStoreError(error, 'TOPIC_NOT_FOUND')) return null;
    throw error;
  }
}

/** The event is written, so the topic is changed; a repository that cannot follow now is a problem that the next write mends. */
async function writeOwnConfig(context: CommandContext, repository: EventRepository, config: TopicConfig): Promise<void> {
  try {
    await repository.writeTopicConfig(config);
  } catch (error) {
    if (isEventStoreError(error, 'TOPIC_NOT_FOUND')) return;
    context.logger.warn('A repository could not write its own copy of a config', { topic: config.name, reason: String(error) });
  }
}
