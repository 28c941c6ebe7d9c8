import { EventStoreError } from '../../../shared/model/errors.ts';
import type { Topic, TopicConfig } from '../../../shared/model/topic-config.ts';
import { topicCreated } from '../config-event.ts';
import type { TrashedTopicAt } from '../event-store.ts';
import { placeKey, type Place } from '../topic-catalogue.ts';
import { validateTopicName } from '../topic-name.ts';
import { refuseReserved, type CommandContext } from './context.ts';
import { refuseTakenName } from './create-topic.ts';

type ListTrash = () => Promise<readonly TrashedTopicAt[]>;

/**
 * Brings a trashed topic's data back, then writes TopicCreated with `restored_from`. A new name must be free and valid. Without
 * `given` it has the options it had; with it, those, and of several entries of one name that of its place is meant.
 */
export async function restoreTopic(
  context: CommandContext,
  listTrash: ListTrash,
  entry: string,
  name?: string,
  given?: TopicConfig,
): Promise<Topic> {
  context.refuseReadOnly();
  const trashed = await findTrashed(listTrash, entry, given);
  const target = name ?? trashed.topic;
  if (target !== trashed.topic) validateTopicName(target);
  refuseReserved(context, target);
  const { adapter, connection } = trashed;
  const config: TopicConfig = { name: target, adapter, connection, options: given?.options ?? trashed.config?.options ?? {} };
  return context.turns.take(target, async () => {
    const { configuration, storage } = context;
    const repository = await storage.of(config);
    let restored = false;
    try {
      await configuration.change(async (catalogue) => {
        refuseTakenName(catalogue, target);
        if (!restored) await repository.restoreTopic(entry, trashed.topic, config);
        restored = true;
        return topicCreated(config, entry);
      });
    } catch (error) {
      if (restored && !(await configuration.catchUp()).topics.has(target)) await repository.trashTopic(target, entry);
      throw error;
    }
    return configuration.topic(target);
  });
}

/** Removes a trashed topic's data for good. */
export async function purgeTopic(context: CommandContext, listTrash: ListTrash, entry: string): Promise<void> {
  context.refuseReadOnly();
  const trashed = await findTrashed(listTrash, entry);
  const repository = await context.storage.of({ ...trashed, name: trashed.topic, options: {} });
  await context.turns.take(trashed.topic, () => repository.purgeTopic(entry, trashed.topic));
}

async function findTrashed(listTrash: ListTrash, entry: string, place?: Place): Promise<TrashedTopicAt> {
  const isThere = (trashed: TrashedTopicAt): boolean => place === undefined || placeKey(trashed) === placeKey(place);
  const found = (await listTrash()).filter((trashed) => trashed.entry === entry && isThere(trashed));
  const [trashed] = found;
  if (!trashed)
    throw new EventStoreError('TOPIC_NOT_FOUND', `The trash has no entry "${entry}". List the trash to see what there is.`, { entry });
  if (found.length > 1) {
    throw new EventStoreError('INVALID_INPUT', `The trash has ${found.length} entries called "${entry}", in several repositories.`, {
      entry,
      connections: found.map(({ connection }) => connection),
    });
  }
  return trashed;
}
