import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readOwnEvent } from '../../../src/main/adapters/filesystem/own-event.ts';
import { encodeEvent, type StoredEvent } from '../../../src/shared/model/event.ts';
import { parseJsonText, splitMembers, type JsonText } from '../../../src/shared/model/json-text.ts';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('a"b', '\\', '<&>', '\u2028', '","type":"x', '__proto__'),
);
const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value) as JsonText);
const event: fc.Arbitrary<StoredEvent> = fc.record({
  id: text,
  topic: fc.constantFrom('orders', 'a"b', 'größer'),
  type: text,
  data: json,
  metadata: json,
  timestamp: fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(0n, -1n)),
  version: fc.oneof(fc.integer({ min: 1 }), fc.constant(Number.MAX_SAFE_INTEGER - 1)),
});
const isWhole = ({ id, type }: StoredEvent): boolean => id.isWellFormed() && type.isWellFormed();

it('reads what encodeEvent writes, member by member', () => {
  fc.assert(
    fc.property(event.filter(isWhole), (given) => {
      expect(readOwnEvent(encodeEvent(given), given.topic, given.version)).toEqual(given);
    }),
    { numRuns: 2000 },
  );
});

it('takes nothing that is not JSON, has other members, or is another event', () => {
  const pieces = [
    '"',
    '\\',
    ',',
    '}',
    '{',
    ':',
    ' ',
    '0',
    '-',
    '1e5',
    '.',
    'null',
    '"topic":"x",',
    ',"id":"twice"',
    '\n',
    '\u0000',
    '[',
    ']',
  ];
  const spoiled = fc.tuple(event.filter(isWhole), fc.nat(), fc.nat(3), fc.constantFrom('', ...pieces));
  fc.assert(
    fc.property(spoiled, ([given, at, cut, piece]) => {
      const whole = encodeEvent(given);
      const place = at % (whole.length + 1);
      const changed = whole.slice(0, place) + piece + whole.slice(place + cut);
      const found = readOwnEvent(changed, given.topic, given.version);
      if (!found || !changed.isWellFormed()) return;
      const members = splitMembers(parseJsonText(changed))!;
      expect([...members.keys()]).toEqual(['id', 'topic', 'type', 'data', 'metadata', 'timestamp', 'version']);
      const { data, metadata, timestamp, version } = found;
      expect([data, metadata, String(version)]).toEqual([members.get('data'), members.get('metadata'), members.get('version')]);
      // An integer may only be written in one way, but for a zero with a sign.
      expect(timestamp).toBe(BigInt(members.get('timestamp')!));
      for (const name of ['id', 'topic', 'type'] as const) expect(found[name]).toBe(JSON.parse(members.get(name)!));
    }),
    { numRuns: 10_000 },
  );
  const given = { id: 'a', topic: 'orders', type: 'T', data: '1', metadata: 'null', timestamp: 1n, version: 7 } as StoredEvent;
  const own = encodeEvent(given);
  expect(readOwnEvent(own, 'orders', 7)).toEqual(given);
  expect(readOwnEvent(own, 'orders', 8)).toBeNull();
  expect(readOwnEvent(own, 'other', 7)).toBeNull();
  expect(readOwnEvent(`${own}\n`, 'orders', 7)).toBeNull();
  expect(readOwnEvent(own.replace('timestamp":1', 'timestamp":9223372036854775808'), 'orders', 7)).toBeNull();
  expect(readOwnEvent(own.replace('timestamp":1', 'timestamp":01'), 'orders', 7)).toBeNull();
});
