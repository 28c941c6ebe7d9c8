import { catalogueAt, compareCatalogues, configHistory } from '../eventstore/config-history.ts';
import type { EventStore } from '../eventstore/event-store.ts';
import { emptyCatalogue } from '../eventstore/topic-catalogue.ts';
import { STORE_OPTIONS, UsageError, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import type { Output } from './output.ts';
import { printJson } from './print-json.ts';
import { shownTopic } from './topic-options.ts';

/** What each configuration event changed, skipped ones too; or the catalogue as it was; or how it differs from an earlier one. */
export const history: Command = {
  summary: 'print what each configuration event changed, one JSON object a line',
  positionals: ['PATH'],
  options: {
    ...STORE_OPTIONS,
    at: { kind: 'text', value: 'N', help: 'print the topics as they were after configuration version N instead, as one array' },
    since: { kind: 'text', value: 'M', help: 'with --at: print how they differ from those after version M, one topic a line' },
    topic: { kind: 'text', value: 'NAME', help: 'only what concerns this topic' },
  },
  run: async (context) => {
    const { args, out } = context;
    const at = args.number('at', 0);
    const since = args.number('since', 0);
    const topic = args.text('topic');
    if (since !== undefined && at === undefined) throw new UsageError('--since needs --at.');
    await withStore(context, async ({ store, location }) => {
      const isConfigured = location.configStream !== null;
      const catalogue = (version: number) => (isConfigured ? catalogueAt(store, version) : Promise.resolve(emptyCatalogue));
      const isWanted = (name: string | null): boolean => topic === undefined || name === topic;
      if (at === undefined) {
        if (isConfigured) await printChanges(store, out, isWanted);
      } else if (since === undefined) {
        const { topics } = await catalogue(at);
        const shown = [...topics.values()].filter(({ name }) => isWanted(name)).map(shownTopic);
        await out.line(printJson(shown.sort((a, b) => (a.name < b.name ? -1 : 1))));
      } else {
        for (const difference of compareCatalogues(await catalogue(since), await catalogue(at))) {
          if (isWanted(difference.topic)) await out.line(printJson(difference));
        }
      }
    });
  },
};

async function printChanges(store: EventStore, out: Output, isWanted: (topic: string | null) => boolean): Promise<void> {
  for await (const { version, timestamp, type, topic, changed, problem } of configHistory(store)) {
    if (isWanted(topic)) await out.line(printJson({ version, timestamp, type, topic, changed, ...(problem ? { problem } : {}) }));
  }
}
