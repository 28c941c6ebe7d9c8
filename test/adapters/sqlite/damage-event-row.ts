import Database from 'better-sqlite3';
import type { ContractSubject } from '../../contract/subject.ts';

/** Makes one event's data something that is not JSON, as a foreign hand would. */
export const damageEventRow: NonNullable<ContractSubject['damage']> = async ({ place }, topic, version) => {
  const db = new Database(place, { fileMustExist: true });
  const changed = db
    .prepare(
      "UPDATE events SET data = '{\"broken' WHERE version = ? AND topic_id = (SELECT topic_id FROM topics WHERE name = ? AND deleted_at IS NULL)",
    )
    .run(version, topic).changes;
  db.close();
  if (changed !== 1) throw new Error(`no version ${version} in ${topic} to damage`);
};
