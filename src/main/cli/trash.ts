import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';

export const trash: Command = {
  summary: 'print what is in the trash, one JSON object a line',
  positionals: ['PATH'],
  options: STORE_OPTIONS,
  run: (context) =>
    withStore(context, async ({ store }) => {
      for (const { entry, topic, adapter, connection, config, latestVersion } of await store.listTrash()) {
        await context.out.line(printJson({ entry, topic, adapter, connection, options: config?.options ?? null, latestVersion }));
      }
    }),
};
