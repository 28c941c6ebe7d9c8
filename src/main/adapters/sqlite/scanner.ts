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

interface StepTaken {
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

  const take = (columns: ScanColumns, topic: TopicRow, row: readonly unknown[]): void => {
    const version = Number(row[0]);
    const typeId = row[1];
    const ts = row[2];
    const type = typeof typeId === 'bigint' ? types.name(Number(typeId)) : null;
    if (typeof ts === 'bigint' && type !== null) columns.add(version, ts, type);
    else columns.addDamaged(damagedRow(topic, version, 'its type or its time cannot be told'));
  };

  const takeStep = (columns: ScanColumns, topic: TopicRow, after: number, size: number): StepTaken => {
    const rows = every.all(topic.topicId, after, size) as (readonly unknown[])[];
    for (const row of rows) take(columns, topic, row);
    return { scanned: rows.length, last: rows.length < size ? null : Number(rows.at(-1)?.[0]) };
  };

  const takeStepHolding = (columns: ScanColumns, topic: TopicRow, after: number, size: number, sought: Sought): StepTaken => {
    const [scanned, last] = window.get(topic.topicId, after, size) ?? [0, null];
    const rows = last === null ? [] : (holdingUpTo.all(topic.topicId, after, last, ...sought) as (readonly unknown[])[]);
    for (const row of rows) take(columns, topic, row);
    return { scanned, last: scanned < size ? null : last };
  };

  /** Step after step, up to the first one that meets damage; null where that is the first of all. */
  const scanQuickly = (topic: TopicRow, after: number, sought: Sought | null): ScanSlice | null => {
    const columns = createScanColumns();
    let scanned = 0;
    let last = after;
    let size = sought ? FIRST_STEP_HOLDING : STEP;
    while (!columns.isFull(scanned)) {
      const started = performance.now();
      const most = Math.min(size, MAX_SCAN - scanned);
      try {
        const taken = sought ? takeStepHolding(columns, topic, last, most, sought) : takeStep(columns, topic, last, most);
        scanned += taken.scanned;
        if (taken.last === null) return columns.finish(scanned, null);
        last = taken.last;
      } catch (error) {
        if (!isDamage(error)) throw error;
        return scanned === 0 ? null : columns.finish(scanned, last);
      }
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
        if (row) take(columns, topic, row as unknown[]);
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
