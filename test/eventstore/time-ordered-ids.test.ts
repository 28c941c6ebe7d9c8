import { expect, test } from 'vitest';
import { timeOrderedIds } from '../../src/main/time-ordered-ids.ts';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test('ids are UUIDs of version 7, each after the one before: within a millisecond, past its counter, and when the clock is set back', () => {
  let now = 1_700_000_000_000;
  const next = timeOrderedIds(() => now);
  const ids: string[] = [];
  for (const time of [now, now, now - 5000, now + 1, now + 50]) {
    now = time;
    for (let n = 0; n < 6000; n++) ids.push(next());
  }
  expect(ids.filter((id) => !UUID_V7.test(id))).toEqual([]);
  expect(ids.findIndex((id, index) => index > 0 && id <= ids[index - 1]!)).toBe(-1);
  const timeOf = (id: string): number => Number.parseInt(id.slice(0, 13).replace('-', ''), 16);
  expect(timeOf(ids[0]!)).toBe(1_700_000_000_000);
  expect(timeOf(ids.at(-1)!)).toBe(now + 1);
});

test('two makers at the same time make no id twice', () => {
  const [one, other] = [timeOrderedIds(() => 1), timeOrderedIds(() => 1)];
  expect(new Set(Array.from({ length: 4000 }, (_none, index) => (index % 2 === 0 ? one() : other()))).size).toBe(4000);
});
