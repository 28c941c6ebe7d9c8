import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { addFieldNames } from '../../../../src/renderer/src/api/field-names.ts';
import { eventCompletion } from '../../../../src/renderer/src/features/fold/event-completion.ts';
import { parseJsonText } from '../../../../src/shared/model/json-text.ts';

const namesOf = (text: string): Map<string, Set<string>> => {
  const names = new Map<string, Set<string>>();
  addFieldNames(names, parseJsonText(text));
  return names;
};

const complete = eventCompletion({
  types: ['OrderPlaced', "it's"],
  data: namesOf(
    '{"amount":1,"unit price":2,"buyer":{"address":{"city":"x"},"tags":[]},"a.b":{"c":1},"":{"y":2},"lines":[{"sku":1},{"qty":2,"parts":[[{"id":1}]]}]}',
  ),
  metadata: namesOf('{"user":{"name":1}}'),
});

function offered(text: string): { readonly from: string; readonly options: readonly (readonly [string, unknown])[] } | null {
  const state = EditorState.create({ doc: text });
  const result = complete(new CompletionContext(state, text.length, false)) as CompletionResult | null;
  return result && { from: text.slice(result.from), options: result.options.map(({ label, apply }) => [label, apply ?? label]) };
}

describe('completion of an event', () => {
  it('offers its members, and what its data and metadata hold', () => {
    expect(offered('state.x = event.')?.options.map(([label]) => label)).toContain('.timestamp');
    expect(offered('event.data.am')).toEqual({
      from: '.am',
      options: [
        ['.amount', '.amount'],
        ['.unit price', '["unit price"]'],
        ['.buyer', '.buyer'],
        ['.a.b', '["a.b"]'],
        ['.', '[""]'],
        ['.lines', '.lines'],
      ],
    });
    expect(offered('event.metadata?.')?.options).toEqual([['.user', '.user']]);
    expect(offered('event.data?.')?.options.at(1)).toEqual(['.unit price', '.["unit price"]']);
  });

  it('offers what is further in, in objects and lists, and knows the name that the fold gives its event', () => {
    const labels = (text: string) => offered(text)?.options.map(([label]) => label);
    expect(labels('event.data.buyer.')).toEqual(['.address', '.tags']);
    expect(labels('event.data.buyer?.address.ci')).toEqual(['.city']);
    expect(labels("event.data['buyer'].address.")).toEqual(['.city']);
    expect(labels('event.data.lines[0].')).toEqual(['.sku', '.qty', '.parts']);
    expect(labels('event.data.lines[i]?.parts[1][0].')).toEqual(['.id']);
    expect(labels('f(event.metadata.user.')).toEqual(['.name']);
    expect(labels('// fold(x, y)\nexport const fold = (s = {}, ev) => ev.data.buyer.')).toEqual(['.address', '.tags']);
    for (const start of [
      'export function fold(s, e) { s.x = ',
      'export const fold = (s, e) => ',
      'export const fold = function go(s, e) { ',
    ]) {
      expect(labels(`${start}e.`)?.at(0)).toBe('.type');
      expect(labels(`${start}e.data.lines[0].`)).toEqual(['.sku', '.qty', '.parts']);
      expect(labels(`${start}event.`)).toBeUndefined();
    }
  });

  it('offers types within the quotes beside one', () => {
    expect(offered("if (event.type === '")?.options).toEqual([
      ['OrderPlaced', 'OrderPlaced'],
      ["it's", "it\\'s"],
    ]);
    expect(offered('case "Ord')?.from).toBe('Ord');
  });

  it('is silent elsewhere', () => {
    for (const text of [
      '',
      'state.',
      'myevent.',
      'event',
      "'text",
      'event.data.a.b',
      'event.data.toString.',
      'event.constructor.',
      'my.event.',
      'event.data.buyer[0].',
    ])
      expect(offered(text), text).toBeNull();
  });
});
