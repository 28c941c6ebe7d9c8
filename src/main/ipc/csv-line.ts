/** What a spreadsheet takes for a formula when a cell begins with it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * One record of RFC 4180 with its line end. A field is quoted where it must be. With `guard`, a field that a spreadsheet would
 * run as a formula gets an apostrophe before it, and so is no longer what was stored.
 */
export function csvLine(fields: readonly string[], guard = false): string {
  return `${fields.map((field) => csvField(guard && FORMULA.test(field) ? `'${field}` : field)).join(',')}\r\n`;
}

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
