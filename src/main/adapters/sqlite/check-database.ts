import Database from 'better-sqlite3';
import { EventStoreError } from '../../../shared/model/errors.ts';
import { APPLICATION_ID } from './application-id.ts';
import { notAStore } from './database-file.ts';
import { migrate } from './migrations/migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/migrations.ts';

type SchemaObject = { readonly type: string; readonly name: string; readonly sql: string };

const OBJECTS = "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/**
 * The schema version of an open database, 0 for one that holds nothing yet.
 * @throws EventStoreError NOT_A_STORE for another program's database; REPOSITORY_FAILED for a schema newer than this
 * program or one that is not what the migrations make: a trigger or a changed table would run or break at our writes.
 */
export function checkDatabase(db: Database.Database, place: string): number {
  const applicationId = db.pragma('application_id', { simple: true }) as number;
  const version = db.pragma('user_version', { simple: true }) as number;
  const objects = db.prepare(OBJECTS).all() as SchemaObject[];
  if (applicationId === 0 && version === 0 && objects.length === 0) return 0;
  if (applicationId !== APPLICATION_ID) {
    throw notAStore(
      place,
      `a SQLite database of another program (application id 0x${(applicationId >>> 0).toString(16).padStart(8, '0')})`,
    );
  }
  if (version > SCHEMA_VERSION) {
    throw schemaFailure(
      place,
      `The store ${place} was written by a newer Tidemark (schema ${version}, this one knows ${SCHEMA_VERSION}). Nothing was changed. Update Tidemark to open it.`,
      { found: version, known: SCHEMA_VERSION },
    );
  }
  const strange = version < 1 ? 'its schema version' : strangeObject(objects, version);
  if (strange !== null) {
    throw schemaFailure(
      place,
      `The schema of ${place} is not the one Tidemark writes (${strange}). Nothing was changed. Keep the file and restore a backup.`,
      {
        object: strange,
      },
    );
  }
  return version;
}

/** The first object that is missing, altered, or would run by itself; null when all is well. Indexes and views of others do no harm. */
function strangeObject(objects: readonly SchemaObject[], version: number): string | null {
  const found = new Map(objects.map((object) => [object.name, object]));
  for (const { type, name, sql } of expectedObjects(version)) {
    const actual = found.get(name);
    if (actual?.type !== type || actual.sql !== sql) return `${type} ${name}`;
  }
  const trigger = objects.find((object) => object.type === 'trigger');
  return trigger ? `trigger ${trigger.name}` : null;
}

const expected = new Map<number, readonly SchemaObject[]>();

function expectedObjects(version: number): readonly SchemaObject[] {
  const known = expected.get(version);
  if (known) return known;
  const model = new Database(':memory:');
  migrate(
    model,
    0,
    MIGRATIONS.filter((step) => step.version <= version),
  );
  const objects = model.prepare(OBJECTS).all() as SchemaObject[];
  model.close();
  expected.set(version, objects);
  return objects;
}

function schemaFailure(place: string, message: string, details: Readonly<Record<string, unknown>>): EventStoreError {
  return new EventStoreError('REPOSITORY_FAILED', message, { place, ...details });
}
