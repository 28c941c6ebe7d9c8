import { isUtf8 } from 'node:buffer';
import type { StoredEvent } from '../../../shared/model/event.ts';
import { JSON_NULL, memberSpans, parseJsonText, type JsonText } from '../../../shared/model/json-text.ts';
import { readOwnEvent } from './own-event.ts';

/** What is wrong, or odd, with one event's file: a kebab-case code and a sentence. */
export interface Fault {
  readonly code: string;
  readonly reason: string;
}

export type EventReading =
  { readonly event: StoredEvent; readonly oddities: readonly Fault[] } | { readonly event: null; readonly damage: Fault };

const INT64_MAX = 9223372036854775807n;
export const NO_ODDITIES: readonly Fault[] = [];

/**
 * Reads one event as the layout stores it. The file's name and folder say what version and topic it is; content that
 * says otherwise is an oddity of a readable event. Whatever cannot be given back exactly is damage. Never throws.
 */
export function readEventBytes(bytes: Buffer, topic: string, version: number): EventReading {
  if (bytes.length === 0) return damaged('empty-file', 'The file is empty, as a power loss leaves it.');
  if (bytes[0] === 0 && bytes.every((byte) => byte === 0)) {
    return damaged('nul-filled', 'The file holds only NUL bytes, as some disks leave it after a crash.');
  }
  if (!isUtf8(bytes)) return damaged('invalid-utf8', 'The file holds bytes that are not UTF-8 text.');
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const reading = readEventText(bytes.toString('utf8', marked ? 3 : 0), topic, version);
  if (!marked || reading.event === null) return reading;
  return { event: reading.event, oddities: [{ code: 'utf8-bom', reason: 'The file starts with a byte order mark.' }, ...reading.oddities] };
}

export function readEventText(source: string, topic: string, version: number): EventReading {
  const own = readOwnEvent(source, topic, version);
  return own ? { event: own, oddities: NO_ODDITIES } : readForeignText(source, topic, version);
}

function readForeignText(source: string, topic: string, version: number): EventReading {
  let text: JsonText;
  try {
    text = parseJsonText(source);
  } catch (error) {
    return damaged('invalid-json', `${error instanceof Error ? error.message : String(error)}.`);
  }
  const spans = memberSpans(text);
  if (spans === null) return damaged('not-an-object', `The file holds ${whatIs(text)} instead of an event.`);
  const members = new Map<string, string>();
  let repeated: string | undefined;
  for (const { key, start, end } of spans) {
    if (members.has(key)) repeated = key;
    members.set(key, text.slice(start, end));
  }
  for (const name of ['id', 'topic', 'type', 'timestamp', 'version']) {
    if (!members.has(name)) return damaged('missing-member', `The event has no ${name}.`);
  }
  const strings = ['id', 'topic', 'type'].map((name) => stringToken(members.get(name)));
  const wrong = strings.findIndex((value) => value === null);
  if (wrong >= 0) return damaged('wrong-type', `The event's ${['id', 'topic', 'type'][wrong]} is not text.`);
  const [id, ownTopic, type] = strings as [string, string, string];
  const timestamp = int64Token(members.get('timestamp'));
  if (timestamp === null) return damaged('wrong-type', "The event's timestamp is not a whole number of nanoseconds in 64 bits.");
  const ownVersion = int64Token(members.get('version'));
  if (ownVersion === null) return damaged('wrong-type', "The event's version is not a whole number.");

  const data = (members.get('data') ?? JSON_NULL) as JsonText;
  const metadata = (members.get('metadata') ?? JSON_NULL) as JsonText;
  const event: StoredEvent = { id, topic, type, data, metadata, timestamp, version };
  if (repeated === undefined && ownTopic === topic && ownVersion === BigInt(version)) return { event, oddities: NO_ODDITIES };
  const oddities: Fault[] = [];
  if (repeated !== undefined)
    oddities.push({ code: 'duplicate-member', reason: `The event has the member ${JSON.stringify(repeated)} twice; the last one counts.` });
  if (ownTopic !== topic)
    oddities.push({ code: 'topic-mismatch', reason: `The event says it belongs to topic ${JSON.stringify(ownTopic)}.` });
  if (ownVersion !== BigInt(version))
    oddities.push({ code: 'version-mismatch', reason: `The file's name says version ${version}, its content ${ownVersion}.` });
  return { event, oddities };
}

export function damaged(code: string, reason: string): EventReading & { event: null } {
  return { event: null, damage: { code, reason } };
}

function stringToken(token: string | undefined): string | null {
  return token?.[0] === '"' ? (JSON.parse(token) as string) : null;
}

function int64Token(token: string | undefined): bigint | null {
  if (token === undefined || !/^-?\d{1,19}$/.test(token)) return null;
  const value = BigInt(token);
  return value <= INT64_MAX && value >= -INT64_MAX - 1n ? value : null;
}

function whatIs(text: JsonText): string {
  if (text[0] === '[') return 'a list';
  if (text[0] === '"') return 'a piece of text';
  return text.length < 20 ? text : 'a number';
}
