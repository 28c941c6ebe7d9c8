import type { Database } from 'better-sqlite3';
import type { ReadQuery } from '../../../shared/model/event.ts';

export type TypeVersions = (
  topicId: number,
  typeIds: readonly number[],
  direction: ReadQuery['direction'],
  cursor: number,
  limit: number,
) => Iterable<number>;

const SMALLEST_CHUNK = 16;

/**
 * The versions of several types in one order: each type is walked through the index in chunks, the next version of all
 * comes first. One statement over all types would sort every event of them for each page.
 */
export function createTypeVersions(db: Database): TypeVersions {
  const forward = db.prepare<[number, number, number, number], number>(
    'SELECT version FROM events INDEXED BY events_type WHERE topic_id = ? AND type_id = ? AND version > ? ORDER BY version LIMIT ?',
  );
  const backward = db.prepare<[number, number, number, number], number>(
    'SELECT version FROM events INDEXED BY events_type WHERE topic_id = ? AND type_id = ? AND version < ? ORDER BY version DESC LIMIT ?',
  );
  forward.pluck();
  backward.pluck();

  return function* (topicId, typeIds, direction, cursor, limit) {
    const statement = direction === 'forward' ? forward : backward;
    const isBefore = (a: number, b: number): boolean => (direction === 'forward' ? a < b : a > b);
    const chunk = Math.max(SMALLEST_CHUNK, Math.ceil((2 * (limit + 1)) / typeIds.length));
    const fetch = (typeId: number, from: number): number[] => statement.all(topicId, typeId, from, chunk);
    const walks = typeIds.map((typeId) => ({ typeId, versions: fetch(typeId, cursor), at: 0 }));
    for (;;) {
      let next: (typeof walks)[number] | null = null;
      for (const walk of walks) {
        if (walk.at === walk.versions.length && walk.versions.length === chunk) {
          walk.versions = fetch(walk.typeId, walk.versions[chunk - 1]!);
          walk.at = 0;
        }
        const head = walk.versions[walk.at];
        if (head !== undefined && (next === null || isBefore(head, next.versions[next.at]!))) next = walk;
      }
      if (next === null) return;
      yield next.versions[next.at++]!;
    }
  };
}
