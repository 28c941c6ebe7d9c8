import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOf, numbered, storeOf } from './topic-of-events.ts';

const BALANCE =
  'export const initial = { balance: 0, at: 0 };\nexport const fold = (state, event) => ({ balance: state.balance + event.data.n, at: event.version });';

describe('bisect', () => {
  it('finds the first version after which a condition holds, exactly, and says how', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 120 }),
        fc.integer({ min: -12, max: 12 }),
        async (amounts, limit) => {
          const session = await foldOf(await storeOf(amounts.map((n) => `{"n":${n}}`)), BALANCE);
          await session.fold();
          let balance = 0;
          const balances = [0, ...amounts.map((n) => (balance += n))];
          const first = balances.findIndex((sum) => sum < limit);
          const answer = await session.bisect(`state.balance < ${limit}`);
          expect(answer).toMatchObject({ version: first === -1 ? null : first, method: 'scan', threw: 0, firstThrown: null });
          expect(answer.asked).toBe(first === -1 ? amounts.length + 1 : first + 1);
          await session.close();
        },
      ),
      { numRuns: 5 },
    );
  });

  it('by halves asks for few of many states, and is right where the condition stays true', async () => {
    const session = await foldOf(await storeOf(numbered(9000)), BALANCE);
    await session.fold();
    for (const version of [0, 1, 2, 999, 1000, 5555, 9000]) {
      const condition = `state.at >= ${version}`;
      expect(await session.bisect(condition)).toMatchObject({ version, method: 'scan' });
      const search = await session.bisect(condition, { monotone: true });
      expect(search).toMatchObject({ version, method: 'search' });
      expect(search.asked).toBeLessThan(5000);
    }
    expect(await session.bisect('state.at > 9000', { monotone: true })).toMatchObject({ version: null, method: 'search' });
    expect(await session.bisect('state.at > 9000')).toMatchObject({ version: null, asked: 9001 });
  });

  it('takes a function, looks at the event too, and counts a condition that throws as not holding', async () => {
    const session = await foldOf(await storeOf(numbered(500), (version) => (version === 300 ? 'Special' : 'T')), BALANCE);
    await session.fold();
    expect(await session.bisect('(state, event) => event?.type === "Special"')).toMatchObject({ version: 300, threw: 0 });
    // Before the first event there is none to look at, which is nobody's mistake.
    expect(await session.bisect('event.type === "Special" // a note')).toMatchObject({ version: 300, threw: 0, firstThrown: null });
    const thrown = await session.bisect('state.at > 1 && state.account.balance < 0');
    expect(thrown).toMatchObject({ version: null, threw: 499, asked: 501 });
    expect(thrown.firstThrown?.reason).toContain('TypeError');
  });

  it.each([
    ['throws wherever it is asked', 'balance < 0', 'ReferenceError'],
    ['throws wherever it is asked, by halves', 'state.account.balance < 0', 'TypeError'],
    ['answers with a promise', 'async () => true', 'cannot wait'],
  ])('refuses a condition that %s', async (how, condition, reason) => {
    const session = await foldOf(await storeOf(numbered(300)), BALANCE);
    await session.fold();
    await expect(session.bisect(condition, { monotone: how.endsWith('by halves') })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining(reason),
      details: { field: 'condition' },
    });
  });

  it('says of a condition that cannot even be stopped that it is the condition', { timeout: 30_000 }, async () => {
    const session = await foldOf(await storeOf(numbered(10)), BALANCE, { time: 300 });
    await session.fold();
    await expect(session.bisect('[].indexOf.call({ length: 2 ** 53 - 1 }, 1) > 5')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/^The condition cannot be asked at every version\./),
    });
    expect(await session.bisect('state.at === 7')).toMatchObject({ version: 7 });
  });

  it.each([
    ['no expression', 'state.balance <', 1],
    ['a statement', 'return 1', 1],
    ['several expressions', 'true), (1', null],
    ['nothing', '', 1],
    ['a mistake in its second line', 'state.balance\n  < #x', 2],
  ])('refuses %s with its place', async (_name, condition, line) => {
    const session = await foldOf(await storeOf(numbered(3)), BALANCE);
    await session.fold();
    await expect(session.bisect(condition)).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { field: 'condition', line } });
    expect(await session.bisect('state.at === 2')).toMatchObject({ version: 2 });
  });

  it.each([
    'state.balance = 0',
    '(state) => { state.extra = 1; return false; }',
    '(state, event) => { if (event?.version === 700) state.balance++; return false; }',
  ])('refuses a condition that changes the state: %s', async (condition) => {
    const session = await foldOf(
      await storeOf(numbered(1500)),
      'export const initial = { balance: 0, extra: 0 }; export function fold(state, event) { state.balance += event.data.n; return state; }',
    );
    await session.fold();
    await expect(session.bisect(condition)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('changes the state'),
    });
    expect((await session.stateAt(1500)).state).toBe('{"balance":1125750,"extra":0}');
  });

  it('is stopped like everything else', async () => {
    const session = await foldOf(await storeOf(numbered(3000)), BALANCE);
    await session.fold();
    const asked = session.bisect('(() => { for (;;); })()');
    setTimeout(() => session.stop(), 300);
    await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await session.bisect('state.at === 7')).toMatchObject({ version: 7 });
  });

  it('leaves failing events out, as the fold does', async () => {
    const source =
      'export const initial = 0; export const fold = (state, event) => { if (event.version % 2) throw new Error("odd"); return state + 1; };';
    const session = await foldOf(await storeOf(numbered(2200)), source);
    await session.fold();
    expect(await session.bisect('state === 1000')).toMatchObject({ version: 2000, asked: 1001 });
    await expect(session.bisect('state.a.b')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await session.bisect('state >= 1000', { monotone: true })).toMatchObject({ version: 2000 });
  });
});
