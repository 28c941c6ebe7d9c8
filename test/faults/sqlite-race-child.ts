import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { isEventStoreError } from '../../src/shared/model/errors.ts';
import { eventOf } from '../adapters/sqlite/database-folder.ts';

/** Races on topic `orders`: tries every expected version from 0 up to `versions`, prints `won <version>` or `lost <version>`. */

const [base = '', label = '', versions = '0'] = process.argv.slice(2);
const adapter = sqliteAdapter();
const repository = await adapter.open(await adapter.locate('store.db', base), { create: false, lockWait: 20_000 });
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));

for (let expected = 0; expected < Number(versions);) {
  try {
    const { first } = await repository.append('orders', [eventOf(`${label}-${expected}`)], expected);
    process.stdout.write(`won ${first}\n`);
    expected = first;
  } catch (error) {
    if (!isEventStoreError(error, 'VERSION_CONFLICT')) throw error;
    process.stdout.write(`lost ${expected + 1}\n`);
    expected = Number(error.details['actual']);
  }
}
await repository.close();
process.stdin.destroy();
