import { EventStoreError } from '../../../shared/model/errors.ts';
import { refuseOtherIncarnation, type CommandContext, type MeantTopic } from './context.ts';

/** Makes a topic whose data is missing an empty one: the person's word that the data is not coming back. */
export function startEmpty(context: CommandContext, name: string, meant: MeantTopic = {}): Promise<void> {
  context.refuseReadOnly();
  return context.turns.take(name, async () => {
    const topic = await context.configuration.topic(name);
    refuseOtherIncarnation(topic, meant);
    const repository = await context.storage.of(topic, { create: true });
    if ((await repository.findTopic(name))?.hasData) {
      throw new EventStoreError('LEFTOVER_DATA', `Topic "${name}" has its data, so there is nothing to start anew.`, { topic: name });
    }
    await repository.createTopic(topic, 'adopt', '');
  });
}
