import { sqliteAdapter } from '../../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { describeEventRepository } from '../../contract/event-repository.contract.ts';
import { pathSubject } from '../../contract/subjects/path-subject.ts';

describeEventRepository('the sqlite adapter', pathSubject(sqliteAdapter(), { place: 'store.db' }));
