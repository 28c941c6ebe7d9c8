import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from '../../src/main/ipc/csv-line.ts';

/** Records of RFC 4180, read one sign after another. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt(at++);
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      record.push(field);
      field = '';
    } else if (sign === '\r' && text.charAt(at + 1) === '\n') {
      at++;
      records.push([...record, field]);
      record = [];
      field = '';
    } else field += sign;
  }
  expect(quoted).toBe(false);
  expect(field).toBe('');
  return records;
}

const fields = fc.array(
  fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', 'a', ' ') })),
  {
    minLength: 2,
    maxLength: 6,
  },
);

test('every record is read back field by field, whatever stands in it', () => {
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 6 }), (records) => {
      expect(parseCsv(records.map((record) => csvLine(record)).join(''))).toEqual(records);
    }),
  );
});

test('guarded, no field begins with what a spreadsheet runs, and others stay as they are', () => {
  fc.assert(
    fc.property(fields, (record) => {
      const [read = []] = parseCsv(csvLine(record, true));
      read.forEach((field, index) => {
        expect(field).not.toMatch(/^[=+\-@\t\r]/);
        expect([record[index], `'${record[index]}`]).toContain(field);
      });
    }),
  );
  expect(csvLine(['=1+1', 'plain', '-5'], true)).toBe("'=1+1,plain,'-5\r\n");
  expect(csvLine(['=1+1', 'a "b", c'])).toBe('=1+1,"a ""b"", c"\r\n');
});
