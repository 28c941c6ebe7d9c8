import { resolve } from 'node:path';
import { createStore } from '../compose.ts';
import type { Command } from './command.ts';
import { printJson } from './print-json.ts';

export const newStore: Command = {
  summary: 'make a new, empty store: a SQLite file, or a folder',
  positionals: ['PATH'],
  options: {
    adapter: { kind: 'text', value: 'sqlite|fs', help: 'a SQLite file (default) or a folder' },
    'config-topic': { kind: 'text', value: 'NAME', help: 'name of the configuration topic (default: configuration)' },
  },
  run: async ({ args, out, folder }) => {
    const { path, kind, configStream } = await createStore(resolve(folder, args.argument('PATH')), {
      adapter: args.text('adapter') ?? 'sqlite',
      configTopic: args.text('config-topic'),
    });
    await out.line(printJson({ path, kind, configStream }));
  },
};
