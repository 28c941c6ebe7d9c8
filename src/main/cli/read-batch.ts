import type { Readable } from 'node:stream';
import { EventStoreError, isEventStoreError } from '../../shared/model/errors.ts';
import type { NewEvent } from '../../shared/model/event.ts';
import { memberSpans, parseJsonText, type JsonText } from '../../shared/model/json-text.ts';

export interface Batch {
  readonly events: readonly NewEvent[];
  /** The line of standard input (from 1) that each event came from. */
  readonly lines: readonly number[];
}

/**
 * Reads events as NDJSON: `{ type, data, metadata?, id?, timestamp? }` a line, blank lines skipped. Data and metadata
 * are kept token for token, a timestamp is any int64.
 * @throws EventStoreError INVALID_EVENT { line } for the first line that is not an event.
 */
export async function readBatch(input: Readable): Promise<Batch> {
  const events: NewEvent[] = [];
  const lines: number[] = [];
  let line = 0;
  for await (const bytes of splitLines(input)) {
    line++;
    const text = decodeLine(bytes, line);
    if (/^[ \t\r]*$/.test(text)) continue;
    events.push(parseLine(text, line));
    lines.push(line);
  }
  return { events, lines };
}

const NEWLINE = 0x0a;

async function* splitLines(input: Readable): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  for await (const chunk of input) {
    const bytes = chunk as Buffer;
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...parts, bytes.subarray(from, end)]);
      parts = [];
      from = end + 1;
    }
    if (from < bytes.length) parts.push(bytes.subarray(from));
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}

/** A byte order mark in front of the first line is what some shells put there; anywhere else it is not JSON. */
function decodeLine(bytes: Buffer, line: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: line > 1 }).decode(bytes);
  } catch {
    throw badLine(line, 'it is not valid UTF-8');
  }
}

const MEMBERS = ['type', 'data', 'metadata', 'id', 'timestamp'] as const;
type Member = (typeof MEMBERS)[number];

function parseLine(text: string, line: number): NewEvent {
  const members = membersOf(parse(text, line), line);
  const type = members.get('type');
  if (type === undefined) throw badLine(line, '"type" is missing');
  return {
    type: textMember('type', type, line),
    data: members.get('data'),
    metadata: members.get('metadata'),
    id: optional(members.get('id'), (value) => textMember('id', value, line)),
    timestamp: optional(members.get('timestamp'), (value) => timestampMember(value, line)),
  };
}

function optional<T>(value: JsonText | undefined, read: (value: JsonText) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

function parse(text: string, line: number): JsonText {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (isEventStoreError(error, 'INVALID_EVENT')) throw badLine(line, error.message);
    throw error;
  }
}

function membersOf(text: JsonText, line: number): ReadonlyMap<Member, JsonText> {
  const spans = memberSpans(text);
  if (!spans) throw badLine(line, 'it is not a JSON object');
  const members = new Map<Member, JsonText>();
  for (const { key, start, end } of spans) {
    const member = MEMBERS.find((known) => known === key);
    if (member === undefined) throw badLine(line, `it has a member "${key}", which no event has; allowed are ${MEMBERS.join(', ')}`);
    if (members.has(member)) throw badLine(line, `it has "${key}" twice`);
    members.set(member, text.slice(start, end) as JsonText);
  }
  return members;
}

function textMember(member: Member, value: JsonText, line: number): string {
  const parsed: unknown = JSON.parse(value);
  if (typeof parsed !== 'string') throw badLine(line, `"${member}" is not a text`);
  return parsed;
}

/** Digits only: a fraction or an exponent would not be the number that was meant. */
function timestampMember(value: JsonText, line: number): bigint {
  if (/^-?\d+$/.test(value)) {
    const timestamp = BigInt(value);
    if (BigInt.asIntN(64, timestamp) === timestamp) return timestamp;
  }
  throw badLine(line, '"timestamp" is not a whole number of nanoseconds that fits 64 bits');
}

function badLine(line: number, reason: string): EventStoreError {
  return new EventStoreError('INVALID_EVENT', `Line ${line} of the input was refused: ${reason}. Nothing was written.`, { line, reason });
}

/** An error about an event of the batch, with the line that it came from. */
export function withLine(error: unknown, { lines }: Batch): unknown {
  if (!isEventStoreError(error)) return error;
  const line = lines[error.details['index'] as number];
  if (line === undefined || 'line' in error.details) return error;
  return new EventStoreError(error.code, `Line ${line} of the input: ${error.message}`, { ...error.details, line });
}
