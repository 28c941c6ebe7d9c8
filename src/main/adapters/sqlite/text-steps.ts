import type { Database, Statement } from 'better-sqlite3';
import { writtenInJson } from '../scan-columns.ts';
import { encodeId } from './event-row.ts';
import { createSmallRows } from './small-rows.ts';

/** version, type_id, ts of each row, in order of version. */
export interface Step {
  readonly rows: readonly Row[];
  readonly scanned: number;
  /** The version to go on after; null at the end of the topic. */
  readonly last: number | null;
}

/** Steps through a topic that give only events of one id, or with one text in their metadata. */
export interface TextSteps {
  /** Looks at no more than `size` versions after `after`, fewer where the rows on the way are many or large. */
  next(topicId: number, after: number, size: number, holding: string): Step;
  /** One version, if it is there and holds the text. */
  one(topicId: number, version: number, holding: string): Row | null;
}

type Edge = readonly [version: number, pos: number];
type Row = readonly unknown[];

interface Found {
  readonly rows: readonly Row[];
  readonly upTo: number;
}

/** One question, by different ways to its rows. */
interface Walks {
  /** Through the table where all rows are known to be small. */
  readonly quick: Statement;
  readonly table: Statement;
  readonly index: Statement;
}

const COLUMNS = 'version, type_id, ts';
const IS_BETWEEN = 'pos BETWEEN @start AND @end';
const IS_OWN = 'topic_id = @topicId AND version BETWEEN @first AND @last';
/** Places of the columns behind them: whether the text is there, null for a row of another topic; whether the row is large. */
const HOLDS_AT = 3;
const LARGE_AT = 4;
/**
 * The table is walked in its own order while it holds no more than this many rows for each of the topic: it takes a
 * sixth of the time an index takes to lead to the same rows.
 */
const MOST_OTHERS = 6;
/** Rows of the table that one step walks. */
const MOST_WALKED = 8192;
/**
 * Bytes of data, or of metadata, of a large row. Its size stands at its beginning, and a statement gives it whatever it holds: behind
 * each of them the clock is looked at.
 */
const LARGE = 2048;
const IS_LARGE = `(octet_length(metadata) > ${LARGE} OR octet_length(data) > ${LARGE})`;
/** Milliseconds after which a step ends at the next of them. */
const LONG_MS = 4;
/** Bytes of a pattern that SQLite takes, and where it is quicker than instr. */
const LONGEST_PATTERN = 1000;

export function createTextSteps(db: Database): TextSteps {
  const edges = 'SELECT version, pos FROM events INDEXED BY events_tv WHERE topic_id = ? AND version';
  const firstAfter = db.prepare<[number, number], Edge>(`${edges} > ? ORDER BY version LIMIT 1`).raw();
  const lastUpTo = db.prepare<[number, number], Edge>(`${edges} <= ? ORDER BY version DESC LIMIT 1`).raw();
  const rowsOf = (columns: string, sql: string): Statement => db.prepare(`SELECT ${columns} FROM events ${sql}`).raw().safeIntegers();
  // An id of the shape of a UUID is bytes, but a foreign hand may have stored it as text.
  const ofId = rowsOf(COLUMNS, 'INDEXED BY events_id WHERE topic_id = ? AND id IN (?, ?) AND version BETWEEN ? AND ?');
  const walksOf = (holds: string): Walks => {
    const found = `${COLUMNS}, iif(${IS_OWN}, ifnull(${holds}, 0), NULL), ${IS_LARGE}`;
    return {
      quick: rowsOf(`${COLUMNS}, 1, 0`, `NOT INDEXED WHERE ${IS_BETWEEN} AND ${holds} AND ${IS_OWN}`),
      table: rowsOf(found, `NOT INDEXED WHERE ${IS_BETWEEN} AND (${IS_LARGE} OR (${holds} AND ${IS_OWN}))`),
      index: rowsOf(found, `INDEXED BY events_tv WHERE ${IS_OWN} AND (${IS_LARGE} OR ${holds})`),
    };
  };
  const pattern = walksOf('metadata GLOB @sought');
  const text = walksOf("instr(coalesce(metadata, 'null'), @sought) > 0");
  const single = rowsOf(
    COLUMNS,
    "INDEXED BY events_tv WHERE topic_id = ? AND version = ? AND (id IN (?, ?) OR instr(coalesce(metadata, 'null'), ?) > 0)",
  );
  const small = createSmallRows();

  /** What is there up to the version that its time led to, the last one at most. */
  const between = (topicId: number, [first, from]: Edge, [last, end]: Edge, holding: string): Found => {
    const written = writtenInJson(holding);
    const isPattern = written.length <= LONGEST_PATTERN && !'null'.includes(written);
    const sought = isPattern ? `*${written.replaceAll(/[*?[]/g, '[$&]')}*` : written;
    const isInTable = isDense(last - first + 1, end - from + 1);
    const start = isInTable ? small.joining(from) : from;
    const way = !isInTable ? 'index' : small.covers(start, end) ? 'quick' : 'table';
    const given = { sought, topicId, first, last, start, end };

    const rows = new Map<unknown, Row>();
    const deadline = performance.now() + LONG_MS;
    let isSmall = isInTable;
    let upTo = last;
    for (const row of (isPattern ? pattern : text)[way].iterate(given) as Iterable<Row>) {
      if (row[LARGE_AT]) isSmall = false;
      if (row[HOLDS_AT] === null) continue;
      if (row[HOLDS_AT]) rows.set(row[0], row);
      if (performance.now() < deadline) continue;
      isSmall = false;
      upTo = Number(row[0]);
      break;
    }
    if (isSmall) small.add(start, end);
    for (const row of ofId.all(topicId, encodeId(holding), holding, first, upTo) as Row[]) rows.set(row[0], row);
    return { rows: [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0])), upTo };
  };

  return {
    next(topicId, after, size, holding) {
      const first = firstAfter.get(topicId, after);
      let last = first && lastUpTo.get(topicId, first[0] + size - 1);
      while (first && last && last[1] - first[1] >= MOST_WALKED && isDense(last[0] - first[0] + 1, last[1] - first[1] + 1)) {
        last = lastUpTo.get(topicId, first[0] + ((last[0] - first[0]) >> 1));
      }
      if (!first || !last) return { rows: [], scanned: 0, last: null };
      const { rows, upTo } = between(topicId, first, last, holding);
      return { rows, scanned: upTo - first[0] + 1, last: upTo };
    },
    one: (topicId, version, holding) =>
      (single.get(topicId, version, encodeId(holding), holding, writtenInJson(holding)) as Row | undefined) ?? null,
  };
}

/** Whether the table holds mostly rows of the topic. With fewer places than versions some lie elsewhere, as we never write them. */
function isDense(versions: number, positions: number): boolean {
  return positions >= versions && positions <= versions * (1 + MOST_OTHERS);
}
