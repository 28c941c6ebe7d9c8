import fc from 'fast-check';
import { expect } from 'vitest';
import type { PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import { parseJsonText } from '../../../src/shared/model/json-text.ts';
import type { Bench } from '../bench.ts';
import { law, type Law } from '../law.ts';
import { readAll, storedAs } from '../observations.ts';
import { configOf, eventOf, jsonText, TOPIC } from '../samples.ts';

/** Appends a batch and compares what is read, token for token, now and, where data is durable, after opening again. */
async function comesBack({ open, openExisting }: Bench, batch: readonly PreparedEvent[]): Promise<void> {
  const repository = await open();
  await repository.createTopic(configOf(), 'refuse', '1');
  await repository.append(TOPIC, batch, 0);
  const expected = storedAs(batch, TOPIC);
  expect((await readAll(repository, TOPIC)).events).toEqual(expected);
  for (const type of new Set(batch.map((event) => event.type))) {
    const found = await readAll(repository, TOPIC, { direction: 'forward', cursor: 0, limit: 1000, types: [type] });
    expect(found.events).toEqual(expected.filter((event) => event.type === type));
  }
  if (!repository.capabilities.durable) return;
  await repository.close();
  expect((await readAll(await openExisting(), TOPIC)).events).toEqual(expected);
}

const NUMBERS = ['9007199254740993', '-9223372036854775808', '18446744073709551616', '1e400', '-1E-400', '1.10', '1.0', '-0', '0e0', '1E5'];
const TEXTS = [
  ...NUMBERS,
  ...NUMBERS.map((number) => `{"n":${number},"list":[${number}]}`),
  '{"z":1,"a":2,"10":3,"2":4}',
  '{"a":1,"a":2,"a":1}',
  '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  '"\\u0041\\/\\u00e9\\ud83d\\ude00 \\u2028\\b\\f\\u0000\\ud800"',
  '"<&> \u2028\u2029 é 😀 \u007f \ufeff \ufffe"',
  '"\ufeffa byte order mark first"',
  '{"":{"":[[],{},"",null,true,false]}}',
  '[]',
  '{}',
  'true',
  '""',
];

export const FIDELITY_LAWS: readonly Law[] = [
  law('data comes back token for token: numbers, escapes, key order, repeated keys, hostile keys', async (bench) => {
    const batch = TEXTS.map((text, index) => eventOf(`id-${index}`, { data: jsonText(text) }));
    await comesBack(bench, batch);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  }),

  law('metadata comes back token for token, like data and never mistaken for it', async (bench) => {
    const batch = TEXTS.map((text, index) => eventOf(`id-${index}`, { metadata: jsonText(text), data: jsonText(`${index}`) }));
    await comesBack(bench, batch);
  }),

  law('any JSON text comes back as it was given', async (bench) => {
    const samples = fc.sample(fc.json({ stringUnit: 'binary', maxDepth: 3 }), 50).map((text, index) => {
      const data = text.isWellFormed() ? parseJsonText(text) : jsonText('null');
      return eventOf(`id-${index}`, { data, metadata: data });
    });
    await comesBack(bench, samples);
  }),

  law('a string of a mebibyte, a deep nest and many keys come back whole', async (bench) => {
    const texts = [
      `"${'a€😀\\n'.repeat(100_000)}"`,
      `${'['.repeat(5000)}1.10${']'.repeat(5000)}`,
      `{${Array.from({ length: 20_000 }, (_none, index) => `"k${index}":${index}`).join(',')}}`,
    ];
    await comesBack(
      bench,
      texts.map((text, index) => eventOf(`id-${index}`, { data: jsonText(text), metadata: jsonText(text) })),
    );
  }),

  law('a timestamp is any int64, exact to the nanosecond, and never an order', async (bench) => {
    const stamps = [2n ** 63n - 1n, -(2n ** 63n), 1n, -1n, 0n, 9007199254740993n, -9007199254740993n, 1_700_000_000_123_456_789n];
    await comesBack(
      bench,
      stamps.map((timestamp, index) => eventOf(`id-${index}`, { timestamp, timestampGiven: true })),
    );
  }),

  law('an id is any text and comes back as it is', async (bench) => {
    const ids = [
      '__proto__',
      'constructor',
      '"quoted"',
      'a\\b',
      'a\nb\t',
      'null',
      '1',
      '1.0',
      ' ',
      'é',
      'e\u0301',
      '😀',
      '<&>\u2028',
      'a\0b',
      'x'.repeat(2000),
    ];
    ids.push('01900000-abcd-7000-8000-00000000abcd', '01900000-ABCD-7000-8000-00000000ABCD', '00000000-0000-0000-0000-000000000000');
    await comesBack(
      bench,
      ids.map((id) => eventOf(id)),
    );
  }),

  law('a type is any text and comes back as it is', async (bench) => {
    const types = [
      '__proto__',
      'toString',
      '"quoted"',
      'a\\b',
      'a\nb',
      'null',
      '1',
      ' ',
      'é',
      'e\u0301',
      '😀',
      '<b>',
      'a\0b',
      'x'.repeat(2000),
    ];
    await comesBack(
      bench,
      types.map((type, index) => eventOf(`id-${index}`, { type })),
    );
  }),
];
