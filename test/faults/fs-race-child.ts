import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import { isEventStoreError } from '../../src/shared/model/errors.ts';
import { JSON_NULL, type JsonText } from '../../src/shared/model/json-text.ts';

/** Races on topic `t`: tries every expected version from 0 up to `versions`, waits for nobody, prints `won <version>`. */

const [base = '', label = '', versions = '0'] = process.argv.slice(2);
const adapter = fileSystemAdapter();
const repository = await adapter.open(await adapter.locate('store', base), { create: false, lockWait: 10_000 });
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));

for (let expected = 0; expected < Number(versions);) {
  try {
    const id = `${label}-${expected}`;
    const event = { id, idGiven: true, type: 'Raced', data: '{}' as JsonText, metadata: JSON_NULL, timestamp: 1n, timestampGiven: true };
    const { first } = await repository.append('t', [event], expected);
    process.stdout.write(`won ${first}\n`);
    expected = first;
  } catch (error) {
    if (!isEventStoreError(error, 'VERSION_CONFLICT')) throw error;
    expected = Number(error.details['actual']);
  }
}
await repository.close();
process.stdin.destroy();
