import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byteCount, draftFault, parseBatch, type DraftEvent } from '../../../../src/renderer/src/features/append/draft.ts';

function eventsOf(text: string): readonly DraftEvent[] {
  const draft = parseBatch(text);
  if ('fault' in draft) throw new Error(`refused: ${draft.fault}`);
  return draft.events;
}

function faultOf(text: string): string {
  const draft = parseBatch(text);
  return 'fault' in draft ? draft.fault : 'no fault';
}

describe('a batch', () => {
  test('keeps every token of data and metadata as it was typed, one event a line', () => {
    const line = '{"type":"Paid","data":{"n":9223372036854775807,"p":1.10,"e":1e400,"a":1,"a":2},"metadata":[9007199254740993]}';
    expect(eventsOf(`${line}\n`)).toEqual([
      { type: 'Paid', data: '{"n":9223372036854775807,"p":1.10,"e":1e400,"a":1,"a":2}', metadata: '[9007199254740993]' },
    ]);
  });

  test('reads as an array exactly what it reads as lines', () => {
    const event = fc.record(
      {
        type: fc.string({ minLength: 1, unit: 'grapheme' }),
        data: fc.jsonValue({ maxDepth: 3 }),
        metadata: fc.jsonValue({ maxDepth: 2 }),
        id: fc.string({ unit: 'grapheme' }),
        timestamp: fc.integer(),
      },
      { requiredKeys: ['type'] },
    );
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), fc.constantFrom(undefined, 2), (events, indent) => {
        const lines = eventsOf(events.map((each) => JSON.stringify(each)).join('\n'));
        expect(eventsOf(JSON.stringify(events, null, indent))).toEqual(lines);
        expect(lines.map(({ type }) => type)).toEqual(events.map(({ type }) => type));
        expect(lines.map(({ data }) => (data === undefined ? undefined : JSON.parse(data)))).toEqual(
          events.map(({ data }) => (data === undefined ? undefined : JSON.parse(JSON.stringify(data)))),
        );
      }),
    );
  });

  test('reads timestamps as whole nanoseconds, all digits of them', () => {
    expect(eventsOf('{"type":"A","timestamp":1795475551622133116}')[0]?.timestamp).toBe(1795475551622133116n);
    expect(eventsOf('{"type":"A","timestamp":-1}')[0]?.timestamp).toBe(-1n);
  });

  test('leaves out what was not given', () => {
    expect(Object.keys(eventsOf('{"type":"A"}')[0] ?? {})).toEqual(['type']);
  });

  test('skips empty lines and takes line ends of Windows', () => {
    expect(eventsOf('\r\n{"type":"A"}\r\n\r\n{"type":"B"}\r\n').map(({ type }) => type)).toEqual(['A', 'B']);
  });

  test('holds nothing where the array is empty', () => {
    expect(parseBatch('[]')).toEqual({ events: [], bytes: 0 });
  });

  test('is not fooled by brackets and commas inside the strings of an array', () => {
    const text = String.raw`[{"type":"a],[{\"","data":"},{"},{"type":"b","data":["\\",",]"]}]`;
    expect(eventsOf(text)).toEqual([
      { type: 'a],[{"', data: '"},{"' },
      { type: 'b', data: String.raw`["\\",",]"]` },
    ]);
  });

  test.each([
    ['', /one event a line, or a JSON array/],
    ['{"type":"A"}\n{"data":1}', /^Line 2: its "type" is missing or empty/],
    ['{"type":""}', /^Line 1: its "type" is missing or empty/],
    ['{"type":7}', /^Line 1: "type" is not a text/],
    ['{"type":"A","id":7}', /^Line 1: "id" is not a text/],
    ['{"type":"A","timestamp":"1"}', /^Line 1: "timestamp" is whole nanoseconds/],
    ['{"type":"A","timestamp":1.5}', /^Line 1: "timestamp" is whole nanoseconds/],
    ['{"type":"A","timestamp":1e3}', /^Line 1: "timestamp" is whole nanoseconds/],
    ['{"type":"A","version":3}', /^Line 1: "version" is no member of an event/],
    ['{"type":"A","__proto__":{}}', /^Line 1: "__proto__" is no member of an event/],
    ['7', /^Line 1: an event is an object/],
    ['[{"type":"A"},7]', /^Event 2: an event is an object/],
    ['\n\n{"type":"A"', /^Line 3, column 12: /],
    ['[{"type":"A"},]', /^Line 1, column 15: Expected a value/],
    ['{"type":"A","data":"\ud800"}', /^Line 1, column 21: .*surrogate/],
  ])('%j is refused whole, and the reason names its place', (text, reason) => {
    expect(faultOf(text)).toMatch(reason);
  });

  test('is an answer for any text, never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'[]{},:"\\1 \ntype') })), (text) => {
        const draft = parseBatch(text);
        if ('fault' in draft) expect(draft.fault).not.toBe('');
        else expect(draft.events.every(({ type }) => type !== '')).toBe(true);
      }),
    );
  });
});

describe('the fault of a JSON text', () => {
  test('is null for exactly the texts that are one JSON value, and for none at all', () => {
    expect(draftFault('')).toBeNull();
    expect(draftFault(' \n ')).toBeNull();
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]",:1e-t') })), (text) => {
        fc.pre(text.trim() !== '');
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        expect(draftFault(text) === null).toBe(valid);
      }),
    );
  });

  test('names line and column wherever the text goes wrong', () => {
    expect(draftFault('{"a" 1}')).toBe('Line 1, column 6: Expected ":" after the key, found "1".');
    expect(draftFault('{\n "a": tru\n}')).toMatch(/^Line 2, column 7: /);
    expect(draftFault('{"a":}')).toMatch(/^Line 1, column 6: /);
  });
});

describe('the size of a draft', () => {
  test('counts bytes of UTF-8, and null for what is absent', () => {
    expect(byteCount([{ type: 'A' }])).toBe(8);
    expect(byteCount([{ type: 'A', data: '"é☃😀"', metadata: '{}' }])).toBe(2 + 3 + 4 + 2 + 2);
    expect(byteCount([])).toBe(0);
  });

  test('of a batch leaves out the white space that is not stored', () => {
    const draft = parseBatch('{"type":"A",  "data": { "a": [1, 2] } }');
    expect(draft).toMatchObject({ bytes: '{"a":[1,2]}'.length + 4 });
  });
});
