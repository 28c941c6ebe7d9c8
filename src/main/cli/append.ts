import { STORE_OPTIONS, type Command } from './command.ts';
import { withStore } from './open-store.ts';
import { printJson } from './print-json.ts';
import { readBatch, withLine } from './read-batch.ts';

/** All events of standard input as one batch, or none. */
export const append: Command = {
  summary: 'append events from standard input, one JSON object { type, data, metadata?, id?, timestamp? } a line, as one batch',
  positionals: ['PATH', 'TOPIC'],
  options: {
    ...STORE_OPTIONS,
    'expected-version': { kind: 'text', value: 'N', help: 'refuse unless the latest version of the topic is N' },
  },
  run: async (context) => {
    const { args, out, stdin } = context;
    const expectedVersion = args.number('expected-version', 0);
    await withStore(context, async ({ store }) => {
      const batch = await readBatch(stdin);
      try {
        const { first, last } = await store.appendEvents(args.argument('TOPIC'), batch.events, { expectedVersion });
        await out.line(printJson({ first, last }));
      } catch (error) {
        throw withLine(error, batch);
      }
    });
  },
};
