import { MAX_BATCH_EVENTS } from '../../../../shared/ipc/contract/events.ts';
import { DEFAULT_MAX_EVENT_BYTES } from '../../../../shared/model/event.ts';
import type { Draft, OneEvent } from './draft.ts';
import { readJson } from './json-fault.ts';
import { arrayItems, minifyJson, objectMembers, skipSpace, type MemberPlace, type TextRange } from './json-scan.ts';
import type { Steps } from './slices.ts';

/** An event as it goes to main: texts with every token as typed, without the white space between them. */
export interface DraftEvent {
  readonly type: string;
  readonly data?: string;
  readonly metadata?: string;
  readonly id?: string;
  readonly timestamp?: bigint;
}

/** The text that a finding is about. */
export type DraftField = keyof OneEvent | 'batch';

/** What a person should know about a place of a text. An error keeps the draft from being appended, a warning does not. */
export interface Finding {
  readonly field: DraftField;
  readonly severity: 'error' | 'warning';
  /** A half-open range in UTF-16 units; line and column of its start count from 1. */
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface Checked {
  /** Those that are in order. */
  readonly events: readonly DraftEvent[];
  /** In the order of the text, at most MOST_FINDINGS. */
  readonly findings: readonly Finding[];
  /** All of them, also those that are not listed. */
  readonly errors: number;
  readonly warnings: number;
}

export interface CheckOptions {
  /** The topic lies where the Go original could read it, which reads data only where it is an object. */
  readonly goReads: boolean;
}

/** More of them nobody reads. */
export const MOST_FINDINGS = 500;

/** Looks at a whole draft, never makes a value of its JSON, and answers for any text. */
export function* checkDraft({ mode, one, batch }: Pick<Draft, 'mode' | 'one' | 'batch'>, options: CheckOptions): Steps<Checked> {
  return mode === 'one' ? yield* checkOne(one, options) : yield* checkBatch(batch, options);
}

interface Notes {
  error(range: TextRange, message: string): void;
  warn(range: TextRange, message: string): void;
  /** How many errors so far. */
  errors(): number;
}

function openNotes(field: DraftField, text: string): { readonly notes: Notes; readonly done: () => Omit<Checked, 'events'> } {
  const found: Omit<Finding, 'line' | 'column' | 'field'>[] = [];
  const counts = { error: 0, warning: 0 };
  const note = (severity: 'error' | 'warning', { from, to }: TextRange, message: string): void => {
    counts[severity]++;
    if (found.length < MOST_FINDINGS) found.push({ severity, from, to, message });
  };
  return {
    notes: {
      error: (range, message) => note('error', range, message),
      warn: (range, message) => note('warning', range, message),
      errors: () => counts.error,
    },
    done: () => {
      let line = 1;
      let start = 0;
      const findings = found
        .toSorted((a, b) => a.from - b.from)
        .map((finding): Finding => {
          for (let next = text.indexOf('\n', start); next !== -1 && next < finding.from; next = text.indexOf('\n', start)) {
            line++;
            start = next + 1;
          }
          return { ...finding, field, line, column: finding.from - start + 1 };
        });
      return { findings, errors: counts.error, warnings: counts.warning };
    },
  };
}

function* checkOne(one: OneEvent, options: CheckOptions): Steps<Checked> {
  const fields = (['type', 'data', 'metadata', 'id', 'timestamp'] as const).map((field) => ({ field, ...openNotes(field, one[field]) }));
  const at = (field: DraftField): Notes => fields.find((each) => each.field === field)?.notes as Notes;
  const whole = (text: string): TextRange => ({ from: 0, to: text.length });

  if (one.type === '') at('type').error(whole(one.type), 'An event needs a type.');
  else checkText(one.type, whole(one.type), 'The type', at('type'));
  checkText(one.id, whole(one.id), 'The id', at('id'));
  const timestamp = one.timestamp.trim() === '' ? undefined : timestampOf(one.timestamp.trim(), whole(one.timestamp), at('timestamp'));
  const data = yield* checkJson(one.data, at('data'));
  const metadata = yield* checkJson(one.metadata, at('metadata'));
  const event: DraftEvent = {
    type: one.type,
    ...(data === undefined ? {} : { data }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(one.id === '' ? {} : { id: one.id }),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
  checkSize(event, whole(one.data), at('data'));
  if (options.goReads && !isReadByGo(event)) at('data').warn(whole(one.data), GO_CANNOT_READ);

  const done = fields.map((each) => each.done());
  const errors = done.reduce((sum, each) => sum + each.errors, 0);
  return {
    events: errors === 0 ? [event] : [],
    findings: done.flatMap(({ findings }) => findings),
    errors,
    warnings: done.reduce((sum, each) => sum + each.warnings, 0),
  };
}

/** The JSON of a field, or undefined where it is empty or wrong. */
function* checkJson(text: string, notes: Notes): Steps<string | undefined> {
  if (text.trim() === '') return undefined;
  const { fault, repeated } = yield* readJson(text);
  for (const range of repeated) notes.warn(range, REPEATED);
  if (fault === null) return minifyJson(text);
  notes.error(faultRange(text, fault.at), fault.message);
  return undefined;
}

function* checkBatch(text: string, options: CheckOptions): Steps<Checked> {
  const { notes, done } = openNotes('batch', text);
  const events: DraftEvent[] = [];
  const ids = new Set<string>();
  const items = text.trimStart().startsWith('[') ? wholeText(text, notes) : lines(text, notes);
  let looked = 0;
  for (;;) {
    const step = items.next();
    if (step.done) break;
    if (step.value === undefined) {
      yield;
      continue;
    }
    if (++looked % 20 === 0) yield;
    const event = checkEvent(text, step.value, notes, ids, options);
    if (!event) continue;
    events.push(event);
    if (events.length === MAX_BATCH_EVENTS + 1) notes.error(step.value, TOO_MANY);
  }
  return { events, ...done() };
}

/** Where values stand in the text; undefined where nothing was found yet. */
type Items = Generator<TextRange | undefined, undefined, undefined>;

/** A JSON array of events, or one event over several lines. */
function* wholeText(text: string, notes: Notes): Items {
  const { fault, repeated } = yield* readJson(text);
  for (const range of repeated) notes.warn(range, REPEATED);
  if (fault) {
    notes.error(faultRange(text, fault.at), fault.message);
    return undefined;
  }
  const start = skipSpace(text, 0);
  if (text[start] === '[') yield* arrayItems(text, start);
  else yield { from: start, to: text.trimEnd().length };
  return undefined;
}

function* lines(text: string, notes: Notes): Items {
  // An event that was pasted over several lines is one event, if that is all there is.
  const first = text
    .trimStart()
    .slice(0, text.trimStart().indexOf('\n') + 1)
    .trim();
  if (first === '{') {
    const { fault } = yield* readJson(text);
    if (fault === null) return yield* wholeText(text, notes);
  }
  for (let from = 0; from <= text.length;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    const line = text.slice(from, to);
    const start = skipSpace(line, 0);
    if (start < line.length) {
      const { fault, repeated } = yield* readJson(line);
      for (const range of repeated) notes.warn({ from: from + range.from, to: from + range.to }, REPEATED);
      if (fault) {
        const place = faultRange(line, fault.at);
        notes.error({ from: from + place.from, to: from + place.to }, fault.message);
        yield undefined;
      } else yield { from: from + start, to: from + line.trimEnd().length };
    }
    from = to + 1;
  }
  return undefined;
}

const MEMBERS: ReadonlySet<string> = new Set(['type', 'data', 'metadata', 'id', 'timestamp']);

/** The event that stands at `range`, which holds JSON; null where it is none. */
function checkEvent(text: string, range: TextRange, notes: Notes, ids: Set<string>, { goReads }: CheckOptions): DraftEvent | null {
  const before = notes.errors();
  if (text[range.from] !== '{') {
    notes.error(range, 'An event is an object with "type" and "data".');
    return null;
  }
  const members = new Map<string, MemberPlace>();
  for (const member of objectMembers(text, range.from)) {
    if (!MEMBERS.has(member.key)) {
      notes.error(
        member.keyAt,
        `"${member.key.slice(0, 100)}" is no member of an event; there are type, data, metadata, id and timestamp.`,
      );
    } else if (members.has(member.key)) notes.error(member.keyAt, `"${member.key}" stands twice in this event.`);
    members.set(member.key, member);
  }
  const type = textMember(text, members.get('type'), notes);
  const typeAt = members.get('type')?.value ?? { from: range.from, to: range.from + 1 };
  if (type === undefined && !members.has('type')) notes.error(typeAt, 'Its "type" is missing.');
  if (type === '') notes.error(typeAt, 'Its "type" is empty.');
  const id = textMember(text, members.get('id'), notes);
  if (id !== undefined && id !== '') {
    if (ids.has(id)) notes.error(members.get('id')?.value ?? range, 'This id stands on an event before this one, too.');
    ids.add(id);
  }
  const given = members.get('timestamp')?.value;
  const timestamp = given && timestampOf(text.slice(given.from, given.to), given, notes);
  if (notes.errors() > before || type === undefined) return null;

  const json = (name: string): string | undefined => {
    const place = members.get(name)?.value;
    return place && minifyJson(text.slice(place.from, place.to));
  };
  const data = json('data');
  const metadata = json('metadata');
  const event: DraftEvent = {
    type,
    ...(data === undefined ? {} : { data }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(id === undefined || id === '' ? {} : { id }),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
  const dataAt = members.get('data')?.value ?? { from: range.from, to: range.from + 1 };
  checkSize(event, range, notes);
  if (goReads && !isReadByGo(event)) notes.warn(dataAt, GO_CANNOT_READ);
  return notes.errors() > before ? null : event;
}

function textMember(text: string, member: MemberPlace | undefined, notes: Notes): string | undefined {
  if (!member) return undefined;
  const token = text.slice(member.value.from, member.value.to);
  if (!token.startsWith('"')) {
    notes.error(member.value, `"${member.key}" is a text, in double quotes.`);
    return undefined;
  }
  const value = JSON.parse(token) as string;
  checkText(value, member.value, `The ${member.key}`, notes);
  return value;
}

function checkText(value: string, range: TextRange, what: string, notes: Notes): void {
  if (!value.isWellFormed()) notes.error(range, `${what} holds half of a surrogate pair, which cannot be stored.`);
  else if (value.length > MOST_NAME) notes.error(range, `${what} is longer than ${MOST_NAME} characters.`);
}

/** As the contract of events.append has it, in UTF-16 units. */
const MOST_NAME = 65_536;

function timestampOf(token: string, range: TextRange, notes: Notes): bigint | undefined {
  if (!/^-?\d+$/.test(token)) {
    notes.error(range, 'The timestamp is whole nanoseconds since 1970: digits only.');
    return undefined;
  }
  // No int64 is longer, and BigInt of a million digits takes its time.
  const value = token.length > 20 ? null : BigInt(token);
  if (value === null || BigInt.asIntN(64, value) !== value) {
    notes.error(range, 'The timestamp does not fit 64 bits.');
    return undefined;
  }
  if (value === 0n) notes.warn(range, 'A timestamp of 0 means the moment of the append.');
  return value;
}

function checkSize(event: DraftEvent, range: TextRange, notes: Notes): void {
  const bytes = eventBytes(event);
  if (bytes <= DEFAULT_MAX_EVENT_BYTES) return;
  notes.error(range, `This event has ${bytes} bytes of data and metadata; at most ${DEFAULT_MAX_EVENT_BYTES} are taken.`);
}

const isReadByGo = ({ data = 'null' }: DraftEvent): boolean => data.startsWith('{') || data === 'null';

const GO_CANNOT_READ = 'The Go program cannot read data that is not a JSON object.';
const REPEATED = 'This key stands in its object before, too. Both are stored; most programs will see the last one.';
const TOO_MANY = `A window appends at most ${MAX_BATCH_EVENTS} events at once. "tidemark append" on the command line takes more.`;

/** The character at a fault; nothing where the text ends. */
function faultRange(text: string, at: number): TextRange {
  return { from: at, to: Math.min(at + 1, text.length) };
}

const encoder = new TextEncoder();

/** Bytes of data and metadata, as they are stored. */
export function eventBytes({ data = 'null', metadata = 'null' }: DraftEvent): number {
  return encoder.encode(data).length + encoder.encode(metadata).length;
}
