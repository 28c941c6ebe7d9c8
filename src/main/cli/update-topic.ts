import { EventStoreError } from '../../shared/model/errors.ts';
import type { Topic, TopicConfig, TopicOptions } from '../../shared/model/topic-config.ts';
import { STORE_OPTIONS, TOPIC_OPTIONS, UsageError, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { givenOptions, shownTopic } from './topic-options.ts';

/** What is not given stays; options that are given replace all the topic had. */
export const updateTopic: Command = {
  summary: 'change a topic; the options given replace all it had, what is not given stays',
  positionals: ['PATH', 'NAME'],
  options: { ...STORE_OPTIONS, ...TOPIC_OPTIONS, 'no-options': { kind: 'flag', help: 'remove all options' } },
  run: async (context) => {
    const { args, out } = context;
    const given = givenOptions(args);
    if (given && args.flag('no-options')) throw new UsageError('--option and --no-options contradict each other.');
    const change: Change = {
      adapter: args.text('adapter'),
      connection: args.text('connection'),
      options: args.flag('no-options') ? {} : given,
    };
    if (Object.values(change).every((value) => value === undefined)) {
      throw new UsageError('nothing to change: give --adapter, --connection, --option or --no-options.');
    }
    await withStore(context, async ({ store }) => {
      const topic = await store.getTopic(args.argument('NAME'));
      await out.line(printJson(shownTopic(await store.updateTopic(changed(topic, change)))));
    });
  },
};

interface Change {
  readonly adapter: string | undefined;
  readonly connection: string | undefined;
  readonly options: TopicOptions | undefined;
}

function changed(topic: Topic, { adapter, connection, options }: Change): TopicConfig {
  if (adapter !== undefined && adapter !== topic.adapter && connection === undefined) {
    throw new EventStoreError(
      'INVALID_TOPIC_CONFIG',
      `The "${adapter}" adapter keeps topic "${topic.name}" somewhere else: give --connection too.`,
      {
        field: 'connection',
      },
    );
  }
  return {
    name: topic.name,
    adapter: adapter ?? topic.adapter,
    connection: connection ?? topic.connection,
    options: options ?? topic.options,
  };
}
