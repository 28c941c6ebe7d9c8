import Database from 'better-sqlite3';
import type { Report } from './report.ts';

/** What Tidemark itself runs on here; whatever else a group measures with, it names itself. */
export function addOwnVersions({ uses }: Pick<Report, 'uses'>): void {
  const db = new Database(':memory:');
  const sqlite = String(db.prepare('SELECT sqlite_version()').pluck().get());
  db.close();
  uses('node', process.versions.node);
  uses('v8', process.versions.v8);
  uses('sqlite', sqlite);
}
