import { EventStoreError } from '../../../shared/model/errors.ts';
import type { Topic, TopicConfig, TopicOptions } from '../../../shared/model/topic-config.ts';
import { topicCreated } from '../config-event.ts';
import type { TrashedTopicAt } from '../event-store.ts';
import { validateTopicName } from '../topic-name.ts';
import { refuseReserved, type CommandContext } from './context.ts';
import { refuseTakenName } from './create-topic.ts';

type ListTrash = () => Promise<readonly TrashedTopicAt[]>;

/** Which of several entries of one name is meant: entries are named by each repository. Absent members: any. */
export type TrashPlace = Partial<Pick<TrashedTopicAt, 'topic' | 'adapter' | 'connection'>>;

/**
 * Brings a trashed topic's data back, then writes TopicCreated with `restored_from`. A new name must be free and valid. The
 * topic has the options that are given, else those it had.
 */
export async function restoreTopic(
  context: CommandContext,
  listTrash: ListTrash,
  entry: string,
  name?: string,
  at: TrashPlace = {},
  options?: TopicOptions,
): Promise<Topic> {
  context.refuseReadOnly();
  const trashed = await findTrashed(listTrash, entry, at);
  const target = name ?? trashed.topic;
  if (target !== trashed.topic) validateTopicName(target);
  refuseReserved(context, target);
  const { adapter, connection } = trashed;
  const config: TopicConfig = { name: target, adapter, connection, options: options ?? trashed.config?.options ?? {} };
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
export async function purgeTopic(context: CommandContext, listTrash: ListTrash, entry: string, at: TrashPlace = {}): Promise<void> {
  context.refuseReadOnly();
  const trashed = await findTrashed(listTrash, entry, at);
  const repository = await context.storage.of({ ...trashed, name: trashed.topic, options: {} });
  await context.turns.take(trashed.topic, () => repository.purgeTopic(entry, trashed.topic));
}

async function findTrashed(listTrash: ListTrash, entry: string, { topic, adapter, connection }: TrashPlace): Promise<TrashedTopicAt> {
  const found = (await listTrash()).filter(
    (trashed) =>
      trashed.entry === entry &&
      (topic ?? trashed.topic) === trashed.topic &&
      (adapter ?? trashed.adapter) === trashed.adapter &&
      (connection ?? trashed.connection) === trashed.connection,
  );
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
