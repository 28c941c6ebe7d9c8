import type { Database } from 'better-sqlite3';
import { encodeId } from './event-row.ts';
import { isDamage } from './sqlite-failure.ts';
import type { TopicRow } from './topic-rows.ts';

/** The lowest version above `after` of an event of this id, 0 where there is none; null where the way there is damaged. */
export type IdReader = (topic: TopicRow, id: string, after: number) => number | null;

export function createIdReader(db: Database): IdReader {
  // An id of the shape of a UUID is bytes, but a foreign hand may have stored it as text.
  const lowest = db
    .prepare<[number, string | Buffer, string, number], number | null>(
      'SELECT min(version) FROM events INDEXED BY events_id WHERE topic_id = ? AND id IN (?, ?) AND version > ?',
    )
    .pluck();
  return ({ topicId }, id, after) => {
    try {
      return lowest.get(topicId, encodeId(id), id, after) ?? 0;
    } catch (error) {
      // A scan finds its way around.
      if (!isDamage(error)) throw error;
      return null;
    }
  };
}
