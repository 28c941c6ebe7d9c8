import type { ScratchEvent } from '../../../../../shared/model/fold.ts';
import { JSON_NULL, parseJsonText, type JsonText } from '../../../../../shared/model/json-text.ts';
import { prettyJson } from '../../../json/json-pretty.ts';
import { runWhole } from '../../../json/sliced.ts';

/** An event as it is typed. */
export interface EventTexts {
  readonly type: string;
  /** JSON. */
  readonly data: string;
  /** JSON, or nothing for null. */
  readonly metadata: string;
  /** Nanoseconds since the Unix epoch, in digits. */
  readonly timestamp: string;
}

export type EventFaults = { readonly [Field in keyof EventTexts]: string | null };

export interface EventReading {
  /** Null while something is wrong with it. */
  readonly event: ScratchEvent | null;
  readonly faults: EventFaults;
}

const MOST_TYPE = 65_536;
/** The longest data or metadata of a scratch event, in UTF-16 units. */
export const MOST_TEXT = 1024 * 1024;
/** Longer texts are edited as they are stored: laying them out would hold the window. */
const MOST_PRETTY = 64 * 1024;

export function readEvent({ type, data, metadata, timestamp }: EventTexts): EventReading {
  const [dataText, dataFault] = readJson(data);
  const [metadataText, metadataFault] = metadata.trim() === '' ? [JSON_NULL, null] : readJson(metadata);
  const [time, timeFault] = readTime(timestamp);
  const faults = { type: typeFault(type), data: dataFault, metadata: metadataFault, timestamp: timeFault };
  const isGood = dataText !== null && metadataText !== null && time !== null && faults.type === null;
  return { event: isGood ? { type, data: dataText, metadata: metadataText, timestamp: time } : null, faults };
}

/** An event spread over lines, every token as it is. */
export function eventTexts({ type, data, metadata, timestamp }: ScratchEvent): EventTexts {
  return { type, data: spread(data), metadata: metadata === JSON_NULL ? '' : spread(metadata), timestamp: timestamp.toString() };
}

function spread(text: string): string {
  return text.length > MOST_PRETTY ? text : (runWhole(prettyJson(text, MOST_TEXT)) ?? text);
}

function typeFault(type: string): string | null {
  if (type === '') return 'An event has a type.';
  if (type.length > MOST_TYPE) return 'A type is at most 65,536 characters long.';
  return type.isWellFormed() ? null : 'Half of a surrogate pair cannot be stored.';
}

function readJson(text: string): readonly [JsonText, null] | readonly [null, string] {
  if (text.length > MOST_TEXT) return [null, 'A scratch event is at most 1 MB long.'];
  try {
    return [parseJsonText(text), null];
  } catch (error) {
    return [null, error instanceof Error ? error.message : String(error)];
  }
}

function readTime(text: string): readonly [bigint, null] | readonly [null, string] {
  const digits = text.trim();
  if (!/^-?\d{1,19}$/.test(digits)) return [null, 'Nanoseconds since 1970, in digits.'];
  const time = BigInt(digits);
  return BigInt.asIntN(64, time) === time ? [time, null] : [null, 'This is beyond what 64 bits hold.'];
}

/** Where a sentence about JSON says that the fault lies, in UTF-16 units; null where it does not say. */
export function faultPlace(fault: string): number | null {
  const [, at] = /at position (\d+)/.exec(fault) ?? [];
  return at === undefined ? null : Number(at);
}
