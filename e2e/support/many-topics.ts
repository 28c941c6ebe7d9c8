import { openStore } from '../../src/main/compose.ts';

/** `node many-topics.ts PATH COUNT`: makes topics `topic-0001`… in one process; every hundredth one gets an event. */
const [path = '', count = '0'] = process.argv.slice(2);
const { store, close } = await openStore(path, { storage: 'inline' });
for (let n = 1; n <= Number(count); n++) {
  const name = `topic-${String(n).padStart(4, '0')}`;
  await store.createTopic({ name });
  if (n % 100 === 0) await store.appendEvents(name, [{ type: 'Made' }]);
}
await close();
