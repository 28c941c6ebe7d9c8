import type { EventStore } from '../../src/main/eventstore/event-store.ts';
import type { EventRepository, RepositoryAdapter } from '../../src/main/eventstore/ports/event-repository.ts';
import { openStoreOnDisk, type DiskAdapter } from './store-on-disk.ts';

/** Runs one command and kills this process before the nth write that reaches a repository. Prints `done` if it lives. */

const [adapter = '', base = '', command = '', killBefore = ''] = process.argv.slice(2);

let writes = 0;
function step(): void {
  if (writes++ === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
}

const WRITES = ['createTopic', 'writeTopicConfig', 'trashTopic', 'restoreTopic', 'purgeTopic', 'append'] as const;

function killing(inner: RepositoryAdapter): RepositoryAdapter {
  return {
    locate: (connection, from) => inner.locate(connection, from),
    open: async (location, options) => {
      const repository = await inner.open(location, options);
      const counted = WRITES.map((name) => {
        const write = repository[name].bind(repository) as (...args: unknown[]) => Promise<unknown>;
        const counting = (...args: unknown[]): Promise<unknown> => {
          step();
          return write(...args);
        };
        return [name, counting];
      });
      return { ...repository, ...(Object.fromEntries(counted) as Partial<EventRepository>) };
    },
  };
}

const commands: Record<string, (store: EventStore) => Promise<unknown>> = {
  create: (store) => store.createTopic({ name: 'new', options: { k: 'v' } }),
  update: async (store) => store.updateTopic({ ...(await store.getTopic('keep')), options: { changed: 'yes' } }),
  delete: (store) => store.deleteTopic('gone'),
  restore: (store) => store.restoreTopic('4'),
};

const store = await openStoreOnDisk(adapter as DiskAdapter, base, killing);
await commands[command]?.(store);
// The step after the last write: before its effect could have been seen by anybody else.
step();
await store.close();
process.stdout.write('done\n');
