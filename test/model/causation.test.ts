import { expect, test } from 'vitest';
import { causationOf } from '../../src/shared/model/causation.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';

test.each([
  ['{"correlationId":"a","causationId":"b"}', 'a', 'b'],
  ['{"correlation_id":"a","causation_id":"b"}', 'a', 'b'],
  ['{"$correlationId":"a","$causationId":"b"}', 'a', 'b'],
  ['{"correlation":"a","causation":"b"}', 'a', 'b'],
  ['{"correlation":"late","correlationId":"a"}', 'a', null],
  ['{"correlationId":null,"correlation_id":"a"}', 'a', null],
  ['{"correlationId":"","causationId":{"id":"b"}}', null, null],
  ['{"correlationId":9007199254740993,"causationId":true}', '9007199254740993', null],
  ['{"correlationId":"\\u00e9\\"x"}', 'é"x', null],
  ['{"correlationId":"first","correlationId":"last"}', 'last', null],
  ['{"__proto__":{"correlationId":"a"}}', null, null],
  ['["correlationId"]', null, null],
  ['null', null, null],
])('the metadata %s names them', (metadata, correlationId, causationId) => {
  expect(causationOf(parseJsonText(metadata))).toEqual({ correlationId, causationId });
});
