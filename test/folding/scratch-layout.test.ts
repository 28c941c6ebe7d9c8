import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topicHistory } from '../../src/main/folding/history.ts';
import { openScratchHistory } from '../../src/main/folding/scratch-history.ts';
import {
  addBefore,
  changesOf,
  countsOf,
  editAt,
  entriesOf,
  entryOf,
  grown,
  layoutOf,
  marksOf,
  moveAt,
  positionsOf,
  rowOf,
  rowsOf,
  skipAt,
  takeBackAt,
  type Layout,
  type Step,
} from '../../src/renderer/src/features/fold/what-if/layout.ts';
import type { ScratchEvent } from '../../src/shared/model/fold.ts';
import { JSON_NULL, parseJsonText } from '../../src/shared/model/json-text.ts';
import { numbered, storeOf } from './topic-of-events.ts';

const made = (n: number): ScratchEvent => ({ type: 'Made', data: parseJsonText(`{"n":${n}}`), metadata: JSON_NULL, timestamp: 5n });

/** What is folded, as `v3`, `3'made` for an edited one and `made` for an added one. */
const foldedBy = (layout: Layout): string[] =>
  entriesOf(layout, 0, rowsOf(layout))
    .filter(({ isSkipped }) => !isSkipped)
    .map(({ origin, event }) => `${origin ?? ''}${event ? event.data : ''}`);

const rows = (layout: Layout): string[] =>
  entriesOf(layout, 0, rowsOf(layout)).map((entry) => [entry.origin ?? '+', ...marksOf(entry)].join(' '));

function act(layout: Layout, kind: string, row: number, n: number): Step | null {
  const entry = entryOf(layout, row);
  if (kind === 'add') return addBefore(layout, row, made(n));
  if (!entry) return null;
  if (entry.isSkipped) return kind === 'skip' ? takeBackAt(layout, row) : null;
  if (kind === 'skip') return skipAt(layout, row);
  if (kind === 'edit') return editAt(layout, row, made(n));
  return moveAt(layout, row, kind === 'up' ? -1 : 1);
}

describe('the layout of a scratch history', () => {
  it('is what main folds, by the change of every step and by all changes at once', async () => {
    const base = 12;
    const store = await storeOf(numbered(base));
    const kinds = fc.constantFrom('skip', 'edit', 'add', 'up', 'down', 'down');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(kinds, fc.nat(), fc.nat({ max: 99 })), { maxLength: 40 }), async (wanted) => {
        const opened = async (layout: Layout) => {
          const scratch = await openScratchHistory(await topicHistory(store, 't'));
          for (const change of changesOf(layout)) scratch.change(change);
          return scratch;
        };
        const read = async (scratch: Awaited<ReturnType<typeof opened>>): Promise<string[]> =>
          (await scratch.rows(0, 200)).map(({ origin, isEdited, event }) =>
            origin === null || isEdited ? `${origin ?? ''}${event?.data}` : `${origin}`,
          );
        let layout = layoutOf(base);
        let scratch = await opened(layout);
        for (const [kind, where, n] of wanted) {
          const step = act(layout, kind, where % (rowsOf(layout) + (kind === 'add' ? 1 : 0) || 1), n);
          if (!step) continue;
          layout = step.layout;
          if (step.change === 'again') scratch = await opened(layout);
          else if (step.change !== 'same') scratch.change(step.change);
          expect(await read(scratch)).toEqual(foldedBy(layout));
        }
        expect(await read(await opened(layout))).toEqual(foldedBy(layout));
        expect(positionsOf(layout)).toBe(foldedBy(layout).length);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps a skipped event where it was, and takes it back as it was', () => {
    const skipped = skipAt(layoutOf(4), 1);
    expect(rows(skipped.layout)).toEqual(['1', '2 skipped', '3', '4']);
    expect(entryOf(skipped.layout, 1)).toMatchObject({ position: 1, isSkipped: true });
    expect(entryOf(skipped.layout, 2)).toMatchObject({ position: 2, origin: 3 });
    const back = takeBackAt(skipped.layout, 1);
    expect(back.change).toBe('again');
    expect(back.layout).toEqual(layoutOf(4));
    expect(changesOf(back.layout)).toEqual([]);
  });

  it('forgets an added event that is skipped', () => {
    const added = addBefore(layoutOf(2), 2, made(1));
    expect(rows(added.layout)).toEqual(['1', '2', '+ added']);
    expect(added).toMatchObject({ row: 2, change: { kind: 'insert', position: 3 } });
    expect(skipAt(added.layout, 2)).toMatchObject({ layout: layoutOf(2), row: 1, change: { kind: 'skip', position: 3 } });
  });

  it('moves row by row, and what is in its order again is not moved', () => {
    const { layout } = skipAt(layoutOf(4), 2);
    const once = moveAt(layout, 1, 1);
    // Past a skipped event: nothing is folded in another order.
    expect(once).toMatchObject({ row: 2, change: 'same' });
    const twice = once && moveAt(once.layout, 2, 1);
    expect(twice).toMatchObject({ row: 3, change: { kind: 'move', position: 2, to: 3 } });
    expect(twice && rows(twice.layout)).toEqual(['1', '3 skipped', '4', '2 moved']);
    const back = twice && moveAt(twice.layout, 3, -1);
    expect(back && moveAt(back.layout, 2, -1)?.layout).toEqual(layout);
    // The other one of two that changed places brings both back too.
    const swapped = moveAt(layoutOf(3), 0, 1);
    expect(swapped && moveAt(swapped.layout, 0, 1)?.layout).toEqual(layoutOf(3));
    expect(moveAt(layoutOf(3), 0, -1)).toBeNull();
    expect(moveAt(layoutOf(3), 2, 1)).toBeNull();
    expect(moveAt(layout, 2, 1)).toBeNull();
  });

  it('counts what was done, finds rows, and takes what the topic got since at its end', () => {
    const { layout } = editAt(skipAt(addBefore(layoutOf(1_000_000), 10, made(1)).layout, 20).layout, 999_999, made(2));
    expect(countsOf(layout)).toEqual({ skipped: 1, edited: 1, moved: 0, added: 1 });
    expect(rowsOf(layout)).toBe(1_000_001);
    expect(rowOf(layout, { version: 20 })).toBe(20);
    expect(rowOf(layout, { position: 21 })).toBe(21);
    expect(rowOf(layout, { version: 2_000_000 })).toBe(1_000_000);
    const more = grown(layout, 1_000_003);
    expect(rowsOf(more)).toBe(1_000_004);
    expect(entryOf(more, 1_000_003)).toMatchObject({ origin: 1_000_003, position: 1_000_003 });
    expect(changesOf(more)).toEqual(changesOf(layout));
  });
});
