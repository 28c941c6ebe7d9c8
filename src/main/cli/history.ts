import { catalogueAt, configHistory } from '../eventstore/config-history.ts';
import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { shownTopic } from './topic-options.ts';

/** What each configuration event changed, skipped ones too; or the catalogue as it was. */
export const history: Command = {
  summary: 'print what each configuration event changed, one JSON object a line',
  positionals: ['PATH'],
  options: {
    ...STORE_OPTIONS,
    at: { kind: 'text', value: 'N', help: 'print the topics as they were after configuration version N instead, as one array' },
  },
  run: async (context) => {
    const { args, out } = context;
    const at = args.number('at', 0);
    await withStore(context, async ({ store, location }) => {
      if (at !== undefined) {
        const { topics } = location.configStream ? await catalogueAt(store, at) : { topics: new Map<string, never>() };
        await out.line(printJson([...topics.values()].map(shownTopic).sort((a, b) => (a.name < b.name ? -1 : 1))));
        return;
      }
      if (!location.configStream) return;
      for await (const { version, timestamp, type, topic, changed, problem } of configHistory(store)) {
        await out.line(printJson({ version, timestamp, type, topic, changed, ...(problem ? { problem } : {}) }));
      }
    });
  },
};
