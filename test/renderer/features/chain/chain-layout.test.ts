import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RelatedEvent } from '../../../../src/shared/ipc/contract/survey.ts';
import { keyOf, layOutChain, neighbourOf, type ChainNode } from '../../../../src/renderer/src/features/chain/chain-layout.ts';

const event = (version: number, id: string, causationId: string | null = null, topic = 'orders'): RelatedEvent => ({
  topic,
  version,
  id,
  type: 'Happened',
  timestamp: BigInt(version),
  causationId,
  correlationId: null,
});
const seen = (events: readonly RelatedEvent[]) =>
  layOutChain(events).nodes.map(({ event: of, missingId, column, row, cut }) => [of?.id ?? `? ${missingId}`, column, row, cut]);

/** Events whose ids and causes are taken from few, so that there are chains, circles, ids that come twice and causes that miss. */
const events = fc
  .array(fc.tuple(fc.nat(12), fc.option(fc.nat(15), { nil: null }), fc.constantFrom('a', 'b')), { maxLength: 40 })
  .map((list) => list.map(([id, cause, topic], index) => event(index + 1, `id${id}`, cause === null ? null : `id${cause}`, topic)));

test('every event is in the picture once, whatever their ids say, and no two stand in one place', () => {
  fc.assert(
    fc.property(events, (list) => {
      const { nodes, columns, rows } = layOutChain(list);
      expect(nodes.flatMap((node) => (node.event ? [keyOf(node.event)] : [])).toSorted()).toEqual(list.map(keyOf).toSorted());
      expect(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(nodes.length);
      expect(nodes.every(({ column, row }) => column < columns && row < rows)).toBe(true);
    }),
  );
});

test('a cause stands one column left of its effect and not below it, and every line is a true one', () => {
  fc.assert(
    fc.property(events, (list) => {
      for (const { parent, event: of, column, row } of layOutChain(list).nodes) {
        if (!parent) continue;
        expect(column).toBe(parent.column + 1);
        expect(row).toBeGreaterThanOrEqual(parent.row);
        expect(of?.causationId).toBe(parent.event?.id ?? parent.missingId);
      }
    }),
  );
});

test('a cause that is not drawn is said: missing, itself, or behind its effect in a circle', () => {
  fc.assert(
    fc.property(events, (list) => {
      for (const { event: of, parent, cut } of layOutChain(list).nodes) {
        if (of) expect(parent !== null || cut !== null).toBe(of.causationId !== null);
      }
    }),
  );
});

test('the same events give the same picture', () => {
  fc.assert(
    fc.property(events, (list) => {
      expect(seen(list)).toEqual(seen(structuredClone(list)));
    }),
  );
});

test('first effects go on beside their cause, later ones below', () => {
  expect(seen([event(1, 'a'), event(2, 'b', 'a'), event(3, 'c', 'b'), event(4, 'd', 'a')])).toEqual([
    ['a', 0, 0, null],
    ['b', 1, 0, null],
    ['c', 2, 0, null],
    ['d', 1, 1, null],
  ]);
});

test('circles and events that cause themselves end', () => {
  expect(seen([event(1, 'a', 'c'), event(2, 'b', 'a'), event(3, 'c', 'b'), event(4, 'd', 'd')])).toEqual([
    ['a', 0, 0, 'circle'],
    ['b', 1, 0, null],
    ['c', 2, 0, null],
    ['d', 0, 1, 'itself'],
  ]);
});

test('a cause that is nowhere has its place, one for all that name it', () => {
  expect(seen([event(1, 'a', 'gone'), event(2, 'b', 'gone')])).toEqual([
    ['? gone', 0, 0, null],
    ['a', 1, 0, null],
    ['b', 1, 1, null],
  ]);
});

test('a chain of a hundred thousand events is laid out', () => {
  const long = Array.from({ length: 100_000 }, (_, index) => event(index + 1, `id${index}`, index === 0 ? null : `id${index - 1}`));
  expect(layOutChain(long)).toMatchObject({ columns: 100_000, rows: 1 });
});

test('arrows reach every event of a picture from every other', () => {
  fc.assert(
    fc.property(events, (list) => {
      const layout = layOutChain(list);
      const [start] = layout.nodes;
      if (!start) return;
      const reached = new Set<ChainNode>([start]);
      for (const node of reached) {
        for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) reached.add(neighbourOf(layout, node, key));
      }
      expect(reached.size).toBe(layout.nodes.length);
    }),
  );
});
