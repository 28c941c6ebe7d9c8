import type { Database } from 'better-sqlite3';
import { MAX_SCAN, type ScanSlice } from '../../eventstore/ports/event-repository.ts';
import { createScanColumns, writtenInJson, type ScanColumns } from '../scan-columns.ts';
import { encodeId } from './event-row.ts';
import { damagedRow } from './page-reader.ts';
import { isDamage } from './sqlite-failure.ts';
import type { TopicRow } from './topic-rows.ts';
import { createTypeNames } from './type-names.ts';

export type Scanner = (topic: TopicRow, after: number, holding: string | null) => ScanSlice;

/** Rows taken between two looks at the clock. Metadata may be large, so there the first step is short. */
const STEP = 2048;
const FIRST_STEP_HOLDING = 16;
/** Milliseconds: a step that took less is followed by one twice as long. */
const QUICK_MS = 1;
/** Versions looked at one by one on the way through damage. */
const SINGLY = 256;

/** What HOLDS is asked with. */
type Sought = readonly [id: string | Buffer, text: string, written: string];

interface Step {
  readonly rows: readonly (readonly unknown[])[];
  readonly scanned: number;
  /** The version to go on after; null at the end of the topic. */
  readonly last: number | null;
}

const COLUMNS = 'version, type_id, ts';
/** An id of the shape of a UUID is bytes, but a foreign hand may have stored it as text. */
const HOLDS = "(id IN (?, ?) OR instr(coalesce(metadata, 'null'), ?) > 0)";

/**
 * Walks a topic by its index of versions without reading data, and metadata only to look for a text. What cannot be read
 * costs its own rows. To be run inside a read transaction; no statement stays open.
 */
export function createScanner(db: Database): Scanner {
  const from = 'FROM events INDEXED BY events_tv WHERE topic_id = ?';
  const every = db.prepare(`SELECT ${COLUMNS} ${from} AND version > ? ORDER BY version LIMIT ?`);
  const single = db.prepare(`SELECT ${COLUMNS} ${from} AND version = ?`);
  const singleHolding = db.prepare(`SELECT ${COLUMNS} ${from} AND version = ? AND ${HOLDS}`);
  const holdingUpTo = db.prepare(`SELECT ${COLUMNS} ${from} AND version > ? AND version <= ? AND ${HOLDS} ORDER BY version`);
  for (const statement of [every, single, singleHolding, holdingUpTo]) statement.raw().safeIntegers();
  const window = db
    .prepare<[number, number, number], [number, number | null]>(
      `SELECT count(*), max(version) FROM (SELECT version ${from} AND version > ? ORDER BY version LIMIT ?)`,
    )
    .raw();
  const types = createTypeNames(db);

  const take = (columns: ScanColumns, topic: TopicRow, version: number, row: readonly unknown[]): void => {
    const typeId = row[1];
    const ts = row[2];
    const type = typeof typeId === 'bigint' ? types.name(Number(typeId)) : null;
    if (typeof ts === 'bigint' && type !== null) columns.add(version, ts, type);
    else columns.addDamaged(damagedRow(topic, version, 'its type or its time cannot be told'));
  };

  const readStep = ({ topicId }: TopicRow, after: number, size: number): Step => {
    const rows = every.all(topicId, after, size) as (readonly unknown[])[];
    return { rows, scanned: rows.length, last: rows.length < size ? null : Number(rows.at(-1)?.[0]) };
  };

  const readStepHolding = ({ topicId }: TopicRow, after: number, size: number, sought: Sought): Step => {
    const [scanned, last] = window.get(topicId, after, size) ?? [0, null];
    const rows = last === null ? [] : (holdingUpTo.all(topicId, after, last, ...sought) as (readonly unknown[])[]);
    return { rows, scanned, last: scanned < size ? null : last };
  };

  /** Null where the way is damaged: an error, or versions that do not ascend. */
  const soundStep = (topic: TopicRow, after: number, size: number, sought: Sought | null): Step | null => {
    try {
      const step = sought ? readStepHolding(topic, after, size, sought) : readStep(topic, after, size);
      return isAscending(step, after) ? step : null;
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  };

  /** Step after step, up to the first one that meets damage; null where that is the first of all. */
  const scanQuickly = (topic: TopicRow, after: number, sought: Sought | null): ScanSlice | null => {
    const columns = createScanColumns();
    let scanned = 0;
    let last = after;
    let size = sought ? FIRST_STEP_HOLDING : STEP;
    while (!columns.isFull(scanned)) {
      const started = performance.now();
      const step = soundStep(topic, last, Math.min(size, MAX_SCAN - scanned), sought);
      if (!step) return scanned === 0 ? null : columns.finish(scanned, last);
      for (const row of step.rows) take(columns, topic, Number(row[0]), row);
      scanned += step.scanned;
      if (step.last === null) return columns.finish(scanned, null);
      last = step.last;
      if (performance.now() - started < QUICK_MS) size = Math.min(size * 2, STEP);
    }
    return columns.finish(scanned, last);
  };

  /** The way through damage: version by version, up to the latest one the topic knows of. */
  const scanSingly = (topic: TopicRow, after: number, sought: Sought | null): ScanSlice => {
    const columns = createScanColumns();
    const end = Math.min(topic.lastVersion, after + SINGLY);
    let version = after;
    while (version < end && !columns.isFull(version - after)) {
      version++;
      try {
        const row = sought ? singleHolding.get(topic.topicId, version, ...sought) : single.get(topic.topicId, version);
        if (row) take(columns, topic, version, row as unknown[]);
      } catch (error) {
        if (!isDamage(error)) throw error;
        columns.addDamaged(damagedRow(topic, version, 'the database page that holds it is damaged'));
      }
    }
    return columns.finish(version - after, version < topic.lastVersion ? version : null);
  };

  return (topic, given, holding) => {
    const after = Math.max(0, given);
    const sought: Sought | null = holding === null ? null : [encodeId(holding), holding, writtenInJson(holding)];
    return scanQuickly(topic, after, sought) ?? scanSingly(topic, after, sought);
  };
}

function isAscending({ rows, last }: Step, after: number): boolean {
  let before = after;
  for (const row of rows) {
    const version = Number(row[0]);
    if (!(version > before)) return false;
    before = version;
  }
  return last === null || last >= before;
}
