import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createStore, openFold, openStore } from '../../src/main/compose.ts';
import type { FoldSession } from '../../src/main/folding/fold-session.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { openTempFolder } from '../support/temp-folder.ts';

const MILLION = 1_000_000;
const BATCH = 20_000;
const EVENT = { type: 'Counted', data: parseJsonText('{"n":1}') };

/** Sums, and throws in its third line at version 7 and at the last but one. */
const FRAIL = `export const initial = { sum: 0 };
export function fold(state, event) {
  if (event.version === 7 || event.version === ${MILLION - 1}) throw new Error('no ' + event.version);
  return { sum: state.sum + event.data.n };
}`;

describe('a topic of 1,000,000 events in SQLite', () => {
  let path = '';

  beforeAll(async () => {
    const folder = openTempFolder('million');
    path = join(folder.path, 'million.db');
    await createStore(path);
    const { store, close } = await openStore(path);
    await store.createTopic({ name: 't' });
    const events = Array.from({ length: BATCH }, () => EVENT);
    for (let at = 0; at < MILLION; at += BATCH) await store.appendEvents('t', events);
    await close();
    return () => folder.close();
  }, 240_000);

  async function folding(source: string): Promise<FoldSession> {
    const { store, close } = await openStore(path);
    const session = await openFold(store, 't', { source });
    onTestFinished(async () => {
      await session.close();
      await close();
    });
    return session;
  }

  it(
    'is folded past the throws at event 7 and near its end, which are marked, told with their line, and led to',
    { timeout: 300_000 },
    async () => {
      const session = await folding(FRAIL);
      expect(await session.fold()).toMatchObject({ status: 'done', folded: MILLION, total: MILLION, failing: 2, unshown: 0 });
      expect(await session.around(7)).toMatchObject({
        before: '{"sum":6}',
        after: '{"sum":6}',
        fault: { kind: 'throw', reason: 'no 7', line: 3 },
      });
      expect([session.nextFailing(0), session.nextFailing(7), session.nextFailing(MILLION - 1)]).toEqual([7, MILLION - 1, null]);
      expect(session.previousFailing(MILLION - 1)).toBe(7);
      expect(session.failingParts(80)).toEqual([
        { version: 7, count: 1 },
        { version: MILLION - 1, count: 1 },
      ]);
      for (const version of [8, 123_456, 777_777]) expect((await session.stateAt(version)).state).toBe(`{"sum":${version - 1}}`);
      expect((await session.stateAt(MILLION)).state).toBe(`{"sum":${MILLION - 2}}`);
    },
  );

  it('of which the last 100,000 events all fail keeps count of every one, in bounded memory', { timeout: 500_000 }, async () => {
    const session = await folding(
      `export const initial = 0;\nexport function fold(state, { version }) {\n  if (version > 900000) throw new Error('no ' + version);\n  return state + 1;\n}`,
    );
    const before = process.memoryUsage().rss;
    expect(await session.fold()).toMatchObject({ status: 'done', folded: MILLION, failing: 100_000, unshown: 0 });
    expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 * 1024);
    const marks = session.failingParts(80);
    expect(marks).toHaveLength(8);
    expect(marks.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    expect([session.nextFailing(0), session.nextFailing(900_001), session.nextFailing(MILLION - 1)]).toEqual([900_001, 900_002, MILLION]);
    expect((await session.around(987_654)).fault).toMatchObject({ kind: 'throw', reason: 'no 987654', line: 3 });
    expect(await session.stateAt(MILLION)).toMatchObject({ state: '900000' });
  });
});
