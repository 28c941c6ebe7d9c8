import { expect, it } from 'vitest';
import { trackLoops } from '../../src/main/folding/sandbox/track-loops.ts';
import { eventOf, foldHere } from './fold-here.ts';

/** Folds that do not end, with the line that says so, from 1. */
const ENDLESS: readonly (readonly [string, number])[] = [
  ['export function fold(state, event) {\n  const a = 1;\n  while (event.version) {}\n}', 3],
  ['export const fold = (state) => {\n  // for (;;) nothing\n  const text = "while (true)";\n  for (;;);\n};', 4],
  ['export const fold = (state) => {\n  do {\n  } while (state);\n};', 2],
  ['const spin = (n) => {\n  for (;;) n++;\n};\nexport function fold(state) {\n  return spin(state);\n}', 2],
  ['export function fold(state) {\n  for (;;) {\n    Math.max(1,\n      2);\n  }\n}', 2],
  ['export class A {\n  static spin() {\n    for (;;);\n  }\n}\nexport const fold = () =>\n  A.spin();', 3],
  ['export function fold(state, event) {\n  if (event.version === 1) {\n    for (;;) {}\n  }\n  return state;\n}', 3],
  ['export function fold(state, event) {\n  const name = event.type.toUpperCase();\n  if (name)\n\n    while (true) {}\n}', 5],
  ['export function fold(state, event) {\n  for (const x of [1, 2]) Math.max(x);\n  let i = 1;\n  do { i = 1 } while (i)\n}', 4],
  ['export function fold(state, event) {\n  if (event.version > 0)\n    outer: for (;;) { for (const x of [1]) continue outer; }\n}', 3],
  ['const twice = (x) => {\n  let y = x * 2;\n  y = y + 1;\n  for (;;);\n};\nexport const fold = (state) => twice(state);', 4],
  ['export function fold() {\n  const ok = () => 1;\n  for (;;) ok();\n}', 3],
  ['export function fold() {\n  while (true)\n    if (ok()) for (const a in { b: 1 }) ; else ok()\n}\nconst ok = () => false;', 2],
  ['export function fold() { let loop = 0; for (;;) loop = 1; }', 1],
];

it.each(ENDLESS)('an endless loop is found in its line (%#)', async (code, line) => {
  const fault = await foldHere(`${code}\nexport const initial = 1;`, [eventOf(1, '1')], { time: 150, isTracked: true });
  expect(fault).toMatchObject({ kind: 'time', line });
});

it('a text with tracked loops folds as it did', async () => {
  const source = `export const initial = [];
    export function fold(list, event) {
      let loop = 0
      for (let i = 0; i < 3; i++) loop += i
      for (const key in { a: 1, b: 2 }) { list.push(key) }
      outer: for (const a of [1, 2]) for (const b of [1, 2]) if (a === b) continue outer; else list.push(a * 10 + b)
      do loop++; while (loop < 9)
      while (loop > 7) if (loop % 2) loop--; else { loop -= 2 }
      return [...list, loop]
    }`;
  const events = [eventOf(1, '1'), eventOf(2, '2')];
  const states = [await foldHere(source, events, { isTracked: true }), await foldHere(source, events)];
  expect(states).toEqual(['["a","b",21,6,"a","b",21,6]', '["a","b",21,6,"a","b",21,6]']);
});

it('places are those of the text as it was, also without a loop around them', async () => {
  const tracked = await trackLoops('f(); for (;;) g(); h(\n);\nfor (const a of b) {c(); d()}', 'fold.js');
  const placeOf = (place: string) => tracked?.placeOf(`    at h (fold.js:${place})\n    at f (prelude.js:1:1)`);
  const columnOf = (text: string, line: number) => (tracked?.text.split('\n')[line - 1] ?? '').indexOf(text) + 1;
  expect(placeOf(`1:${columnOf('f()', 1)}`)).toEqual({ line: 1, column: 1 });
  expect(placeOf(`1:${columnOf('g()', 1)}`)).toEqual({ line: 1, column: 6 });
  expect(placeOf(`1:${columnOf('h(', 1)}`)).toEqual({ line: 1, column: 20 });
  expect(placeOf(`3:${columnOf('d()', 3)}`)).toEqual({ line: 3, column: 1 });
  expect(tracked?.placeOf('at prelude.js:1:1')).toBeNull();
});

it('columns are those of an editor, whatever characters stand before them', async () => {
  const code = 'export const initial = 1;\nexport function fold() { /* 😀😀😀 é */ for (const x of [1]) ; /* 😀 */ for (;;); }';
  const fault = await foldHere(code, [eventOf(1, '1')], { time: 150, isTracked: true });
  expect(fault).toMatchObject({ kind: 'time', line: 2, column: (code.split('\n')[1] ?? '').lastIndexOf('for') + 1 });
});

it('a text that is no module is not tracked', async () => {
  expect(await trackLoops('export const fold = ', 'fold.js')).toBeNull();
  expect(await trackLoops(`${'('.repeat(100_000)}1`, 'fold.js')).toBeNull();
});
