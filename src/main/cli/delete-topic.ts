import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';

/** The data goes to the trash; `entry` names it there, null where there was none. */
export const deleteTopic: Command = {
  summary: 'delete a topic; its data goes to the trash',
  positionals: ['PATH', 'NAME'],
  options: STORE_OPTIONS,
  run: (context) =>
    withStore(context, async ({ store }) => {
      const { entry } = await store.deleteTopic(context.args.argument('NAME'));
      await context.out.line(printJson({ entry }));
    }),
};
