import type { Leftover } from '../eventstore/ports/event-repository.ts';
import { STORE_OPTIONS, TOPIC_OPTIONS, UsageError, type Command, type CommandArguments } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { givenOptions, shownTopic } from './topic-options.ts';

export const createTopic: Command = {
  summary: 'create a topic; without --adapter and --connection where the configuration topic is',
  positionals: ['PATH', 'NAME'],
  options: {
    ...STORE_OPTIONS,
    ...TOPIC_OPTIONS,
    leftover: { kind: 'text', value: 'WHAT', help: 'data of that name already there: refuse (default), adopt, or trash' },
  },
  run: async (context) => {
    const { args, out } = context;
    const options = givenOptions(args);
    const leftover = givenLeftover(args);
    await withStore(context, async ({ store }) => {
      const { argument, text } = args;
      const wanted = { name: argument('NAME'), adapter: text('adapter'), connection: text('connection'), options };
      await out.line(printJson(shownTopic(await store.createTopic(wanted, leftover))));
    });
  },
};

function givenLeftover(args: CommandArguments): Leftover | undefined {
  const value = args.text('leftover');
  if (value === undefined || value === 'refuse' || value === 'adopt' || value === 'trash') return value;
  throw new UsageError(`--leftover takes refuse, adopt or trash, not "${value}".`);
}
