import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { eventCompletion } from '../../../../src/renderer/src/features/fold/event-completion.ts';

const complete = eventCompletion({ types: ['OrderPlaced', "it's"], data: ['amount', 'unit price'], metadata: ['user'] });

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
      ],
    });
    expect(offered('event.metadata?.')?.options).toEqual([['.user', '.user']]);
    expect(offered('event.data?.')?.options.at(1)).toEqual(['.unit price', '.["unit price"]']);
  });

  it('offers types within the quotes beside one', () => {
    expect(offered("if (event.type === '")?.options).toEqual([
      ['OrderPlaced', 'OrderPlaced'],
      ["it's", "it\\'s"],
    ]);
    expect(offered('case "Ord')?.from).toBe('Ord');
  });

  it('is silent elsewhere', () => {
    for (const text of ['', 'state.', 'myevent.', 'event', "'text", 'event.data.a.b']) expect(offered(text), text).toBeNull();
  });
});
