import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { shownTopic } from './topic-options.ts';

export const restoreTopic: Command = {
  summary: 'bring a topic back from the trash',
  positionals: ['PATH', 'ENTRY'],
  options: { ...STORE_OPTIONS, name: { kind: 'text', value: 'NAME', help: 'under another name' } },
  run: (context) =>
    withStore(context, async ({ store }) => {
      const { args, out } = context;
      await out.line(printJson(shownTopic(await store.restoreTopic(args.argument('ENTRY'), args.text('name')))));
    }),
};
