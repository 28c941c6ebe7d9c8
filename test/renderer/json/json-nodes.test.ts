import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  childNodes,
  isBranch,
  isRepeated,
  jsonPointer,
  readChildren,
  rootNode,
  scriptPath,
  siblingsOf,
  unescape,
  type JsonNode,
} from '../../../src/renderer/src/json/json-nodes.ts';

const tokenOf = (text: string, { start, end }: JsonNode): string => text.slice(start, end);

/** The value that the nodes of a text describe, read with nothing but their tokens. */
function valueOf(text: string, node: JsonNode): unknown {
  const children = childNodes(text, node);
  if (node.kind === 'array') return children.map((child) => valueOf(text, child));
  if (node.kind === 'object') return Object.fromEntries(children.map((child) => [child.key, valueOf(text, child)]));
  return JSON.parse(tokenOf(text, node));
}

/** Every node of a text, from the root. */
function allNodes(text: string): JsonNode[] {
  const found: JsonNode[] = [];
  const waiting = [rootNode(text)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    found.push(node);
    waiting.push(...childNodes(text, node));
  }
  return found;
}

test('the nodes of any JSON text say what the text says, compact or spread over lines', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom(undefined, 2, '\t'), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      expect(valueOf(text, rootNode(text))).toEqual(JSON.parse(text));
    }),
  );
});

test('numbers are the very tokens that are stored', () => {
  const tokens = ['9223372036854775807', '9007199254740993', '-0', '1.10', '1e400', '12345678901234567890.10'];
  const text = `{"list":[${tokens.join(',')}]}`;
  const [list] = childNodes(text, rootNode(text));
  expect(childNodes(text, list as JsonNode).map((node) => [node.kind, tokenOf(text, node)])).toEqual(
    tokens.map((token) => ['number', token]),
  );
});

test('a key that comes twice is there twice, in its order', () => {
  const text = '{"a":1,"b":2,"a":3}';
  const children = childNodes(text, rootNode(text));
  expect(children.map((child) => [child.key, tokenOf(text, child), child.position, siblingsOf(child)])).toEqual([
    ['a', '1', 1, 3],
    ['b', '2', 2, 3],
    ['a', '3', 3, 3],
  ]);
  expect(children.map((child) => [isRepeated(child), child.nth])).toEqual([
    [true, 0],
    [false, 0],
    [true, 1],
  ]);
});

test('hostile keys are keys like any other and touch no prototype', () => {
  const text = '{"__proto__":{"polluted":true},"constructor":1,"":2,"a/b":3}';
  const children = childNodes(text, rootNode(text));
  expect(children.map(({ key }) => key)).toEqual(['__proto__', 'constructor', '', 'a/b']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('brackets, quotes and commas inside strings do not end anything', () => {
  const text = String.raw`{"a":"}],\"{[","b\"]":["\\","\u005d"]}`;
  expect(valueOf(text, rootNode(text))).toEqual({ a: '}],"{[', 'b"]': ['\\', ']'] });
});

test('every node of a tree begins in a place of its own and has its depth and its kind', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      const nodes = allNodes(text);
      expect(new Set(nodes.map(({ start }) => start)).size).toBe(nodes.length);
      for (const node of nodes) {
        expect(node.depth).toBe(node.parent ? node.parent.depth + 1 : 0);
        expect(isBranch(node)).toBe(node.kind === 'object' || node.kind === 'array');
        expect(node.position).toBeGreaterThanOrEqual(1);
        expect(node.position).toBeLessThanOrEqual(siblingsOf(node));
      }
    }),
  );
});

test('nesting of a hundred thousand levels is walked one level at a time', () => {
  const depth = 100_000;
  const text = '['.repeat(depth) + ']'.repeat(depth);
  const [child] = childNodes(text, rootNode(text));
  expect(child).toMatchObject({ kind: 'array', start: 1, end: 2 * depth - 1, position: 1 });
});

test('text that is no JSON, or was cut, has nodes inside of it and an end', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ 1ax') }), (text) => {
      const root = rootNode(text);
      expect(root.end).toBeLessThanOrEqual(text.length);
      expect(childNodes(text, root).length).toBeLessThanOrEqual(text.length + 1);
    }),
  );
});

test('a text of megabytes is read in slices, with the same nodes as at once', () => {
  const row = `{"id":9007199254740993,"note":"${'\\"]}'.repeat(50)}"}`;
  const text = `[${Array.from({ length: 5000 }, () => row).join(',')}]`;
  const work = readChildren(text, rootNode(text));
  const places: number[] = [];
  let step = work.next();
  for (; !step.done; step = work.next()) places.push(step.value);
  expect(places.length).toBeGreaterThan(10);
  expect(Math.max(...places.slice(1).map((place, index) => place - (places[index] ?? 0)))).toBeLessThan(200_000);
  expect(step.value.map((node) => [node.start, node.end])).toEqual(childNodes(text, rootNode(text)).map((node) => [node.start, node.end]));
  expect(step.value).toHaveLength(5000);
});

test('a pointer leads back to its node, also through odd keys', () => {
  const text = '{"a/b":[{"~":1},{"x y":[true]}],"":2}';
  const pointers = allNodes(text).map((node) => jsonPointer(node));
  expect(pointers.toSorted()).toEqual(['', '/', '/a~1b', '/a~1b/0', '/a~1b/0/~0', '/a~1b/1', '/a~1b/1/x y', '/a~1b/1/x y/0']);
});

test('the path of a node is written as JavaScript reaches it', () => {
  const text = '{"lines":[{"unit price":1.5,"naïve":2}],"$x":{"1a":{"\\"":3}}}';
  expect(allNodes(text).map((node) => scriptPath(node, 'data'))).toEqual(
    expect.arrayContaining([
      'data',
      'data.lines',
      'data.lines[0]',
      'data.lines[0]["unit price"]',
      'data.lines[0].naïve',
      'data.$x["1a"]',
      'data.$x["1a"]["\\""]',
    ]),
  );
});

describe('unescape', () => {
  test('undoes the escapes of a string', () => {
    expect(unescape(String.raw`"\u003ca\u003e \u00e9 \n \"x\""`)).toBe('<a> é \n "x"');
  });

  test('gives back what is no whole string as it came', () => {
    expect(unescape('"cut')).toBe('"cut');
  });
});
