import type { Database, Statement } from 'better-sqlite3';
import { writtenInJson } from '../scan-columns.ts';
import { encodeId } from './event-row.ts';

/** version, type_id, ts of each row, in order of version. */
export interface Step {
  readonly rows: readonly (readonly unknown[])[];
  readonly scanned: number;
  /** The version to go on after; null at the end of the topic. */
  readonly last: number | null;
}

/** Steps through a topic that give only events of one id, or with one text in their metadata. */
export interface TextSteps {
  /** Looks at no more than `size` versions after `after`. */
  next(topicId: number, after: number, size: number, holding: string): Step;
  /** One version, if it is there and holds the text. */
  one(topicId: number, version: number, holding: string): readonly unknown[] | null;
}

type Edge = readonly [version: number, pos: number];

const COLUMNS = 'version, type_id, ts';
/**
 * The table is walked in its own order while it holds no more than this many rows for each of the topic: it takes a
 * sixth of the time an index takes to lead to the same rows.
 */
const MOST_OTHERS = 6;
/** Bytes of a pattern that SQLite takes, and where it is quicker than instr. */
const LONGEST_PATTERN = 1000;

export function createTextSteps(db: Database): TextSteps {
  const edges = 'SELECT version, pos FROM events INDEXED BY events_tv WHERE topic_id = ? AND version';
  const firstAfter = db.prepare<[number, number], Edge>(`${edges} > ? ORDER BY version LIMIT 1`).raw();
  const lastUpTo = db.prepare<[number, number], Edge>(`${edges} <= ? ORDER BY version DESC LIMIT 1`).raw();
  const rowsOf = (sql: string): Statement => db.prepare(`SELECT ${COLUMNS} FROM events ${sql}`).raw().safeIntegers();
  // An id of the shape of a UUID is bytes, but a foreign hand may have stored it as text.
  const ofId = rowsOf('INDEXED BY events_id WHERE topic_id = ? AND id IN (?, ?) AND version BETWEEN ? AND ?');
  const HOLDS = { pattern: 'metadata GLOB ?', text: "instr(coalesce(metadata, 'null'), ?) > 0" };
  const inTable = (holds: string): Statement =>
    rowsOf(`NOT INDEXED WHERE pos BETWEEN ? AND ? AND ${holds} AND topic_id = ? AND version BETWEEN ? AND ?`);
  const inIndex = (holds: string): Statement => rowsOf(`INDEXED BY events_tv WHERE ${holds} AND topic_id = ? AND version BETWEEN ? AND ?`);
  const single = rowsOf(`INDEXED BY events_tv WHERE topic_id = ? AND version = ? AND (id IN (?, ?) OR ${HOLDS.text})`);
  const table = { pattern: inTable(HOLDS.pattern), text: inTable(HOLDS.text) };
  const index = { pattern: inIndex(HOLDS.pattern), text: inIndex(HOLDS.text) };

  const holders = (topicId: number, [first, start]: Edge, [last, end]: Edge, holding: string): readonly (readonly unknown[])[] => {
    const written = writtenInJson(holding);
    const quick = written.length <= LONGEST_PATTERN && !'null'.includes(written);
    const way = quick ? 'pattern' : 'text';
    const sought = quick ? `*${written.replaceAll(/[*?[]/g, '[$&]')}*` : written;
    const versions = last - first + 1;
    const positions = end - start + 1;
    // Fewer places than versions: some lie elsewhere, as we never write them.
    const isDense = positions >= versions && positions <= versions * (1 + MOST_OTHERS);
    return (
      isDense ? table[way].all(start, end, sought, topicId, first, last) : index[way].all(sought, topicId, first, last)
    ) as (readonly unknown[])[];
  };

  const between = (topicId: number, first: Edge, last: Edge, holding: string): readonly (readonly unknown[])[] => {
    const rows = new Map<unknown, readonly unknown[]>();
    for (const row of holders(topicId, first, last, holding)) rows.set(row[0], row);
    const ofThisId = ofId.all(topicId, encodeId(holding), holding, first[0], last[0]) as (readonly unknown[])[];
    for (const row of ofThisId) rows.set(row[0], row);
    return [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  };

  return {
    next(topicId, after, size, holding) {
      const first = firstAfter.get(topicId, after);
      const last = first && lastUpTo.get(topicId, first[0] + size - 1);
      if (!first || !last) return { rows: [], scanned: 0, last: null };
      return { rows: between(topicId, first, last, holding), scanned: last[0] - first[0] + 1, last: last[0] };
    },
    one: (topicId, version, holding) =>
      (single.get(topicId, version, encodeId(holding), holding, writtenInJson(holding)) as readonly unknown[] | undefined) ?? null,
  };
}
