import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { replyValue } from '../../../../shared/ipc/api.ts';
import { tidemark } from '../../api/tidemark.ts';

/** Offers names where a key may stand. */
export function fieldCompletion(fields: readonly string[]): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/"?[\w.$-]*/);
    const from = word?.from ?? context.pos;
    const before = context.state
      .sliceDoc(Math.max(0, from - 200), from)
      .trimEnd()
      .at(-1);
    const isKey = before === '{' || before === ',';
    if (!isKey || fields.length === 0 || (!context.explicit && !word?.text.startsWith('"'))) return null;
    const closed = context.state.sliceDoc(context.pos, context.pos + 1) === '"';
    return {
      from,
      to: closed ? context.pos + 1 : context.pos,
      options: fields.map((field, index) => ({
        label: JSON.stringify(field),
        apply: `${JSON.stringify(field)}: `,
        type: 'property',
        boost: -index,
      })),
      filter: true,
    };
  };
}

const NAME_CHARS = 1024;

/** A stored event whole: its type, data and metadata. A type too long to be told whole is left out. */
export async function readWhole(
  topic: string,
  version: number,
): Promise<{ readonly type: string; readonly data: string; readonly metadata: string }> {
  const event = replyValue(await tidemark.eventsGet({ topic, version }));
  const whole = async (member: 'data' | 'metadata', start: string, total: number): Promise<string> => {
    const parts = [start];
    for (let at = start.length; at < total;) {
      const { text } = replyValue(await tidemark.eventsText({ topic, version, member, offset: at }));
      if (text === '') break;
      parts.push(text);
      at += text.length;
    }
    return parts.join('');
  };
  return {
    type: event.type.length < NAME_CHARS ? event.type : '',
    data: await whole('data', event.data, event.dataTotal),
    metadata: await whole('metadata', event.metadata, event.metadataTotal),
  };
}
