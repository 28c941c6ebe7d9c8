import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import { batchOf, codeOf, readAll, topicConfig } from '../adapters/filesystem/folder-bench.ts';

/** As a user who may read the folder and not write it: reads, then tries every way to write. Prints one JSON object. */

const [base = '', user = ''] = process.argv.slice(2);
if (user) {
  process.setgroups?.([]);
  process.setgid?.(Number(user));
  process.setuid?.(Number(user));
}
const adapter = fileSystemAdapter();
const repository = await adapter.open(await adapter.locate('store', base), { create: false, lockWait: 500 });
const { events } = await readAll(repository, 't');
const health = await repository.health();
const codes = [
  await codeOf(repository.createTopic(topicConfig('new'), 'refuse', '1')),
  await codeOf(repository.writeTopicConfig(topicConfig('t'))),
  await codeOf(repository.append('t', batchOf(1, 'x'), null)),
  await codeOf(repository.trashTopic('t', '2')),
  await codeOf(repository.restoreTopic('1', 'old', topicConfig('old'))),
  await codeOf(repository.purgeTopic('1', 'old')),
];
await repository.close();
process.stdout.write(`${JSON.stringify({ events: events.length, readOnly: health.readOnly, codes })}\n`);
