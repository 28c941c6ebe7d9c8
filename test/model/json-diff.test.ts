import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffJson, type JsonChange } from '../../src/shared/model/json-diff.ts';
import { parseJsonText, type JsonText } from '../../src/shared/model/json-text.ts';

const diff = (before: string, after: string, most?: number) => diffJson(parseJsonText(before), parseJsonText(after), most);

/** A change applied to a value: what the changes say is enough to make one text of the other. */
function apply(value: unknown, changes: readonly JsonChange[]): unknown {
  const root = { '': structuredClone(value) };
  const removedLast = [...changes.filter(({ kind }) => kind !== 'removed'), ...changes.filter(({ kind }) => kind === 'removed').reverse()];
  // Elements are taken out before others come in: both are told by where they were and where they are.
  const ordered = [...removedLast.filter(({ kind }) => kind === 'removed'), ...removedLast.filter(({ kind }) => kind !== 'removed')];
  for (const { path, kind, after } of ordered) {
    const steps = path.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const key = steps.at(-1) ?? '';
    let holder: unknown = root;
    for (const step of steps.slice(0, -1)) holder = (holder as Record<string, unknown>)[step];
    if (Array.isArray(holder) && kind === 'removed') holder.splice(Number(key), 1);
    else if (Array.isArray(holder) && kind === 'added') holder.splice(Number(key), 0, JSON.parse(after as string));
    else if (kind === 'removed') Reflect.deleteProperty(holder as object, key);
    else Object.defineProperty(holder, key, { value: JSON.parse(after as string), writable: true, enumerable: true, configurable: true });
  }
  return root[''];
}

const json = fc
  .jsonValue({ maxDepth: 3 })
  .filter((value) => !JSON.stringify(value).includes('"__proto__"') && !JSON.stringify(value).includes('-0'));

describe('the difference of two JSON texts', () => {
  it('is nothing for equal texts, and enough to make one of the other', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [before, after] = [JSON.stringify(a), JSON.stringify(b)];
        const { changes, isCut } = diff(before, after, 100_000);
        expect(isCut).toBe(false);
        expect(diff(before, before).changes).toEqual([]);
        expect(apply(JSON.parse(before), changes)).toEqual(JSON.parse(after));
      }),
      { numRuns: 500 },
    );
  });

  it('is told by paths, in values as they are written', () => {
    expect(diff('{"a":1,"b":[1,2],"c/d":{"~":true}}', '{"b":[1,3],"c/d":{"~":false},"e":null}').changes).toEqual([
      { path: '/b/1', kind: 'changed', before: '2', after: '3' },
      { path: '/c~1d/~0', kind: 'changed', before: 'true', after: 'false' },
      { path: '/e', kind: 'added', before: null, after: 'null' },
      { path: '/a', kind: 'removed', before: '1', after: null },
    ]);
    expect(diff('1', '"1"').changes).toEqual([{ path: '', kind: 'changed', before: '1', after: '"1"' }]);
    expect(diff('{"":{"":1}}', '{"":{"":2}}').changes).toMatchObject([{ path: '//' }]);
  });

  it('loses no number', () => {
    expect(diff('[9007199254740993,1.10,1e400]', '[9007199254740992,1.1,1e401]').changes).toEqual([
      { path: '/0', kind: 'changed', before: '9007199254740993', after: '9007199254740992' },
      { path: '/1', kind: 'changed', before: '1.10', after: '1.1' },
      { path: '/2', kind: 'changed', before: '1e400', after: '1e401' },
    ]);
  });

  it('of a list tells what came and went, not what moved aside', () => {
    expect(diff('["a","b","c"]', '["b","c"]').changes).toEqual([{ path: '/0', kind: 'removed', before: '"a"', after: null }]);
    expect(diff('["b","c"]', '["a","b","c"]').changes).toEqual([{ path: '/0', kind: 'added', before: null, after: '"a"' }]);
    expect(diff('[1,2,3,4]', '[1,9,3,4]').changes).toEqual([{ path: '/1', kind: 'changed', before: '2', after: '9' }]);
    expect(diff('[1,2]', '[1,2,3,4]').changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual(['added /2', 'added /3']);
    expect(diff('[]', '[[]]').changes).toEqual([{ path: '/0', kind: 'added', before: null, after: '[]' }]);
  });

  it('does not care for the order of members, and takes the last of a repeated key', () => {
    expect(diff('{"a":1,"b":2}', '{"b":2,"a":1}').changes).toEqual([]);
    expect(diff('{"a":1,"a":2}', '{"a":2}').changes).toEqual([]);
    expect(diff('{"__proto__":1,"constructor":2}', '{"constructor":3}').changes.map(({ path }) => path)).toEqual([
      '/constructor',
      '/__proto__',
    ]);
  });

  it('ends at as many changes as are wanted, and survives any nesting', () => {
    const many = (text: string): JsonText => parseJsonText(`[${Array.from({ length: 50 }, () => text).join(',')}]`);
    expect(diffJson(many('1'), many('2'), 10)).toMatchObject({ isCut: true, changes: { length: 10 } });
    const deep = (inner: string): string => `${'['.repeat(20_000)}${inner}${']'.repeat(20_000)}`;
    expect(diff(deep('1'), deep('2')).changes).toHaveLength(1);
  });
});
