import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { errorFacts } from '../../src/shared/model/errors.ts';
import { configOf, eventOf } from '../adapters/sqlite/database-folder.ts';

/** As a user who may read the database and not write beside it: reads, then tries every way to write. Prints one JSON object. */

const [base = '', user = ''] = process.argv.slice(2);
if (user) {
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'done',
    (error: unknown) => errorFacts(error).code,
  );
}

const adapter = sqliteAdapter();
const repository = await adapter.open(await adapter.locate('store.db', base), { create: false, lockWait: 500 });
const { events } = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 1000 });
const copied = (await repository.health()).checked['privateCopy'];
const codes = [
  await codeOf(repository.createTopic(configOf('new'), 'refuse', '1')),
  await codeOf(repository.writeTopicConfig(configOf('orders'))),
  await codeOf(repository.append('orders', [eventOf('x')], null)),
  await codeOf(repository.trashTopic('orders', '2')),
];
const { readOnly } = await repository.health();
await repository.close();
const left = readdirSync(tmpdir()).filter((name) => name.startsWith('tidemark-read-')).length;
process.stdout.write(`${JSON.stringify({ events: events.length, copied, readOnly, codes, left })}\n`);
