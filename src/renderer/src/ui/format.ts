const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 1204881 as 1,204,881. */
export const count = (value: number): string => WHOLE.format(value);

/** `1 event`, `2 events`. */
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;

const NS_PER_MS = 1_000_000n;
/** Beyond these a Date says nothing. */
const MAX_MS = 8_640_000_000_000_000n;

/** Nanoseconds since the epoch as UTC with milliseconds, or the number itself where no calendar reaches. */
export function utc(timestamp: bigint): string {
  const ms = floorDiv(timestamp, NS_PER_MS);
  if (ms > MAX_MS || ms < -MAX_MS) return timestamp.toString();
  return new Date(Number(ms)).toISOString().replace('T', ' ').replace('Z', '');
}

/** All nine digits, and the raw number, for a tooltip. */
export function exactTime(timestamp: bigint): string {
  const nanoseconds = timestamp - floorDiv(timestamp, NS_PER_MS) * NS_PER_MS;
  return `${utc(timestamp)}${nanoseconds.toString().padStart(6, '0')} UTC (${timestamp} ns)`;
}

/** How a person wants times: see `times` of the settings. */
export type TimeStyle = 'utc' | 'local' | 'relative';

/** A time in the style a person chose; `now` in ms since the epoch. What no calendar reaches is the number itself. */
export function timeText(timestamp: bigint, style: TimeStyle, now: number): string {
  const ms = floorDiv(timestamp, NS_PER_MS);
  if (style === 'utc' || ms > MAX_MS || ms < -MAX_MS) return utc(timestamp);
  return style === 'local' ? localTime(Number(ms)) : relativeTime(Number(ms) - now);
}

/** As `utc`, in the zone of this machine. */
function localTime(ms: number): string {
  const date = new Date(ms);
  const shifted = new Date(ms - date.getTimezoneOffset() * 60_000);
  return Number.isNaN(shifted.getTime()) ? String(ms) : shifted.toISOString().replace('T', ' ').replace('Z', '');
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `3 days ago`, `in 2 hours`; whole units, rounded towards now. */
function relativeTime(difference: number): string {
  const [unit, length] = UNITS.find(([, ms]) => Math.abs(difference) >= ms) ?? ['second', 1000];
  return RELATIVE.format(Math.trunc(difference / length), unit);
}

function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b < 0n ? quotient - 1n : quotient;
}

/** A long text with its middle left out. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  // A pair of surrogates is one character and stays whole, or goes whole.
  const head = text.slice(0, half).replace(/[\ud800-\udbff]$/, '');
  const tail = text.slice(text.length - half).replace(/^[\udc00-\udfff]/, '');
  return `${head}…${tail}`;
}

/** UTF-16 units or bytes as B, KB, MB. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const [value, unit] = bytes < 1024 * 1024 ? [bytes / 1024, 'KB'] : [bytes / 1024 / 1024, 'MB'];
  return `${value < 10 ? value.toFixed(1) : count(value)} ${unit}`;
}

/** A stable hue (0 to 9) for an event type. */
export function hueOf(type: string): number {
  let hash = 0;
  for (let i = 0; i < type.length; i++) hash = (hash * 31 + type.charCodeAt(i)) | 0;
  return Math.abs(hash) % 10;
}

/** Milliseconds as `12 s` or `3 min 20 s`. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Electron's zoom level as a person reads it: 0 is 100 %, each step a factor of 1.2. */
export const zoomText = (level: number): string => `${Math.round(1.2 ** level * 100)}%`;
