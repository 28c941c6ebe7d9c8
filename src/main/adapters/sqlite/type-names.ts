import type { Database } from 'better-sqlite3';

/** Event types by number and by name. Types are never renamed or removed, so what was read once stays true. */
export interface TypeNames {
  /** Null where the number is unknown or its name is not text. */
  name(typeId: number): string | null;
  id(name: string): number | null;
}

export function createTypeNames(db: Database): TypeNames {
  const byId = db.prepare<[number], [unknown, unknown]>('SELECT name, CAST(name AS BLOB) FROM types WHERE type_id = ?').raw();
  const byName = db.prepare<[string], number>('SELECT type_id FROM types WHERE name = ?').pluck();
  const known = new Map<number, string>();
  return {
    name: (typeId) => {
      const cached = known.get(typeId);
      if (cached !== undefined) return cached;
      const row = byId.get(typeId);
      if (!row) return null;
      const [name, bytes] = row;
      // Bytes that are not UTF-8 come out changed: then the name is not the one that was stored.
      if (typeof name !== 'string' || !Buffer.isBuffer(bytes) || !Buffer.from(name).equals(bytes)) return null;
      known.set(typeId, name);
      return name;
    },
    id: (name) => byName.get(name) ?? null,
  };
}
