import { firstSchema } from './0001-first-schema.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema, oldest first. */
export const MIGRATIONS: readonly Migration[] = [firstSchema];

/** The user_version this program writes. */
export const SCHEMA_VERSION = MIGRATIONS.length;
