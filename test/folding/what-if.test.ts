import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { foldPlaces } from '../../src/main/fold-places.ts';
import type { FoldSession } from '../../src/main/folding/fold-session.ts';
import { topicHistory } from '../../src/main/folding/history.ts';
import { openScratchHistory } from '../../src/main/folding/scratch-history.ts';
import { openWhatIf, type WhatIf } from '../../src/main/folding/what-if.ts';
import { JSON_NULL, parseJsonText } from '../../src/shared/model/json-text.ts';
import type { ScratchChange, ScratchEvent } from '../../src/shared/model/fold.ts';
import { foldOf, numbered, storeOf } from './topic-of-events.ts';

const LIST = 'export const initial = []; export const fold = (state, event) => [...state, [event.version, event.type, event.data.n]];';
const SUM = 'export const initial = { sum: 0 }; export const fold = (state, event) => ({ sum: state.sum + event.data.n });';

const made = (n: number, type = 'Made'): ScratchEvent => ({ type, data: parseJsonText(`{"n":${n}}`), metadata: JSON_NULL, timestamp: 5n });

async function whatIfOf(original: FoldSession, source: string): Promise<WhatIf> {
  const whatIf = await openWhatIf(original, { places: foldPlaces(), source, time: 20_000 });
  onTestFinished(() => whatIf.close());
  return whatIf;
}

/** A change as a list of events takes it. */
function onList(events: { type: string; n: number; origin: number | null }[], change: ScratchChange): void {
  const at = change.position - 1;
  if (change.kind === 'insert') events.splice(at, 0, { type: change.event.type, n: nOf(change.event), origin: null });
  else {
    const [taken] = events.splice(at, 1);
    if (!taken) throw new Error('There is no such place.');
    if (change.kind === 'edit') events.splice(at, 0, { type: change.event.type, n: nOf(change.event), origin: taken.origin });
    if (change.kind === 'move') events.splice(change.to - 1, 0, taken);
  }
}

const nOf = ({ data }: ScratchEvent): number => (JSON.parse(data) as { n: number }).n;

describe('a scratch history', () => {
  it('keeps the id of an event that is edited, and gives an added one an id that stays', async () => {
    const base = await topicHistory(await storeOf(numbered(5)), 't');
    const own = (await base.read(0, 10)).events.map(({ id }) => id);
    const scratch = await openScratchHistory(base);
    const all = async (): Promise<string[]> => {
      const found: string[] = [];
      for (let at: number | null = 0; at !== null;) {
        const page: Awaited<ReturnType<typeof scratch.read>> = await scratch.read(at, 10);
        found.push(...page.events.map(({ id }) => id));
        at = page.next;
      }
      return found;
    };
    scratch.change({ kind: 'edit', position: 3, event: made(7) });
    expect(await all()).toEqual(own);
    scratch.change({ kind: 'insert', position: 5, event: made(8) });
    const added = (await all())[4] ?? '';
    scratch.change({ kind: 'insert', position: 1, event: made(9) });
    scratch.change({ kind: 'edit', position: 6, event: made(10) });
    expect((await all())[5]).toBe(added);
    expect(new Set(await all()).size).toBe(7);
  });

  it('is the topic with the changes made to it, in every page and row', async () => {
    const store = await storeOf(numbered(40));
    const kinds = fc.constantFrom('skip', 'edit', 'insert', 'move');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(kinds, fc.nat(), fc.nat(), fc.nat({ max: 99 })), { maxLength: 30 }),
        fc.integer({ min: 1, max: 50 }),
        async (wanted, limit) => {
          const base = await topicHistory(store, 't');
          const scratch = await openScratchHistory(base);
          const list = Array.from({ length: 40 }, (_none, index) => ({ type: 'T', n: index + 1, origin: (index + 1) as number | null }));
          for (const [kind, where, to, n] of wanted) {
            const size = list.length;
            if (size === 0 && kind !== 'insert') continue;
            const position = (where % (kind === 'insert' ? size + 1 : size)) + 1;
            const change: ScratchChange =
              kind === 'skip'
                ? { kind, position }
                : kind === 'move'
                  ? { kind, position, to: (to % size) + 1 }
                  : { kind, position, event: made(n) };
            scratch.change(change);
            onList(list, change);
          }
          expect(await scratch.latest()).toBe(list.length);
          const read: { type: string; n: number }[] = [];
          let cursor: number | null = 0;
          while (cursor !== null) {
            const page = await scratch.read(cursor, limit);
            for (const { type, data, version } of page.events) {
              read.push({ type, n: (JSON.parse(data) as { n: number }).n });
              expect(version).toBe(read.length);
            }
            cursor = page.next;
          }
          expect(read).toEqual(list.map(({ type, n }) => ({ type, n })));
          const rows = await scratch.rows(0, 1000);
          expect(rows.map(({ position, origin }) => [position, origin])).toEqual(list.map(({ origin }, index) => [index + 1, origin]));
          expect(scratch.added().map(nOf)).toEqual(list.filter(({ origin }) => origin === null).map(({ n }) => n));
          for (const [index, { origin }] of list.entries()) if (origin !== null) expect(scratch.versionAt(index + 1)).toBe(origin);
          expect(await scratch.rows(3, 4)).toEqual(rows.slice(3, 7));
        },
      ),
      { numRuns: 100 },
    );
    expect(await store.getLatestVersion('t')).toBe(40);
  });

  it('refuses places that it does not have', async () => {
    const scratch = await openScratchHistory(await topicHistory(await storeOf(numbered(3)), 't'));
    for (const change of [
      { kind: 'skip', position: 0 },
      { kind: 'skip', position: 4 },
      { kind: 'insert', position: 5, event: made(1) },
      { kind: 'move', position: 1, to: 4 },
      { kind: 'edit', position: 1.5, event: made(1) },
    ] as const) {
      expect(() => scratch.change(change)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    }
    expect(await scratch.latest()).toBe(3);
    const empty = await openScratchHistory(await topicHistory(await storeOf([]), 't'));
    empty.change({ kind: 'insert', position: 1, event: made(7) });
    expect((await empty.read(0, 10)).events).toMatchObject([{ version: 1, type: 'Made', timestamp: 5n }]);
  });
});

describe('what if', () => {
  it('shows both states at a place and what makes the difference, without folding again what is the same', async () => {
    const store = await storeOf(numbered(3000));
    const original = await foldOf(store, SUM);
    await original.fold();
    const whatIf = await whatIfOf(original, SUM);
    expect(whatIf.session.progress()).toMatchObject({ folded: 3000 });
    expect(await whatIf.compareEnds()).toMatchObject({ position: 3000, version: 3000, changes: [] });
    const { folded } = await whatIf.change({ kind: 'skip', position: 2900 });
    // The first looks are after 1, 3, 7 … 511 events, whatever the time; how many come later depends on it.
    expect(folded).toBeGreaterThanOrEqual(511);
    expect(folded).toBeLessThan(2900);
    await whatIf.change({ kind: 'insert', position: 2950, event: made(1_000_000) });
    await whatIf.session.fold();
    expect(await whatIf.compare(2899)).toMatchObject({ version: 2899, changes: [] });
    // What is skipped is compared with the topic after it.
    expect(await whatIf.compare(2899, 2900)).toMatchObject({ position: 2899, version: 2900, changes: [{ path: '/sum' }] });
    expect(await whatIf.compare(2900)).toMatchObject({ version: 2901, changes: [{ path: '/sum', before: '4209351', after: '4206451' }] });
    expect(await whatIf.compareEnds()).toMatchObject({
      position: 3000,
      version: 3000,
      topic: { state: '{"sum":4501500}' },
      scratch: { state: '{"sum":5498600}' },
    });
    expect(whatIf.added()).toEqual([made(1_000_000)]);
    expect(await whatIf.session.bisect('state.sum > 5000000')).toMatchObject({ version: 2950 });
    expect(await store.getLatestVersion('t')).toBe(3000);
    expect((await original.stateAt(3000)).state).toBe('{"sum":4501500}');
  });

  it('gives the fold the versions of the history as it would have been', async () => {
    const original = await foldOf(await storeOf(numbered(5)), LIST);
    await original.fold();
    const whatIf = await whatIfOf(original, LIST);
    await whatIf.change({ kind: 'move', position: 5, to: 2 });
    await whatIf.change({ kind: 'edit', position: 1, event: made(9, 'Edited') });
    await whatIf.change({ kind: 'insert', position: 6, event: made(8) });
    await whatIf.session.fold();
    expect(JSON.parse((await whatIf.session.stateAt(6)).state ?? '')).toEqual([
      [1, 'Edited', 9],
      [2, 'T', 5],
      [3, 'T', 2],
      [4, 'T', 3],
      [5, 'T', 4],
      [6, 'Made', 8],
    ]);
    expect(await whatIf.rows(0, 10)).toMatchObject([
      { position: 1, origin: 1, isEdited: true },
      { position: 2, origin: 5, isEdited: false },
      { origin: 2 },
      { origin: 3 },
      { origin: 4 },
      { position: 6, origin: null, isEdited: false },
    ]);
    expect(whatIf.added()).toEqual([made(8)]);
    await whatIf.change({ kind: 'skip', position: 1 });
    await whatIf.session.fold();
    expect((await whatIf.session.stateAt(1)).state).toBe('[[1,"T",5]]');
    await whatIf.change({ kind: 'move', position: 5, to: 2 });
    await whatIf.session.fold();
    expect((await whatIf.session.stateAt(3)).state).toBe('[[1,"T",5],[2,"Made",8],[3,"T",2]]');
  });

  it('finds an event that fails only in the scratch history', async () => {
    const source =
      'export const initial = 0; export function fold(state, event) { if (event.data.n < 0) throw new Error("negative"); return state + event.data.n; }';
    const original = await foldOf(await storeOf(numbered(1200)), source);
    await original.fold();
    const whatIf = await whatIfOf(original, source);
    await whatIf.change({ kind: 'insert', position: 600, event: made(-1) });
    await whatIf.session.fold();
    expect(whatIf.session.failing(0, 10)).toEqual([600]);
    expect((await whatIf.compareEnds()).changes).toEqual([]);
  });
});
