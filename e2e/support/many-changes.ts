import { createStore, openStore } from '../../src/main/compose.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

/**
 * `node many-changes.ts PATH TOPICS CHANGES`: a new SQLite store with a configuration topic called `many` of so many events,
 * every five hundredth of them one that is skipped. Open it with `--config-topic many`.
 */
const [path = '', topics = '0', changes = '0'] = process.argv.slice(2);
await createStore(path, { adapter: 'sqlite' });
const { store, close } = await openStore(path, { storage: 'inline' });
await store.createTopic({ name: 'many' });
const eventOf = (n: number) => {
  const name = `topic-${String(((n * 7919) % Number(topics)) + 1).padStart(5, '0')}`;
  const created = { name, adapter: 'sqlite', connection: '.', options: { owner: `team ${n % 7}`, retention: `${n % 90}d` } };
  const [type, data] =
    n < Number(topics)
      ? ['TopicCreated', created]
      : [n % 500 === 0 ? 'Unknown' : 'TopicUpdated', { name, options: { owner: `team ${n % 5}` } }];
  return { type, data: parseJsonText(JSON.stringify(data)), metadata: parseJsonText('{"source":"eventstore"}') };
};
for (let n = 0; n < Number(changes); n += 1000) {
  await store.appendEvents(
    'many',
    Array.from({ length: Math.min(1000, Number(changes) - n) }, (_none, index) => eventOf(n + index)),
  );
}
await close();
