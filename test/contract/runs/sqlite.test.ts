import { sqliteAdapter } from '../../../src/main/adapters/sqlite/sqlite-adapter.ts';
import { describeEventRepository } from '../event-repository.contract.ts';
import { damageEventRow } from '../../adapters/sqlite/damage-event-row.ts';
import { pathSubject } from '../subjects/path-subject.ts';

describeEventRepository('the SQLite adapter', pathSubject(sqliteAdapter(), { place: 'store.db', damage: damageEventRow }));
