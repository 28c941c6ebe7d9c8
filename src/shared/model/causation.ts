import { splitMembers, type JsonText } from './json-text.ts';

/** What an event's metadata says of where it comes from, under the names that event stores use for it. */
export interface Causation {
  readonly correlationId: string | null;
  readonly causationId: string | null;
}

/** The names of a correlation id, the first that is there counts. */
export const CORRELATION_KEYS: readonly string[] = ['correlationId', 'correlation_id', '$correlationId', 'correlation'];
/** The names of the id of the event that caused another. */
export const CAUSATION_KEYS: readonly string[] = ['causationId', 'causation_id', '$causationId', 'causation'];

export function causationOf(metadata: JsonText): Causation {
  const members = splitMembers(metadata);
  return { correlationId: firstText(members, CORRELATION_KEYS), causationId: firstText(members, CAUSATION_KEYS) };
}

/** A text that is not empty, or a number as it is written. */
function firstText(members: ReadonlyMap<string, JsonText> | null, keys: readonly string[]): string | null {
  for (const key of keys) {
    const token = members?.get(key);
    if (token === undefined) continue;
    const text = token.startsWith('"') ? (JSON.parse(token) as string) : /^[-0-9]/.test(token) ? token : '';
    if (text !== '') return text;
  }
  return null;
}
