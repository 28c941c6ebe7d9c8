import { afterAll } from 'vitest';
import { openStorageThread } from '../../../src/main/threads/open-storage-thread.ts';
import { describeEventRepository } from '../event-repository.contract.ts';
import { damageEventRow } from '../../adapters/sqlite/damage-event-row.ts';
import { damageEventFile } from '../subjects/damage-event-file.ts';
import { pathSubject } from '../subjects/path-subject.ts';

const thread = openStorageThread({
  entry: new URL('../../../src/main/threads/storage-worker.ts', import.meta.url),
  adapters: ['fs', 'sqlite'],
});
afterAll(() => thread.close());

describeEventRepository(
  'the SQLite adapter behind the storage thread',
  pathSubject(thread.adapters['sqlite']!, { place: 'store.db', damage: damageEventRow }),
);
describeEventRepository(
  'the filesystem adapter behind the storage thread',
  pathSubject(thread.adapters['fs']!, { place: 'store', damage: damageEventFile, damagesAll: true }),
);
