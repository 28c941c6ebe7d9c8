import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffJson, MOST_CHANGES, type JsonChange } from '../../../src/renderer/src/json/json-diff.ts';
import { prettyJson } from '../../../src/renderer/src/json/json-pretty.ts';
import { childNodes, jsonPointer, keyToken, rootNode, type JsonNode } from '../../../src/renderer/src/json/json-nodes.ts';
import { runWhole } from '../../../src/renderer/src/json/sliced.ts';

const diff = (first: string, second: string, mostLookedAt?: number) => runWhole(diffJson(first, second, mostLookedAt));
const tokenOf = (text: string, node: JsonNode | null): string | null => node && text.slice(node.start, node.end);
const said = (first: string, second: string) =>
  diff(first, second).changes.map(({ kind, before, after }) => [
    kind,
    jsonPointer((after ?? before) as JsonNode),
    tokenOf(first, before),
    tokenOf(second, after),
  ]);

/** A value as nested lists of [key token, value], so that repeated keys and number tokens stay. */
type Value = string | { readonly kind: 'object' | 'array'; members: [string, Value][] };

function valueOf(text: string, node: JsonNode): Value {
  if (node.kind !== 'object' && node.kind !== 'array') return text.slice(node.start, node.end);
  return { kind: node.kind, members: childNodes(text, node).map((child) => [keyToken(text, child), valueOf(text, child)]) };
}

/** The same whatever the order of members is. */
function canonical(value: Value): string {
  if (typeof value === 'string') return value;
  const members = value.members.map(([key, member]) => (value.kind === 'object' ? `${key}:${canonical(member)}` : canonical(member)));
  return value.kind === 'object' ? `{${members.toSorted().join()}}` : `[${members.join()}]`;
}

/** Where a node stands in its parent: which of the members with its key, or its index. */
function placeIn(members: readonly [string, Value][], kind: string, text: string, node: JsonNode): number {
  if (kind === 'array') return node.position - 1;
  const same = members.flatMap(([key], index) => (key === keyToken(text, node) ? [index] : []));
  return same[node.nth] ?? -1;
}

function parentOf(root: Value, text: string, node: JsonNode): Exclude<Value, string> {
  const way: JsonNode[] = [];
  for (let at = node.parent; at?.parent; at = at.parent) way.unshift(at);
  let value = root;
  for (const step of way) {
    if (typeof value === 'string') throw new Error('the way leads through a scalar');
    value = value.members[placeIn(value.members, value.kind, text, step)]?.[1] ?? '';
  }
  return value as Exclude<Value, string>;
}

/** Does what a list of changes says to the first text. */
function apply(first: string, second: string, changes: readonly JsonChange[]): Value {
  let root = valueOf(first, rootNode(first));
  const change = (node: JsonNode, to: Value): void => {
    if (!node.parent) {
      root = to;
      return;
    }
    const parent = parentOf(root, first, node);
    const place = placeIn(parent.members, parent.kind, first, node);
    parent.members[place] = [parent.members[place]?.[0] ?? '', to];
  };
  for (const { kind, before, after } of changes) if (kind === 'changed' && before && after) change(before, valueOf(second, after));
  const removed = changes.flatMap(({ kind, before }) => (kind === 'removed' && before ? [before] : []));
  for (const node of removed.toSorted((a, b) => b.start - a.start)) {
    const parent = parentOf(root, first, node);
    parent.members.splice(placeIn(parent.members, parent.kind, first, node), 1);
  }
  const added = changes.flatMap(({ kind, after }) => (kind === 'added' && after ? [after] : []));
  for (const node of added.toSorted((a, b) => a.start - b.start)) {
    const parent = parentOf(root, second, node);
    const member: [string, Value] = [keyToken(second, node), valueOf(second, node)];
    if (parent.kind === 'array') parent.members.splice(node.position - 1, 0, member);
    else parent.members.push(member);
  }
  return root;
}

const number = fc.constantFrom('0', '-0', '1.10', '1.1', '9007199254740993', '9007199254740992', '18446744073709551615', '1e400');
const scalar = fc.oneof(number, fc.constantFrom('null', 'true', 'false', '"a"', String.raw`"\u0061"`, '"}],"'));
/** JSON texts with few keys, repeated ones too, so that two of them have much in common. */
const json = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 6 }).map((items) => `[${items.join()}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c', '__proto__', ''), tie('value')), { maxLength: 6 })
      .map((members) => `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
  ),
})).value;

test('equal texts have no differences, and different ones always have', () => {
  fc.assert(
    fc.property(json, (text) => {
      expect(diff(text, text)).toEqual({ changes: [], stopped: null });
    }),
  );
  fc.assert(
    fc.property(json, json, (first, second) => {
      fc.pre(first !== second);
      expect(diff(first, second).changes.length).toBeGreaterThan(0);
    }),
  );
});

test('doing what the differences say to the first text gives the second', () => {
  fc.assert(
    fc.property(json, json, (first, second) => {
      const { changes, stopped } = diff(first, second);
      expect(stopped).toBeNull();
      expect(canonical(apply(first, second, changes))).toBe(canonical(valueOf(second, rootNode(second))));
    }),
    { numRuns: 1000 },
  );
});

test('numbers beyond 2^53 differ by their last digit, and 1.10 from 1.1', () => {
  expect(said('{"n":9007199254740993,"m":1.10}', '{"n":9007199254740992,"m":1.1}')).toEqual([
    ['changed', '/n', '9007199254740993', '9007199254740992'],
    ['changed', '/m', '1.10', '1.1'],
  ]);
});

test('what was put into a list leaves the rest of it unchanged', () => {
  expect(said('[{"id":1},{"id":2},{"id":3}]', '[{"id":0},{"id":1},{"id":2,"new":true},{"id":3}]')).toEqual([
    ['added', '/0', null, '{"id":0}'],
    ['added', '/2/new', null, 'true'],
  ]);
});

test('another order of the same members is one difference of its own', () => {
  expect(said('{"x":{"a":1,"b":2}}', '{"x":{"b":2,"a":1}}')).toEqual([['order', '/x', '{"a":1,"b":2}', '{"b":2,"a":1}']]);
});

test('a list of ten thousand changes ends, and says so', () => {
  const list = (from: number): string => `[${Array.from({ length: 10_000 }, (_, index) => from + index).join()}]`;
  const { changes, stopped } = diff(list(0), list(1_000_000));
  expect([changes.length, stopped]).toEqual([MOST_CHANGES, 'too many']);
});

test('deep nesting neither overflows nor hangs', () => {
  const deep = (levels: number, core: string): string => '['.repeat(levels) + core + ']'.repeat(levels);
  expect(diff(deep(3000, '1'), deep(3000, '2')).changes.map(({ kind }) => kind)).toEqual(['changed']);
  expect(diff(deep(50_000, '1'), deep(50_000, '2'), 10_000_000).stopped).toBe('too deep');
});

test('a text spread over lines says what it said, token for token, in the order it had or sorted', () => {
  const compact = (text: string): string => text.replaceAll(/\n */g, '').replaceAll('": ', '":');
  fc.assert(
    fc.property(json, (text) => {
      expect(compact(runWhole(prettyJson(text, 1e6)) ?? '')).toBe(text);
      const sorted = compact(runWhole(prettyJson(text, 1e6, true)) ?? '');
      expect(canonical(valueOf(sorted, rootNode(sorted)))).toBe(canonical(valueOf(text, rootNode(text))));
    }),
  );
  expect(runWhole(prettyJson('{"b":[1.10,{}],"a":{"x":9007199254740993}}', 1e6, true))).toBe(
    '{\n  "a": {\n    "x": 9007199254740993\n  },\n  "b": [\n    1.10,\n    {}\n  ]\n}',
  );
});

test('a text that would be too long spread over lines is none', () => {
  expect(runWhole(prettyJson(`["${'x'.repeat(1000)}",1]`, 500))).toBeNull();
});
