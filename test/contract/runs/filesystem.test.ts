import { fileSystemAdapter } from '../../../src/main/adapters/filesystem/file-system-adapter.ts';
import { describeEventRepository } from '../event-repository.contract.ts';
import { damageEventFile } from '../subjects/damage-event-file.ts';
import { pathSubject } from '../subjects/path-subject.ts';

describeEventRepository(
  'the filesystem adapter',
  pathSubject(fileSystemAdapter(), { place: 'store', damage: damageEventFile, damagesAll: true }),
);
