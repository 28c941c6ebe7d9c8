/** What a time without a zone of its own is taken in. */
export type Zone = 'utc' | 'local';

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

const NANOSECONDS = /^(-?\d{1,19})\s*ns$/i;
const RELATIVE = /^now(?:\s*([+-])\s*(\d{1,9})\s*(ms|s|m|h|d|w))?$/i;
const MOMENT = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC)?$/i;

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
