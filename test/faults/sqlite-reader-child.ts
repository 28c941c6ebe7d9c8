import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { findPartialBatch } from './batch-check.ts';

/** Reads a topic over and over until its standard input says something or ends; prints every batch that it ever saw in part. */

const [base = '', topic = ''] = process.argv.slice(2);
const adapter = sqliteAdapter();
const repository = await adapter.open(await adapter.locate('store.db', base), { create: false, lockWait: 10_000 });

let over = false;
process.stdin.on('data', () => (over = true)).on('end', () => (over = true));

let looks = 0;
let latest = 0;
let growths = 0;
while (!over) {
  const before = await repository.latestVersion(topic);
  const page = await repository.read(topic, { direction: 'backward', cursor: null, limit: 60 });
  const partial = findPartialBatch(page.events.toReversed(), page.next !== null);
  if (partial) process.stdout.write(`partial ${partial}\n`);
  if (page.damaged.length > 0) process.stdout.write(`damaged ${JSON.stringify(page.damaged)}\n`);
  if ((page.events[0]?.version ?? 0) < before) process.stdout.write(`backwards ${before}\n`);
  if (before > latest) growths++;
  latest = before;
  looks++;
  // A reader that takes the whole processor would leave little to be seen.
  await sleep(1);
}
process.stdout.write(`looks ${looks} ${growths}\n`);
await repository.close();
process.stdin.destroy();
