import { expect, it } from 'vitest';
import { encodeEvent } from '../../src/shared/model/event.ts';
import { goString } from '../../src/shared/model/go-string.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

it('writes strings with the escapes of the Go original', () => {
  expect(goString('<a>&"\\\u2028\u2029\n\r\t\b\f\u0001\u007fé😀')).toBe(
    '"\\u003ca\\u003e\\u0026\\"\\\\\\u2028\\u2029\\n\\r\\t\\u0008\\u000c\\u0001\u007fé😀"',
  );
  // A backslash before b is text, not the escape of a backspace.
  expect(goString('\\b\\\\f')).toBe('"\\\\b\\\\\\\\f"');
});

it('writes an event as one compact object with the members of the Go original in their order', () => {
  const data = parseJsonText('{"n":9007199254740993}');
  const line = encodeEvent({
    id: 'a<b',
    topic: 't',
    type: 'T',
    data,
    metadata: parseJsonText('null'),
    timestamp: -(2n ** 63n),
    version: 7,
  });
  expect(line).toBe(
    '{"id":"a\\u003cb","topic":"t","type":"T","data":{"n":9007199254740993},"metadata":null,"timestamp":-9223372036854775808,"version":7}',
  );
});
