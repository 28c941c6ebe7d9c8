import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDraft, eventBytes, MOST_FINDINGS, type Checked } from '../../../../src/renderer/src/features/append/check-draft.ts';
import { NO_EVENT, type OneEvent } from '../../../../src/renderer/src/features/append/draft.ts';
import { finish, inSlices } from '../../../../src/renderer/src/features/append/slices.ts';

const batch = (text: string, goReads = false): Checked => finish(checkDraft({ mode: 'batch', one: NO_EVENT, batch: text }, { goReads }));
const one = (event: Partial<OneEvent>, goReads = false): Checked =>
  finish(checkDraft({ mode: 'one', one: { ...NO_EVENT, ...event }, batch: '' }, { goReads }));
const eventsOf = (text: string): Checked['events'] => {
  const { events, findings } = batch(text);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return events;
};
const said = ({ findings }: Checked): string[] => findings.map(({ line, column, message }) => `Line ${line}, column ${column}: ${message}`);

describe('a batch', () => {
  test('keeps every token of data and metadata as it was typed, one event a line', () => {
    const line = '{"type":"Paid","data":{"n":9223372036854775807,"p":1.10,"e":1e400,"a":1,"a":2},"metadata":[9007199254740993]}';
    expect(eventsOf(`${line}\n`)).toEqual([
      { type: 'Paid', data: '{"n":9223372036854775807,"p":1.10,"e":1e400,"a":1,"a":2}', metadata: '[9007199254740993]' },
    ]);
  });

  const anyEvent = fc.record(
    {
      type: fc.string({ minLength: 1, unit: 'grapheme' }),
      data: fc.jsonValue({ maxDepth: 3 }),
      metadata: fc.jsonValue({ maxDepth: 2 }),
      timestamp: fc.integer({ min: 1 }),
    },
    { requiredKeys: ['type'] },
  );

  test('reads as an array exactly what it reads as lines', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { minLength: 1, maxLength: 6 }), fc.constantFrom(undefined, 2), (events, indent) => {
        const lines = eventsOf(events.map((each) => JSON.stringify(each)).join('\n'));
        expect(eventsOf(JSON.stringify(events, null, indent))).toEqual(lines);
        expect(lines.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
        expect(lines.map(({ data }) => data)).toEqual(events.map(({ data }) => (data === undefined ? undefined : JSON.stringify(data))));
      }),
    );
  });

  test('takes one event that was pasted over many lines', () => {
    expect(eventsOf('{\n  "type": "A",\n  "data": { "n": 1.10 }\n}\n')).toEqual([{ type: 'A', data: '{"n":1.10}' }]);
  });

  test('reads timestamps as whole nanoseconds, all digits of them, as far as 64 bits go', () => {
    expect(eventsOf('{"type":"A","timestamp":1795475551622133116}')[0]?.timestamp).toBe(1795475551622133116n);
    expect(eventsOf('{"type":"A","timestamp":-9223372036854775808}')[0]?.timestamp).toBe(-9223372036854775808n);
    expect(said(batch('{"type":"A","timestamp":9223372036854775808}'))).toEqual(['Line 1, column 25: The timestamp does not fit 64 bits.']);
  });

  test('leaves out what was not given, and takes an empty id for none', () => {
    expect(eventsOf('{"type":"A"}')).toEqual([{ type: 'A' }]);
    expect(eventsOf('{"type":"A","id":""}')).toEqual([{ type: 'A' }]);
  });

  test('skips empty lines and takes line ends of Windows', () => {
    expect(eventsOf('\r\n{"type":"A"}\r\n\r\n{"type":"B"}\r\n').map(({ type }) => type)).toEqual(['A', 'B']);
  });

  test('holds nothing where the array or the text is empty', () => {
    for (const text of ['', '[]', '\n \n', '[ ]\n']) expect(batch(text)).toEqual({ events: [], findings: [], errors: 0, warnings: 0 });
  });

  test('is not fooled by brackets and commas inside the strings of an array', () => {
    const text = String.raw`[{"type":"a],[{\"","data":"},{"},{"type":"b","data":["\\",",]"]}]`;
    expect(eventsOf(text)).toEqual([
      { type: 'a],[{"', data: '"},{"' },
      { type: 'b', data: String.raw`["\\",",]"]` },
    ]);
  });

  test.each([
    ['{"type":"A"}\n{"data":1}', /^Line 2, column 1: Its "type" is missing/],
    ['{"type":""}', /^Line 1, column 9: Its "type" is empty/],
    ['{"type":7}', /^Line 1, column 9: "type" is a text/],
    ['{"type":"A","id":7}', /^Line 1, column 18: "id" is a text/],
    ['{"type":"A","timestamp":"1"}', /^Line 1, column 25: The timestamp is whole nanoseconds/],
    ['{"type":"A","timestamp":1.5}', /^Line 1, column 25: The timestamp is whole nanoseconds/],
    ['{"type":"A","timestamp":1e3}', /^Line 1, column 25: The timestamp is whole nanoseconds/],
    ['{"type":"A","version":3}', /^Line 1, column 13: "version" is no member of an event/],
    ['{"type":"A","__proto__":{}}', /^Line 1, column 13: "__proto__" is no member of an event/],
    ['{"type":"A","data":1,"data":2}', /^Line 1, column 22: .*twice|^Line 1, column 22: This key/],
    ['{"type":"A","id":"x"}\n{"type":"B","id":"x"}', /^Line 2, column 18: This id stands on an event before/],
    ['7', /^Line 1, column 1: An event is an object/],
    ['[{"type":"A"},7]', /^Line 1, column 15: An event is an object/],
    ['[{"type":"A"},\n  {"type":7}]', /^Line 2, column 11: "type" is a text/],
    ['\n\n{"type":"A"', /^Line 3, column 12: /],
    ['[{"type":"A"},]', /^Line 1, column 15: Expected a value/],
    ['{"type":"A","data":"\ud800"}', /^Line 1, column 21: .*surrogate/],
    ['{"type":"\\ud800"}', /^Line 1, column 9: The type holds half/],
  ])('%j is in fault, and the fault has its place', (text, reason) => {
    const checked = batch(text);
    expect(checked.errors).toBeGreaterThan(0);
    expect(said(checked).some((sentence) => reason.test(sentence))).toBe(true);
  });

  test('tells the faults of every line, each in its place, and lists only so many', () => {
    const text = '{"type":"A"}\n{oops}\n{"type":"B"}\n{"type":1}\n';
    const { events, findings } = batch(text);
    expect(events.map(({ type }) => type)).toEqual(['A', 'B']);
    expect(findings.map(({ line }) => line)).toEqual([2, 4]);
    expect(findings.map(({ from, to }) => text.slice(from, to))).toEqual(['o', '1']);
    const many = batch('{oops}\n'.repeat(2000));
    expect(many.errors).toBe(2000);
    expect(many.findings).toHaveLength(MOST_FINDINGS);
    expect(many.findings.at(-1)?.line).toBe(MOST_FINDINGS);
  });

  test('of more events than a window appends is in fault', () => {
    expect(batch('{"type":"A"}\n'.repeat(10_000)).errors).toBe(0);
    expect(said(batch('{"type":"A"}\n'.repeat(10_001)))).toEqual([expect.stringMatching(/^Line 10001, column 1: .*10000 events at once/)]);
  });

  test('warns of keys that stand twice at any depth, and stores both', () => {
    const text = '{"type":"A","data":{"x":{"a":1,"\\u0061":2}}}';
    const checked = batch(text);
    expect(checked).toMatchObject({ errors: 0, warnings: 1, events: [{ data: '{"x":{"a":1,"\\u0061":2}}' }] });
    expect(text.slice(checked.findings[0]?.from, checked.findings[0]?.to)).toBe('"\\u0061"');
  });

  test('warns of data that Go cannot read, where Go reads', () => {
    const text = '{"type":"A","data":[1]}\n{"type":"B","data":{}}\n{"type":"C"}\n';
    expect(batch(text)).toMatchObject({ errors: 0, warnings: 0 });
    expect(said(batch(text, true))).toEqual(['Line 1, column 20: The Go program cannot read data that is not a JSON object.']);
  });

  test('is an answer for any text, never an exception, and what is in order is there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'[]{},:"\\1 \ntype') })), (text) => {
        const { events, findings, errors } = batch(text);
        expect(findings.every(({ from, to, line, column }) => from >= 0 && to >= from && to <= text.length && line > 0 && column > 0)).toBe(
          true,
        );
        expect(events.every(({ type }) => type !== '')).toBe(true);
        expect(errors).toBeLessThanOrEqual(Math.max(findings.length, errors));
      }),
    );
  });

  test('in slices is what it is in one go, and stops when it is no longer wanted', async () => {
    const text = '{"type":"A","data":{"n":[1,2,3]}}\n{bad}\n'.repeat(3000);
    const draft = { mode: 'batch', one: NO_EVENT, batch: text } as const;
    const sliced = await inSlices(checkDraft(draft, { goReads: false }), new AbortController().signal);
    expect(sliced).toEqual(batch(text));
    const abort = new AbortController();
    const stopped = inSlices(checkDraft(draft, { goReads: false }), abort.signal);
    abort.abort(new Error('another text'));
    await expect(stopped).rejects.toThrow('another text');
  });

  test('of 16 MiB is looked at in many small steps', { timeout: 60_000 }, () => {
    const line = `{"type":"Paid","data":{"text":"${'x'.repeat(1500)}","list":[1,2,3,{"a":true}]}}\n`;
    const text = line.repeat(10_000);
    const steps = checkDraft({ mode: 'batch', one: NO_EVENT, batch: text }, { goReads: true });
    let count = 0;
    while (!steps.next().done) count++;
    // No more than twenty lines a step.
    expect(count).toBeGreaterThanOrEqual(500);
  });
});

describe('one event', () => {
  test('keeps every token, and what is empty is absent', () => {
    expect(one({ type: 'A', data: '{ "n": 9007199254740993, "r": 1.10 }' }).events).toEqual([
      { type: 'A', data: '{"n":9007199254740993,"r":1.10}' },
    ]);
    expect(one({ type: 'A', data: ' ', metadata: '' }).events).toEqual([{ type: 'A' }]);
    expect(one({ type: 'A', id: 'mine', timestamp: ' -5 ' }).events).toEqual([{ type: 'A', data: '{}', id: 'mine', timestamp: -5n }]);
  });

  test('tells faults of each field in the field', () => {
    const checked = one({ type: '', data: '{\n"a": tru\n}', metadata: '{"a":1,"a":2}', timestamp: '1.5', id: '\ud800' });
    expect(checked.findings.map(({ field, severity, line, column }) => [field, severity, line, column])).toEqual([
      ['type', 'error', 1, 1],
      ['data', 'error', 2, 6],
      ['metadata', 'warning', 1, 8],
      ['id', 'error', 1, 1],
      ['timestamp', 'error', 1, 1],
    ]);
    expect(checked).toMatchObject({ events: [], errors: 4, warnings: 1 });
  });

  test('larger than an event may be is in fault', () => {
    expect(said(one({ type: 'A', data: `"${'x'.repeat(16 * 1024 * 1024)}"` }))).toEqual([
      expect.stringMatching(/at most 16777216 are taken/),
    ]);
  });
});

describe('the size of an event', () => {
  test('counts bytes of UTF-8 without white space, and null for what is absent', () => {
    expect(eventBytes({ type: 'A' })).toBe(8);
    expect(eventBytes({ type: 'A', data: '"é☃😀"', metadata: '{}' })).toBe(2 + 2 + 3 + 4 + 2);
  });
});
