/**
 * A JSON string literal with exactly the escapes Go's encoding/json writes (Go 1.19): `<`, `>`, `&`, U+2028 and
 * U+2029 as \u escapes, control characters other than \n \r \t as \u00xx, everything else raw.
 */
export function goString(value: string): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]|\\[bf]|\\\\/g, (found) => GO_ESCAPES[found] ?? found);
}

const GO_ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
  '\\b': '\\u0008',
  '\\f': '\\u000c',
};
