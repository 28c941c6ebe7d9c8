import { expect, it } from 'vitest';
import { eventOf, foldHere } from './fold-here.ts';

it('an initial state that leaves no room at all is refused with the reason', { timeout: 60_000 }, async () => {
  const fill = (what: string): string => `try { for (;;) held.push(${what}); } catch {}`;
  const source = `const held = [];\nexport const initial = () => { ${fill('new ArrayBuffer(65536)')} ${fill('new ArrayBuffer(256)')} ${fill('{}')} return {}; };\nexport const fold = (state) => state;`;
  const answer = await foldHere(source, [], { memory: 24 * 1024 * 1024 });
  expect(answer).toMatchObject({ kind: expect.stringMatching(/memory|load/), reason: expect.stringContaining('24 MiB') });
});

it('a state that leaves no room to write it is not kept in part', { timeout: 60_000 }, async () => {
  const source =
    'export const initial = { texts: [] };\nexport function fold(state, event) {\n  for (let i = 0; i < 50; i++) state.texts.push(String(i).padEnd(2 ** 21, "x"));\n  return state;\n}';
  const answer = await foldHere(source, [eventOf(1, '{}')], { memory: 256 * 1024 * 1024 });
  expect(answer).toMatchObject({ kind: 'memory', reason: expect.stringContaining('It needs more than 256 MiB of memory') });
});
