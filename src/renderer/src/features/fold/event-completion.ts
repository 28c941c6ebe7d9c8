import type { Completion, CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { placeIn } from '../../api/field-names.ts';
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

/** A name, members and elements of it, and a point behind which a member is being written. */
const CHAIN =
  /[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\??\.[\p{ID_Start}$_][\p{ID_Continue}$]*|(?:\?\.)?\[[^\][\n]*\])*\??\.[\p{ID_Continue}$]*$/u;

/** What stands between the points of a chain but the last, `[]` for an element of a list and the name for one in quotes. */
function stepsOf(chain: string): string[] {
  const whole = chain.slice(0, chain.lastIndexOf('.')).replace(/\?$/, '');
  return (whole.match(/\[[^\][\n]*\]|[\p{ID_Continue}$]+/gu) ?? []).map((step) => {
    if (!step.startsWith('[')) return step;
    return /^\[\s*(['"])(.*)\1\s*\]$/.exec(step)?.[2] ?? '[]';
  });
}

const stepInto = (place: string, step: string): string => (step === '[]' ? `${place}[]` : placeIn(place, step));

/** What the fold calls its second parameter. */
const eventName = (text: string): string =>
  /(?:\bfunction\s+fold|\bfold\s*=\s*(?:function(?:\s+[\w$]+)?)?)\s*\([^(),]*,\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/u.exec(text)?.[1] ??
  'event';

/** Completes `event.`, what is in `event.data.` and `event.metadata.`, and, within quotes beside `type`, the types that the topic holds. */
export function eventCompletion({ types, data, metadata }: EventShape): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const member = context.matchBefore(CHAIN);
    const [event, ...steps] = member ? stepsOf(member.text) : [];
    if (member && event === eventName(context.state.doc.toString())) {
      const from = member.from + member.text.lastIndexOf('.');
      const [of, ...place] = steps;
      const isOptional = member.text[from - member.from - 1] === '?';
      if (of === undefined) return { from, options: MEMBERS.map(([name, detail], at) => ({ label: `.${name}`, detail, boost: -at })) };
      const names = of === 'data' ? data : of === 'metadata' ? metadata : null;
      const fields = names?.get(place.reduce(stepInto, ''));
      return fields ? { from, options: [...fields].map((name, at) => fieldOption(name, at, isOptional)) } : null;
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
