import type { Database } from 'better-sqlite3';
import type { ScanSlice } from '../../eventstore/ports/event-repository.ts';
import { createScanColumns, type ScanColumns } from '../scan-columns.ts';
import { damagedRow } from './page-reader.ts';
import { isDamage } from './sqlite-failure.ts';
import { createTextSteps, type Step } from './text-steps.ts';
import type { TopicRow } from './topic-rows.ts';
import { createTypeNames } from './type-names.ts';

export type Scanner = (topic: TopicRow, after: number, holding: string | null) => ScanSlice;

/** Rows taken between two looks at the clock. How long those that are searched take shows only then, so there the first step is short. */
const STEP = 2048;
const FIRST_STEP_HOLDING = 16;
/** Each step looks for its ends and for the id in the indexes, which takes some 0.1 ms. */
const MOST_HOLDING = 8192;
/** Milliseconds: a step that took less is followed by one twice as long, one that took far longer by a shorter one. */
const QUICK_MS = 2;
const SLOW_MS = 4;
/** Versions looked at one by one on the way through damage. */
const SINGLY = 256;

const COLUMNS = 'version, type_id, ts';

/**
 * Walks a topic by its index of versions without reading data, and through its metadata only to look for a text. What cannot be read
 * costs its own rows. To be run inside a read transaction; no statement stays open.
 */
export function createScanner(db: Database): Scanner {
  const from = 'FROM events INDEXED BY events_tv WHERE topic_id = ?';
  const every = db.prepare(`SELECT ${COLUMNS} ${from} AND version > ? ORDER BY version LIMIT ?`);
  const single = db.prepare(`SELECT ${COLUMNS} ${from} AND version = ?`);
  for (const statement of [every, single]) statement.raw().safeIntegers();
  const texts = createTextSteps(db);
  const types = createTypeNames(db);
  /** As long as the last steps of the same search let it be. */
  let holdingSize = FIRST_STEP_HOLDING;
  let searched: number | null = null;

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

  /** Null where the way is damaged: an error, or versions that do not ascend. */
  const soundStep = (topic: TopicRow, after: number, size: number, holding: string | null): Step | null => {
    try {
      const step = holding === null ? readStep(topic, after, size) : texts.next(topic.topicId, after, size, holding);
      return isAscending(step, after) ? step : null;
    } catch (error) {
      if (!isDamage(error)) throw error;
      return null;
    }
  };

  /** Step after step, up to the first one that meets damage; null where that is the first of all. */
  const scanQuickly = (topic: TopicRow, after: number, holding: string | null): ScanSlice | null => {
    const columns = createScanColumns();
    let scanned = 0;
    let last = after;
    if (holding !== null && (after === 0 || searched !== topic.topicId)) holdingSize = FIRST_STEP_HOLDING;
    if (holding !== null) searched = topic.topicId;
    let size = holding === null ? STEP : holdingSize;
    for (let room = columns.room(0); room > 0; room = columns.room(scanned)) {
      const started = performance.now();
      const step = soundStep(topic, last, Math.min(size, room), holding);
      if (!step) return scanned === 0 ? null : columns.finish(scanned, last);
      for (const row of step.rows) take(columns, topic, Number(row[0]), row);
      scanned += step.scanned;
      if (step.last === null) return columns.finish(scanned, null);
      last = step.last;
      const took = performance.now() - started;
      if (took < QUICK_MS) size = Math.min(size * 2, holding === null ? STEP : MOST_HOLDING);
      else if (took > SLOW_MS) size = Math.max(size >> 1, FIRST_STEP_HOLDING);
      if (holding !== null) holdingSize = size;
    }
    return columns.finish(scanned, last);
  };

  /** The way through damage: version by version, up to the latest one the topic knows of. */
  const scanSingly = (topic: TopicRow, after: number, holding: string | null): ScanSlice => {
    const columns = createScanColumns();
    const end = Math.min(topic.lastVersion, after + SINGLY);
    let version = after;
    while (version < end && columns.room(version - after) > 0) {
      version++;
      try {
        const row = holding === null ? single.get(topic.topicId, version) : texts.one(topic.topicId, version, holding);
        if (row) take(columns, topic, version, row as readonly unknown[]);
      } catch (error) {
        if (!isDamage(error)) throw error;
        columns.addDamaged(damagedRow(topic, version, 'the database page that holds it is damaged'));
      }
    }
    return columns.finish(version - after, version < topic.lastVersion ? version : null);
  };

  return (topic, given, holding) => {
    const after = Math.max(0, given);
    return scanQuickly(topic, after, holding) ?? scanSingly(topic, after, holding);
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
