/** Where a person wants to go. Times are nanoseconds since the epoch; `says` is how the target was understood. */
export type JumpTarget =
  | { readonly kind: 'version'; readonly version: number; readonly says: string }
  | { readonly kind: 'time'; readonly at: bigint; readonly says: string }
  | { readonly kind: 'wrong'; readonly fault: string }
  | { readonly kind: 'empty' };

export type Zone = 'utc' | 'local';

export interface JumpContext {
  /** The newest version; 0: none. */
  readonly latest: number;
  /** What a time without a zone of its own is taken in. */
  readonly zone: Zone;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const NS_PER_MS = 1_000_000n;
const MAX_INT64 = 9_223_372_036_854_775_807n;
const UNIT_NS: Readonly<Record<string, bigint>> = {
  ms: NS_PER_MS,
  s: 1000n * NS_PER_MS,
  m: 60_000n * NS_PER_MS,
  h: 3_600_000n * NS_PER_MS,
  d: 86_400_000n * NS_PER_MS,
  w: 604_800_000n * NS_PER_MS,
};

const VERSION = /^#?\s*(\d[\d,\s_]*)$/;
const NANOSECONDS = /^(-?\d{1,19})\s*ns$/i;
const RELATIVE = /^now(?:\s*([+-])\s*(\d{1,9})\s*(ms|s|m|h|d|w))?$/i;
const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC)?$/i;

const JUMP_FORMS = '123, #123, 2026-03-04, 2026-03-04 10:20:30.5, now-1h, or nanoseconds as 1709546400000000000ns';

/** Reads what was typed into the jump box, and says what is wrong with it in a sentence. */
export function parseJumpTarget(typed: string, { latest, zone, now }: JumpContext): JumpTarget {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const version = VERSION.exec(text)?.[1];
  if (version !== undefined) return versionTarget(Number(version.replaceAll(/[,\s_]/g, '')), latest);
  const time = parseMoment(text, zone, now);
  if (time === null) return wrong(`Not understood. Type ${JUMP_FORMS}.`);
  if ('fault' in time) return wrong(time.fault);
  return { kind: 'time', at: time.at, says: `The first event at or after ${momentText(time.at, time.zone)}` };
}

/** A time as the jump box and the time filter read it; null where the text is none. */
export function parseMoment(
  typed: string,
  zone: Zone,
  now: number,
): { readonly at: bigint; readonly zone: Zone } | { readonly fault: string } | null {
  const text = typed.trim();
  const nanoseconds = NANOSECONDS.exec(text)?.[1];
  if (nanoseconds !== undefined) return inInt64(BigInt(nanoseconds), zone);
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, sign, amount = '0', unit = 'ms'] = relative;
    const by = BigInt(amount) * (UNIT_NS[unit.toLowerCase()] ?? 0n);
    return inInt64(BigInt(Math.trunc(now)) * NS_PER_MS + (sign === '-' ? -by : by), zone);
  }
  const moment = MOMENT.exec(text);
  if (!moment) return null;
  const [, year = '', month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', utc] = moment;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const inZone = utc === undefined ? zone : 'utc';
  const ms = epochMs(fields, inZone);
  if (ms === null) return { fault: `There is no such ${isDay(fields) ? 'time of day' : 'day'}: ${text.slice(0, 40)}.` };
  return inInt64(BigInt(ms) * NS_PER_MS + BigInt(fraction.padEnd(9, '0')), inZone);
}

/** `2026-03-04 10:20:00 UTC`, with as many digits of the second as there are. */
export function momentText(at: bigint, zone: Zone): string {
  const second = 1000n * NS_PER_MS;
  const rest = ((at % second) + second) % second;
  const ms = Number((at - rest) / NS_PER_MS);
  const date = new Date(zone === 'utc' ? ms : ms - new Date(ms).getTimezoneOffset() * 60_000);
  const fraction = rest === 0n ? '' : `.${rest.toString().padStart(9, '0').replace(/0+$/, '')}`;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction} ${zone === 'utc' ? 'UTC' : 'local time'}`;
}

function versionTarget(version: number, latest: number): JumpTarget {
  if (latest === 0) return wrong('This topic has no events yet.');
  if (version < 1 || version > latest) return wrong(`Versions go from 1 to ${latest.toLocaleString('en')}.`);
  return { kind: 'version', version, says: `Version ${version.toLocaleString('en')}` };
}

function epochMs(fields: readonly number[], zone: Zone): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  if (!isDay(fields) || hour > 23 || minute > 59 || second > 59) return null;
  // `setFullYear`, since the constructors take the years 0 to 99 for 1900 to 1999.
  const date = new Date(0);
  if (zone === 'utc') {
    date.setUTCFullYear(year, month - 1, day);
    date.setUTCHours(hour, minute, second, 0);
  } else {
    date.setFullYear(year, month - 1, day);
    date.setHours(hour, minute, second, 0);
  }
  return date.getTime();
}

function isDay([year = 0, month = 0, day = 0]: readonly number[]): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return month >= 1 && month <= 12 && day >= 1 && date.getUTCDate() === day;
}

function inInt64(at: bigint, zone: Zone): { readonly at: bigint; readonly zone: Zone } | { readonly fault: string } {
  if (at > MAX_INT64 || at < -MAX_INT64 - 1n)
    return { fault: 'No event can have this time: it is beyond 64 bits of nanoseconds (1677 to 2262).' };
  return { at, zone };
}

const wrong = (fault: string): JumpTarget => ({ kind: 'wrong', fault });
