import { expect, it } from 'vitest';
import { catalogueText } from '../../../../src/renderer/src/features/replay/catalogue-text.ts';
import { runWhole } from '../../../../src/renderer/src/json/sliced.ts';
import type { PastTopic } from '../../../../src/shared/ipc/contract/replay.ts';

const topic = (name: string, options: PastTopic['options'] = [], more = 0): PastTopic => ({
  name,
  adapter: 'fs',
  connection: 'data',
  options,
  more,
});

it('topics are one JSON object by name, spread over lines, each found at its place', () => {
  const topics = [topic('a'), topic('__proto__', [['__proto__', 'x']]), topic('q"\u202e', [['k', 'a\n"b"']], 3)];
  const { text, places } = runWhole(catalogueText(topics));
  const options = (pairs: readonly (readonly [string, string])[]): string =>
    `{${pairs.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`;
  const value = (pairs: readonly (readonly [string, string])[]): string =>
    `{"adapter":"fs","connection":"data","options":${options(pairs)}}`;
  expect(JSON.parse(text)).toEqual(
    JSON.parse(
      `{"a":${value([])},"__proto__":${value([['__proto__', 'x']])},"q\\"\u202e":${value([
        ['k', 'a\n"b"'],
        ['…', '3 more options'],
      ])}}`,
    ),
  );
  for (const { name } of topics) {
    const at = places.get(name) ?? -1;
    expect(text.slice(0, at).endsWith(`${JSON.stringify(name)}: `)).toBe(true);
    expect(text[at]).toBe('{');
  }
  expect(runWhole(catalogueText([]))).toEqual({ text: '{}', places: new Map() });
});
