import { parseJsonText, type JsonText } from '../../shared/model/json-text.ts';

/** Node's JSON.rawJSON, which TypeScript's library does not describe yet. */
const rawJson = (JSON as unknown as { rawJSON(text: string): object }).rawJSON;

/** Cents as an amount with two digits, a trailing zero too: `19.90`. */
export function amount(cents: number): object {
  return rawJson(`${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`);
}

/** The JSON text of plain data; a bigint is an integer of any length, an `amount` keeps its digits. */
export function exactJson(value: unknown): JsonText {
  return parseJsonText(JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? rawJson(String(item)) : item)));
}
