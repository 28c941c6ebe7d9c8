import { parseJsonText, splitMembers, type JsonText } from '../../../../shared/model/json-text.ts';
import { jsonFault } from './json-fault.ts';

/** An event as it goes to main: texts with every token as typed. */
export interface DraftEvent {
  readonly type: string;
  readonly data?: string;
  readonly metadata?: string;
  readonly id?: string;
  readonly timestamp?: bigint;
}

export type Draft = { readonly events: readonly DraftEvent[]; readonly bytes: number } | { readonly fault: string };

/** What is wrong with a JSON text, with line and column; null when it is valid or empty. */
export function draftFault(text: string): string | null {
  if (text.trim() === '') return null;
  const fault = jsonFault(text);
  return fault && `Line ${fault.line}, column ${fault.column}: ${fault.message}`;
}

const MEMBERS = new Set(['type', 'data', 'metadata', 'id', 'timestamp']);

/** Reads one event a line (NDJSON), or one JSON array of events. Numbers are never turned into values. */
export function parseBatch(text: string): Draft {
  if (text.trim() === '') return { fault: 'Paste one event a line, or a JSON array of events.' };
  try {
    const items = text.trimStart().startsWith('[') ? arrayItems(text) : lines(text);
    const events = items.map(({ text: item, place }) => parseEvent(item, place));
    return { events, bytes: byteCount(events) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

interface Item {
  readonly text: string;
  readonly place: string;
}

function lines(text: string): Item[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ text: line, place: `Line ${index + 1}` }]));
}

function arrayItems(text: string): Item[] {
  const fault = draftFault(text);
  if (fault !== null) throw new Error(fault);
  const compact = parseJsonText(text);
  const items: Item[] = [];
  let depth = 0;
  let from = 1;
  let inString = false;
  for (let at = 1; at < compact.length; at++) {
    const char = compact[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === ',' || char === ']') && depth === 0) {
      if (at > from) items.push({ text: compact.slice(from, at), place: `Event ${items.length + 1}` });
      from = at + 1;
    } else if (char === '}' || char === ']') depth--;
  }
  return items;
}

function parseEvent(text: string, place: string): DraftEvent {
  const fault = jsonFault(text);
  if (fault !== null) throw new Error(`${place}, column ${fault.column}: ${fault.message}`);
  const members = splitMembers(parseJsonText(text));
  if (!members) throw new Error(`${place}: an event is an object with "type" and "data".`);
  for (const name of members.keys()) if (!MEMBERS.has(name)) throw new Error(`${place}: "${name}" is no member of an event to append.`);
  const type = textMember(members, 'type', place);
  if (type === undefined || type === '') throw new Error(`${place}: its "type" is missing or empty.`);
  const id = textMember(members, 'id', place);
  const timestamp = members.get('timestamp');
  if (timestamp !== undefined && !/^-?\d+$/.test(timestamp)) throw new Error(`${place}: "timestamp" is whole nanoseconds.`);
  const data = members.get('data');
  const metadata = members.get('metadata');
  return {
    type,
    ...(data === undefined ? {} : { data }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(id === undefined ? {} : { id }),
    ...(timestamp === undefined ? {} : { timestamp: BigInt(timestamp) }),
  };
}

function textMember(members: ReadonlyMap<string, JsonText>, name: string, place: string): string | undefined {
  const token = members.get(name);
  if (token === undefined) return undefined;
  if (!token.startsWith('"')) throw new Error(`${place}: "${name}" is not a text.`);
  return JSON.parse(token) as string;
}

const encoder = new TextEncoder();

/** Bytes of data and metadata, as they are stored. */
export function byteCount(events: readonly DraftEvent[]): number {
  return events.reduce(
    (sum, { data = 'null', metadata = 'null' }) => sum + encoder.encode(data).length + encoder.encode(metadata).length,
    0,
  );
}
