/**
 * The EventStore inside a program of your own: open a store on disk, append with an expected version, meet a conflict,
 * read on and follow. Run it: `node examples/embedded-store.ts PATH` (a path where nothing is yet).
 */
import { createStore, openStore } from '../src/main/compose.ts';
import { isEventStoreError } from '../src/shared/model/errors.ts';
import { toJsonText } from '../src/shared/model/json-text.ts';

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Give a path where nothing is yet: node examples/embedded-store.ts PATH');

await createStore(path);
const { store, close } = await openStore(path);
try {
  await store.createTopic({ name: 'orders', options: { owner: 'sales' } });

  // Data is JSON text: what a JavaScript number cannot hold (an int64, 1.10) is given as text with `parseJsonText`.
  const placed = { type: 'OrderPlaced', data: toJsonText({ orderId: 'o-1', total: 12.5 }) };
  const { last } = await store.appendEvents('orders', [placed], { expectedVersion: 0 });
  console.log(`appended up to version ${last}`);

  // Two writers believed the topic to be empty: the second is told, reads what is new, and decides again.
  try {
    await store.appendEvents('orders', [{ type: 'OrderPlaced' }], { expectedVersion: 0 });
  } catch (error) {
    if (!isEventStoreError(error, 'VERSION_CONFLICT')) throw error;
    console.log(`conflict: the topic is at version ${String(error.details['actual'])}`);
  }
  await store.appendEvents('orders', [{ type: 'OrderConfirmed', data: toJsonText({ orderId: 'o-1' }) }], { expectedVersion: last });

  const { events, damaged } = await store.getEvents('orders');
  for (const { version, type, data } of events) console.log(`${version} ${type} ${data}`);
  if (damaged.length > 0) console.log(`${damaged.length} versions cannot be read`);

  // A subscription delivers what is there, then what comes, each version once.
  const seen = new Promise<void>((resolve) => {
    void store.subscribe('orders', last, ({ events: news }) => {
      for (const { version, type } of news) console.log(`heard of ${type} at version ${version}`);
      if (news.some(({ type }) => type === 'OrderShipped')) resolve();
    });
  });
  await store.appendEvents('orders', [{ type: 'OrderShipped' }]);
  await seen;
} finally {
  await close();
}
