import { isEventStoreError } from '../../../shared/model/errors.ts';
import { topicDeleted } from '../config-event.ts';
import { topicNotFound } from '../configuration.ts';
import type { EventRepository } from '../ports/event-repository.ts';
import { refuseOtherIncarnation, refuseReserved, type CommandContext, type MeantTopic } from './context.ts';

/**
 * Writes TopicDeleted, then moves the data to the trash as the entry of that version. A crash in between leaves the
 * data where it was, as a leftover that health names. An old catalogue entry with the configuration topic's own name
 * is removed from the catalogue only.
 */
export function deleteTopic(context: CommandContext, name: string, meant: MeantTopic = {}): Promise<{ readonly entry: string | null }> {
  context.refuseReadOnly();
  return context.turns.take(name, async () => {
    const { configuration, registry, storage, stream } = context;
    let repository: EventRepository | null = null;
    const version = await configuration.change(async ({ topics }) => {
      const topic = topics.get(name);
      if (!topic) {
        refuseReserved(context, name);
        throw topicNotFound(name);
      }
      refuseOtherIncarnation(topic, meant);
      await registry.refuseReadOnly(topic.adapter, topic.connection);
      // A repository that cannot be reached keeps its data: it must not stop the topic from being deleted.
      repository = name === stream.name ? null : await storage.of(topic).catch(() => null);
      return topicDeleted(name);
    });
    return { entry: repository ? await moveToTrash(context, repository, name, String(version)) : null };
  });
}

async function moveToTrash(context: CommandContext, repository: EventRepository, name: string, entry: string): Promise<string | null> {
  try {
    return await repository.trashTopic(name, entry);
  } catch (error) {
    if (!isEventStoreError(error, 'TOPIC_NOT_FOUND')) {
      context.logger.warn('The data of a deleted topic stays where it is; health names it as a leftover', {
        topic: name,
        reason: String(error),
      });
    }
    return null;
  }
}
