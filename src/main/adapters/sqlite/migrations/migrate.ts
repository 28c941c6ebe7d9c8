import type { Database } from 'better-sqlite3';
import type { Migration } from './migration.ts';
import { MIGRATIONS } from './migrations.ts';

/**
 * Brings a database from `from` (its user_version) to the newest step. The caller holds the write transaction, so a
 * crash or an error leaves the file as it was.
 */
export function migrate(db: Database, from: number, steps: readonly Migration[] = MIGRATIONS): void {
  for (const step of steps) {
    if (step.version <= from) continue;
    db.exec(step.sql);
    db.pragma(`user_version = ${step.version}`);
  }
}
