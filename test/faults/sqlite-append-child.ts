import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { JSON_NULL, parseJsonText } from '../../src/shared/model/json-text.ts';

/**
 * Told to go, appends batches of 1 to 50 events until it is killed, and prints `try <batch> <size>` before and
 * `ack <batch> <size> <first>` after each. With a batch and its size it repeats just that batch and ends.
 */

const [base = '', topic = '', label = '', seed = '1', retry = '', retrySize = ''] = process.argv.slice(2);

const adapter = sqliteAdapter();
const repository = await adapter.open(await adapter.locate('store.db', base), { create: false, lockWait: 10_000 });

let random = Number(seed);
function below(limit: number): number {
  random = (random * 1103515245 + 12345) % 2147483648;
  return Math.floor((random / 2147483648) * limit);
}

async function append(batch: string, size: number): Promise<void> {
  const events = Array.from({ length: size }, (_, index) => ({
    id: `${batch}/${index}`,
    idGiven: true,
    type: 'Batched',
    data: parseJsonText(`{"batch":${JSON.stringify(batch)},"size":${size},"index":${index}}`),
    metadata: JSON_NULL,
    timestamp: 1n,
    timestampGiven: true,
  }));
  const { first } = await repository.append(topic, events, null);
  process.stdout.write(`ack ${batch} ${size} ${first}\n`);
}

if (retry) {
  await append(retry, Number(retrySize));
  await repository.close();
} else {
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  for (let n = 0; ; n++) {
    const size = 1 + below(50);
    const batch = `${label}-${n}`;
    process.stdout.write(`try ${batch} ${size}\n`);
    await append(batch, size);
  }
}
