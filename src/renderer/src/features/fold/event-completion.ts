import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import type { EventFields } from '../../api/topic-shape.ts';

export interface EventShape extends EventFields {
  /** Most recent first. */
  readonly types: readonly string[];
}

const MEMBERS: readonly (readonly [string, string])[] = [
  ['type', 'text'],
  ['data', 'as parsed'],
  ['metadata', 'as parsed'],
  ['version', 'number, from 1'],
  ['timestamp', 'BigInt, nanoseconds since 1970'],
  ['id', 'text'],
  ['topic', 'text'],
];
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Completes `event.`, `event.data.` and, within quotes beside `type`, the types that the topic holds. */
export function eventCompletion({ types, data, metadata }: EventShape): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const member = context.matchBefore(/\bevent(?:\??\.(?:data|metadata))?\??\.[\w$]*/);
    if (member) {
      const from = member.from + member.text.lastIndexOf('.');
      const of = /\.(data|metadata)\??\.[\w$]*$/.exec(member.text)?.[1];
      const isOptional = member.text[from - member.from - 1] === '?';
      if (of === undefined) return { from, options: MEMBERS.map(([name, detail], at) => ({ label: `.${name}`, detail, boost: -at })) };
      return { from, options: (of === 'data' ? data : metadata).map((name, at) => fieldOption(name, at, isOptional)) };
    }
    // A type: event.type === '…', case '…', { '…': … }
    const quoted = context.matchBefore(/(?:type\s*(?:===?|!==?)\s*|case\s+)(['"])[^'"\n]*/);
    if (!quoted) return null;
    const quote = /['"]/.exec(quoted.text)?.[0] ?? "'";
    const from = quoted.from + quoted.text.indexOf(quote) + 1;
    const options = types.map((type, at) => ({ label: type, apply: JSON.stringify(type).slice(1, -1).replaceAll("'", "\\'"), boost: -at }));
    return { from, options, validFor: /^[^'"\n]*$/ };
  };
}

function fieldOption(name: string, at: number, isOptional: boolean): Completion {
  if (IDENTIFIER.test(name)) return { label: `.${name}`, boost: -at };
  return { label: `.${name}`, apply: `${isOptional ? '.' : ''}[${JSON.stringify(name)}]`, boost: -at };
}
