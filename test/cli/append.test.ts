import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cli, cliAnswer } from './command-line.ts';
import { newStoreWithOrders } from './store-for-commands.ts';

const printed = async (path: string): Promise<readonly string[]> => (await cli(['events', path, 'orders'])).lines;

describe('append', () => {
  test('keeps data and metadata token for token and a timestamp to the last digit', async () => {
    const path = await newStoreWithOrders();
    const data = '{"b":9007199254740993,"a":[1.10,1e400,-0],"a":"\\u00e9\\ud800","__proto__":{"x":1}}';
    const line = `{"metadata": {"z" : 1.0},  "timestamp":-9223372036854775808,"type":"A","id":"<1>","data":${data}}`;
    expect(await cliAnswer(['append', path, 'orders'], `${line}\n`)).toEqual({ first: 1, last: 1 });
    expect(await printed(path)).toEqual([
      `{"id":"\\u003c1\\u003e","topic":"orders","type":"A","data":${data},"metadata":{"z":1.0},"timestamp":-9223372036854775808,"version":1}`,
    ]);
  });

  test('takes any JSON value as data exactly as it came', async () => {
    const path = await newStoreWithOrders('fs');
    const values = fc
      .sample(fc.json({ noUnicodeString: false }), { numRuns: 40, seed: 42 })
      .map((text) => JSON.stringify(JSON.parse(text)));
    await cliAnswer(['append', path, 'orders'], values.map((data) => `{"type":"A","data":${data}}`).join('\n'));
    const lines = await printed(path);
    expect(lines.map((line) => /"data":(.*),"metadata":null,/.exec(line)?.[1])).toEqual(values);
  });

  test('skips blank lines, takes a byte order mark in front and a last line without an end', async () => {
    const path = await newStoreWithOrders();
    const input = '\uFEFF\n{"type":"A"}\r\n\n  \t\r\n{"type":"B"}';
    expect(await cliAnswer(['append', path, 'orders'], input)).toEqual({ first: 1, last: 2 });
  });

  test('answers { first: null, last } for an empty batch, and TOPIC_NOT_FOUND where there is no topic', async () => {
    const path = await newStoreWithOrders();
    await cliAnswer(['append', path, 'orders'], '{"type":"A"}');
    expect((await cli(['append', path, 'orders'])).stdout).toBe('{"first":null,"last":1}\n');
    const missing = await cli(['append', path, 'nothing']);
    expect([missing.code, missing.error?.code]).toEqual([1, 'TOPIC_NOT_FOUND']);
  });

  test.each([
    ['no JSON', '{"type":"A"', 'not valid JSON'],
    ['two values', '{"type":"A"} {"type":"B"}', 'not valid JSON'],
    ['a list', '[{"type":"A"}]', 'not a JSON object'],
    ['text', '"A"', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['no type', '{"data":{}}', '"type" is missing'],
    ['an empty type', '{"type":""}', 'type is empty'],
    ['a type that is a number', '{"type":1}', '"type" is not a text'],
    ['half a surrogate pair as type', '{"type":"\\ud800"}', 'surrogate'],
    ['an unknown member', '{"type":"A","version":7}', '"version"'],
    ['a hostile member', '{"type":"A","__proto__":{}}', '"__proto__"'],
    ['a member twice', '{"type":"A","type":"B"}', 'twice'],
    ['an id that is a number', '{"type":"A","id":7}', '"id" is not a text'],
    ['a timestamp that is a text', '{"type":"A","timestamp":"7"}', '"timestamp"'],
    ['a timestamp with a fraction', '{"type":"A","timestamp":7.0}', '"timestamp"'],
    ['a timestamp with an exponent', '{"type":"A","timestamp":1e3}', '"timestamp"'],
    ['a timestamp beyond int64', '{"type":"A","timestamp":9223372036854775808}', '"timestamp"'],
  ])('refuses the whole batch for a line with %s, naming the line', async (_what, bad, reason) => {
    const path = await newStoreWithOrders();
    const { code, stdout, error } = await cli(['append', path, 'orders'], `{"type":"Good"}\n\n${bad}\n{"type":"Good"}\n`);
    expect([code, stdout, error?.code, error?.details['line']]).toEqual([1, '', 'INVALID_EVENT', 3]);
    expect(String(error?.message)).toContain(reason);
    expect(await printed(path)).toEqual([]);
  });

  test('refuses bytes that are not UTF-8, naming the line', async () => {
    const path = await newStoreWithOrders();
    const input = Buffer.concat([Buffer.from('{"type":"A"}\n{"type":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}\n')]);
    const { code, error } = await cli(['append', path, 'orders'], input);
    expect([code, error?.code, error?.details['line']]).toEqual([1, 'INVALID_EVENT', 2]);
  });

  test('names the line of an id that stands twice in the batch', async () => {
    const path = await newStoreWithOrders();
    const { error } = await cli(['append', path, 'orders'], '{"type":"A","id":"x"}\n\n{"type":"A","id":"x"}\n');
    expect(error).toMatchObject({ code: 'EVENT_ID_CONFLICT', details: { line: 3 } });
  });

  test('has one winner per expected version, and a retry with ids answers as the first time', async () => {
    const path = await newStoreWithOrders();
    const line = '{"type":"A","id":"one"}';
    expect(await cliAnswer(['append', path, 'orders', '--expected-version', '0'], line)).toEqual({ first: 1, last: 1 });
    const late = await cli(['append', path, 'orders', '--expected-version', '0'], '{"type":"B"}');
    expect(late.code).toBe(1);
    expect(late.error).toMatchObject({ code: 'VERSION_CONFLICT', details: { expected: 0, actual: 1 } });
    expect(await cliAnswer(['append', path, 'orders', '--expected-version', '0'], line)).toEqual({ first: 1, last: 1 });
    expect(await printed(path)).toHaveLength(1);
  });

  test('never writes to the configuration topic', async () => {
    const path = await newStoreWithOrders();
    const { code, error } = await cli(['append', path, 'configuration'], '{"type":"A"}');
    expect([code, error?.code]).toEqual([1, 'TOPIC_RESERVED']);
  });
});
