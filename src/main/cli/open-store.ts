import { resolve } from 'node:path';
import { openStore, type OpenedStore } from '../compose.ts';
import type { CommandContext } from './command.ts';

/** Opens the store that PATH names, does the work, and closes it whatever happens; a failed close is a failure too. */
export async function withStore(context: CommandContext, work: (opened: OpenedStore) => Promise<void>): Promise<void> {
  const { args, logger, folder } = context;
  const opened = await openStore(resolve(folder, args.argument('PATH')), {
    logger,
    configTopic: args.text('config-topic'),
    readOnly: args.flag('read-only'),
    allowOutside: args.flag('allow-outside'),
    storage: 'inline',
  });
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}
