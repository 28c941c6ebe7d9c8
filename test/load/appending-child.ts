import { openStore } from '../../src/main/compose.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

/** `node appending-child.ts PATH TOPIC WHO BATCHES SIZE`: says `ready`, waits for a line, appends, and says each last version. */
const [path = '', topic = '', who = '', batches = '0', size = '1'] = process.argv.slice(2);
const { store, close } = await openStore(path);
process.stdout.write('ready\n');
await new Promise((go) => process.stdin.once('data', go));
process.stdin.destroy();
let n = 0;
for (let batch = 0; batch < Number(batches); batch++) {
  const events = Array.from({ length: Number(size) }, () => ({
    type: n % 7 === 0 ? 'Seventh' : 'Other',
    data: parseJsonText(JSON.stringify({ who, n: ++n })),
  }));
  const { last } = await store.appendEvents(topic, events);
  process.stdout.write(`${last}\n`);
}
await close();
