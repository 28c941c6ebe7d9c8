/**
 * JSON in one line. A bigint becomes a plain integer, exact; keys keep their order and may be called anything.
 * @throws TypeError never for plain data.
 */
export function printJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? rawJson(item.toString()) : item));
}

/** Node's JSON.rawJSON, which TypeScript's library does not describe yet: text that stringify takes over as it is. */
const rawJson = (JSON as unknown as { rawJSON(text: string): object }).rawJSON;
