import { describe, expect, it } from 'vitest';
import { foldOf, numbered, storeOf } from './topic-of-events.ts';

describe('a session at its limits', () => {
  it('stops an endless loop at its event and goes on; three in a row end the pass', { timeout: 60_000 }, async () => {
    const store = await storeOf(numbered(300));
    const once = await foldOf(
      store,
      'export const initial = 0;\nexport function fold(state, event) {\n  if (event.version === 100) for (;;);\n  return state + 1;\n}',
      { time: 1000 },
    );
    expect(await once.fold()).toMatchObject({ status: 'done', failing: 1 });
    expect((await once.around(100)).fault).toMatchObject({ kind: 'time', line: 3 });
    expect((await once.stateAt(300)).state).toBe('299');
    const always = await foldOf(store, 'export const initial = 0; export function fold() { for (;;); }', { time: 300 });
    expect(await always.fold()).toMatchObject({ status: 'halted', failing: 3 });
  });

  it('gives up after three looks at the state that do not end, each within the time of a call', { timeout: 60_000 }, async () => {
    const session = await foldOf(
      await storeOf(numbered(300)),
      'export const initial = 0;\nexport const fold = (state, event) =>\n  event.version < 3 ? event.version : { get x() { for (;;); } };',
      { time: 300 },
    );
    const began = performance.now();
    expect(await session.fold()).toMatchObject({ status: 'halted', failing: 0, unshown: 1 });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(session.unshownSince(300)).toBe(3);
    expect(await session.around(3)).toMatchObject({ before: '2', after: null, fault: { kind: 'state' } });
  });

  it('gives up after three calls in a row that cannot even be stopped', { timeout: 60_000 }, async () => {
    const session = await foldOf(
      await storeOf(numbered(300)),
      'export const initial = 0; export const fold = (state, event) => { if (event.version > 3) [].indexOf.call({ length: 1e15 }, 1); return state + 1; };',
      { time: 200 },
    );
    expect(await session.fold()).toMatchObject({ status: 'halted', failing: 3 });
    expect(session.failing(0, 10)).toEqual([4, 5, 6]);
    expect(await session.whyFailed(5)).toMatchObject({ isRead: true, fault: { kind: 'time' } });
    expect(await session.whyFailed(3)).toBeNull();
  });

  it.each([
    ['while it loads', 'export const fold = (s) => s;\nexport const initial = 1;\nif (fold)\n  for (;;);', 4],
    ['in the initial state', 'export const fold = (s) => s;\nexport const initial = () => {\n  while (fold) {}\n};', 3],
  ])('finds the line of what does not end %s', async (_name, source, line) => {
    await expect(foldOf(await storeOf([]), source, { time: 200 })).rejects.toMatchObject({ code: 'FOLD_FAILED', details: { line } });
  });

  it('names the loop that does not end, not one before it that takes its time', { timeout: 60_000 }, async () => {
    // What it holds cannot be kept, so the slow event is folded once more on the way to the endless one.
    const lines = [
      '#!/usr/bin/env node',
      'export const initial = {};',
      'export function fold(state, { version }) {',
      '  if (version === 2)',
      '    for (let i = 0; i < 3e7; i++);',
      '  if (version === 4)',
      '    for (;;);',
      '  return { f: () => version };',
      '}',
    ];
    const session = await foldOf(await storeOf(numbered(5)), lines.join('\n'), { time: 6000 });
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 1 });
    // Where the slow one takes more than half a second, no loop is better than the wrong one.
    expect((await session.around(4)).fault).toMatchObject({ kind: 'time' });
    expect((await session.around(4)).fault?.line).not.toBe(5);
  });

  it('says what it knows of an endless loop in a fold that does not load with its loops marked', { timeout: 60_000 }, async () => {
    const session = await foldOf(
      await storeOf(numbered(5)),
      'export const fold = (state, event) => { if (event.version === 2) for (;;); return state + 1; };\nexport const initial = /\\{lo{2}p/.test(fold) ? undefined : 0;',
      { time: 300 },
    );
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 1 });
    expect((await session.around(2)).fault).toMatchObject({ kind: 'time' });
    expect((await session.stateAt(5)).state).toBe('4');
  });

  it('survives a call that cannot be stopped from within, at the right event', { timeout: 60_000 }, async () => {
    const store = await storeOf(numbered(120));
    const source =
      'export const initial = 0; export function fold(state, event) { if (event.version === 60) Array.prototype.indexOf.call({ length: 1e15 }, 1); return state + 1; }';
    const session = await foldOf(store, source, { time: 500 });
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 1 });
    expect(session.failing(0, 10)).toEqual([60]);
    expect((await session.around(60)).fault).toMatchObject({ kind: 'time' });
    expect((await session.stateAt(120)).state).toBe('119');
  });

  it('reports endless memory at its event and goes on', { timeout: 60_000 }, async () => {
    const store = await storeOf(numbered(50));
    const source =
      'export const initial = 0; export function fold(state, event) { if (event.version === 20) { const a = []; for (;;) a.push(new Array(1000).fill(a.length)); } return state + 1; }';
    const session = await foldOf(store, source, { memory: 24 * 1024 * 1024 });
    expect(await session.fold()).toMatchObject({ status: 'done', failing: 1 });
    expect((await session.around(20)).fault).toMatchObject({ kind: 'memory', reason: expect.stringContaining('24 MiB') });
    expect((await session.stateAt(50)).state).toBe('49');
  });

  it(
    'whose state grows beyond 256 MiB ends with FOLD_FAILED, the version and the limit; another fold goes on as ever',
    { timeout: 120_000 },
    async () => {
      const store = await storeOf(numbered(400));
      const source =
        'export const initial = { texts: [] };\nexport function fold(state, event) {\n  state.texts.push(String(event.version).padEnd(2 ** 21, "x"));\n  return state;\n}';
      const session = await foldOf(store, source);
      await expect(session.fold()).rejects.toMatchObject({
        code: 'FOLD_FAILED',
        message: expect.stringMatching(/^The fold failed at version \d+: It needs more than 256 MiB of memory/),
        details: { kind: 'memory', version: expect.any(Number) },
      });
      expect(session.progress()).toMatchObject({ status: 'stopped' });
      expect((await session.stateAt(0)).state).toBe('{"texts":[]}');
      const other = await foldOf(store, 'export const initial = 0; export const fold = (state) => state + 1;');
      expect(await other.fold()).toMatchObject({ status: 'done', folded: 400 });
    },
  );

  it.each([
    ['in a loop', 'for (;;);'],
    ['in one operation of the engine', 'Array.prototype.indexOf.call({ length: 1e15 }, 1);'],
  ])('stops at once, whatever the fold is at: %s', { timeout: 60_000 }, async (_name, code) => {
    const store = await storeOf(numbered(50));
    const session = await foldOf(
      store,
      `export const initial = 0; export function fold(state, event) { if (event.version === 20) { ${code} } return state + 1; }`,
      { time: 60_000 },
    );
    const folding = session.fold();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const asked = performance.now();
    session.stop();
    expect(await folding).toMatchObject({ status: 'stopped' });
    expect(performance.now() - asked).toBeLessThan(2000);
    expect((await session.stateAt(0)).state).toBe('0');
  });
});
