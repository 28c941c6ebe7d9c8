import { expect, it } from 'vitest';
import { loopPlace } from '../../src/main/folding/sandbox/loop-place.ts';
import { eventOf, foldHere } from './fold-here.ts';

it.each([
  ['export function fold(state, event) {\n  const a = 1;\n  while (event.version) {}\n}', 3],
  ['export const fold = (state) => {\n  // for (;;) nothing\n  const text = "while (true)";\n  for (;;);\n};', 4],
  ['export const fold = (state) => {\n  do {\n  } while (state);\n};', 2],
  ['const spin = (n) => {\n  for (;;) n++;\n};\nexport function fold(state) {\n  return spin(state);\n}', 2],
  ['export function fold(state) {\n  for (;;) {\n    Math.max(1,\n      2);\n  }\n}', [2, 3]],
  ['export class A {\n  static spin() {\n    for (;;);\n  }\n}\nexport const fold = () =>\n  A.spin();', 3],
])('an endless loop is found in its line (%#)', async (code, line) => {
  const fault = await foldHere(`${code}\nexport const initial = 1;`, [eventOf(1, '1')], { time: 200 });
  expect(fault).toMatchObject({ kind: 'time' });
  expect([line].flat()).toContain((fault as { line: number }).line);
});

it('a place that is no beginning of a function stays as it is', () => {
  const source = 'f();\nfor (;;);';
  expect(loopPlace(source, { line: 1, column: 2 })).toEqual({ line: 1, column: 2 });
  expect(loopPlace(source, { line: 9, column: 9 })).toEqual({ line: 9, column: 9 });
  expect(loopPlace('function f() {}', { line: 1, column: 1 })).toEqual({ line: 1, column: 1 });
});
