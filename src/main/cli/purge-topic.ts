import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';

export const purgeTopic: Command = {
  summary: 'remove a topic in the trash for good',
  positionals: ['PATH', 'ENTRY'],
  options: STORE_OPTIONS,
  run: (context) =>
    withStore(context, async ({ store }) => {
      const entry = context.args.argument('ENTRY');
      await store.purgeTopic(entry);
      await context.out.line(printJson({ purged: entry }));
    }),
};
