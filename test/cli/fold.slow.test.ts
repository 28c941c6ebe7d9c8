import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTempFolder } from '../support/temp-folder.ts';
import { cli, cliAnswer } from './command-line.ts';
import { newStoreWithOrders } from './store-for-commands.ts';

function foldFile(text: string): string {
  const { path, close } = openTempFolder('fold');
  onTestFinished(close);
  const file = join(path, 'fold.js');
  writeFileSync(file, text);
  return file;
}

async function storeWithNumbers(count: number): Promise<string> {
  const path = await newStoreWithOrders();
  const input = Array.from({ length: count }, (_none, index) => `{"type":"Counted","data":{"n":${index + 1}}}`).join('\n');
  await cliAnswer(['append', path, 'orders'], input);
  return path;
}

const SUM = 'export const initial = { sum: 0 };\nexport const fold = (state, event) => ({ sum: state.sum + event.data.n });\n';

describe('fold', () => {
  test('prints version and state, at the end and after any version, and touches nothing', async () => {
    const path = await storeWithNumbers(2500);
    const file = foldFile(SUM);
    const before = readFileSync(path);
    expect((await cli(['fold', path, 'orders', file])).stdout).toBe('{"version":2500,"state":{"sum":3126250}}\n');
    expect((await cli(['fold', path, 'orders', file, '--at', '1001'])).stdout).toBe('{"version":1001,"state":{"sum":501501}}\n');
    expect((await cli(['fold', path, 'orders', file, '--at', '0'])).stdout).toBe('{"version":0,"state":{"sum":0}}\n');
    expect((await cli(['fold', path, 'orders', file, '--at', '99999'])).stdout).toBe('{"version":2500,"state":{"sum":3126250}}\n');
    expect([readFileSync(path).equals(before), readdirSync(dirname(path))]).toEqual([true, ['store']]);
  });

  test('with --each prints one line for every version, the same states', async () => {
    const path = await storeWithNumbers(1200);
    const { code, lines } = await cli(['fold', path, 'orders', foldFile(SUM), '--each']);
    expect([code, lines.length]).toEqual([0, 1200]);
    for (const [index, line] of lines.entries()) {
      const version = index + 1;
      expect(line).toBe(`{"version":${version},"state":{"sum":${(version * (version + 1)) / 2}}}`);
    }
    expect((await cli(['fold', path, 'orders', foldFile(SUM), '--each', '--at', '3'])).lines).toHaveLength(3);
  });

  test('an empty topic has its initial state, and no line with --each', async () => {
    const path = await newStoreWithOrders();
    expect((await cli(['fold', path, 'orders', foldFile('export const initial = () => [1n]; export const fold = (s) => s;')])).stdout).toBe(
      '{"version":0,"state":[1]}\n',
    );
    expect(await cli(['fold', path, 'orders', foldFile(SUM), '--each'])).toMatchObject({ code: 0, stdout: '' });
  });

  test('numbers of any length go through to the digit', async () => {
    const path = await newStoreWithOrders();
    await cliAnswer(
      ['append', path, 'orders'],
      '{"type":"A","data":{"id":9007199254740993,"rate":1e400,"price":19.90},"timestamp":1700000000000000001}',
    );
    const keep = foldFile(
      'export const initial = null; export const fold = (_state, { data, timestamp }) => ({ ...data, twice: data.id * 2n, timestamp });',
    );
    expect((await cli(['fold', path, 'orders', keep])).stdout).toBe(
      '{"version":1,"state":{"id":9007199254740993,"rate":1e400,"price":19.9,"twice":18014398509481986,"timestamp":1700000000000000001}}\n',
    );
  });

  test('an event that throws ends it with the code, the version and the line; nothing of a state is printed', async () => {
    const path = await storeWithNumbers(3000);
    const file = foldFile(
      'export const initial = 0;\nexport function fold(state, event) {\n  if (event.version === 7) {\n    throw new Error("seven");\n  }\n  return state + 1;\n}\n',
    );
    const { code, stdout, error } = await cli(['fold', path, 'orders', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 7, line: 4, reason: 'seven', kind: 'throw' } });
    const each = await cli(['fold', path, 'orders', file, '--each']);
    expect([each.code, each.lines.length, each.lines.at(-1)]).toEqual([1, 6, '{"version":6,"state":6}']);
    expect(each.error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 7, line: 4 } });
    // Before version 7 there is nothing wrong.
    expect((await cli(['fold', path, 'orders', file, '--at', '6'])).stdout).toBe('{"version":6,"state":6}\n');
  });

  test('told to keep going it folds past what fails, marks it, and still exits with 1', async () => {
    const path = await storeWithNumbers(10);
    const file = foldFile(
      'export const initial = 0;\nexport const fold = (state, { version }) => { if (version % 4 === 0) throw new Error("four"); return state + 1; };\n',
    );
    const all = await cli(['fold', path, 'orders', file, '--keep-going']);
    expect([all.code, all.stdout]).toEqual([1, '{"version":10,"state":8}\n']);
    expect(all.error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 4, versions: [4, 8] } });
    const each = await cli(['fold', path, 'orders', file, '--keep-going', '--each']);
    expect(each.lines).toHaveLength(10);
    expect(JSON.parse(each.lines[3] ?? '')).toMatchObject({ version: 4, state: 3, failed: { kind: 'throw', line: 2, reason: 'four' } });
    expect(each.lines[4]).toBe('{"version":5,"state":4}');
  });

  test('a call that never ends is stopped after the time given', { timeout: 60_000 }, async () => {
    const path = await storeWithNumbers(5);
    const file = foldFile(
      'export const initial = 0;\nexport function fold(state, event) {\n  while (event.version === 3) {}\n  return state + 1;\n}\n',
    );
    const began = performance.now();
    const { code, error } = await cli(['fold', path, 'orders', file, '--timeout', '1']);
    expect([code, error?.code]).toEqual([1, 'FOLD_FAILED']);
    expect(error).toMatchObject({ details: { version: 3, kind: 'time', line: 3 } });
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  test('a call that the engine itself does not end is stopped from outside, at its version', { timeout: 60_000 }, async () => {
    const path = await storeWithNumbers(10);
    const file = foldFile(
      'export const initial = 0;\nexport const fold = (state, { version }) => { if (version === 7) [].indexOf.call({ length: 2 ** 53 - 1 }, 1); return state + 1; };\n',
    );
    for (const flags of [[], ['--each']]) {
      const { code, error } = await cli(['fold', path, 'orders', file, '--timeout', '1', ...flags]);
      expect([code, error?.code]).toEqual([1, 'FOLD_FAILED']);
      expect(error?.details).toMatchObject({ version: 7, kind: 'time' });
    }
    const on = await cli(['fold', path, 'orders', file, '--timeout', '1', '--each', '--keep-going']);
    expect([on.code, on.lines.length, on.lines[9]]).toEqual([1, 10, '{"version":10,"state":9}']);
    expect(JSON.parse(on.lines[6] ?? '')).toMatchObject({ version: 7, state: 6, failed: { kind: 'time' } });
  });

  test('told to keep going it says where it gave up, and what stood in the way', { timeout: 60_000 }, async () => {
    const path = await storeWithNumbers(6000);
    const looping = foldFile(
      'export const initial = 0;\nexport const fold = (state, { version }) => {\n  if (version > 2)\n    for (;;);\n  return state + 1;\n};\n',
    );
    const all = await cli(['fold', path, 'orders', looping, '--timeout', '1', '--keep-going']);
    expect([all.code, all.stdout]).toEqual([1, '{"version":5,"state":2}\n']);
    expect(all.error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 5, line: 4, folded: 5, total: 6000 } });
    expect(all.error?.message).toContain('gave up at version 5 of 6000');
    const unkept = foldFile(
      'export const initial = { n: 0 };\nexport const fold = (state, { version }) => { state.n++; if (version > 6) state.f = () => 1; return state; };\n',
    );
    const each = await cli(['fold', path, 'orders', unkept, '--each', '--keep-going']);
    expect([each.code, each.lines.length]).toEqual([1, 5007]);
    expect(each.error).toMatchObject({ code: 'FOLD_FAILED', details: { kind: 'state', path: '/f', folded: 5007, total: 6000 } });
  });

  test('told to keep going it still exits with 1 for states that cannot be shown', async () => {
    const path = await storeWithNumbers(9);
    const file = foldFile('export const initial = 0;\nexport const fold = (_, { version: v }) => ({ b: v > 2 && v < 6 ? NaN : v });\n');
    const each = await cli(['fold', path, 'orders', file, '--each', '--keep-going']);
    expect([each.code, each.lines.length, each.lines[2]]).toEqual([1, 9, expect.stringContaining('"failed":{"kind":"state"')]);
    expect(each.error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 3, path: '/b', versions: [3, 4, 5] } });
    // The last one can be shown, and every event was folded.
    expect(await cli(['fold', path, 'orders', file, '--keep-going'])).toMatchObject({ code: 0, stdout: '{"version":9,"state":{"b":9}}\n' });
  });

  test('a fold that keeps something outside of its state is told so', async () => {
    const path = await storeWithNumbers(10);
    const file = foldFile('let k = 0;\nexport const initial = 0;\nexport const fold = (state) => state + k++;\n');
    const { code, stdout, stderr } = await cli(['fold', path, 'orders', file]);
    expect([code, stdout]).toEqual([0, '{"version":10,"state":45}\n']);
    expect(stderr).toContain('outside of its state');
    expect((await cli(['fold', path, 'orders', foldFile(SUM)])).stderr).toBe('');
  });

  test('a state that JSON cannot hold is named with the version it is there from', async () => {
    const path = await storeWithNumbers(300);
    const file = foldFile(
      'export const initial = {};\nexport const fold = (state, event) => { if (event.version === 123) state.when = new Date(0); return state; };\n',
    );
    const { code, stdout, error } = await cli(['fold', path, 'orders', file]);
    expect([code, stdout]).toEqual([1, '']);
    expect(error).toMatchObject({ code: 'FOLD_FAILED', details: { version: 123, kind: 'state', path: '/when' } });
    expect((await cli(['fold', path, 'orders', file, '--each'])).lines).toHaveLength(122);
  });

  test.each([
    ['a text that is no JavaScript', 'export const initial = 0;\nexport function fold( {', { line: 2 }],
    ['a fold that imports', 'import "node:fs";\nexport const initial = 0; export const fold = (s) => s;', { line: 1 }],
    [
      'a fold that imports later',
      'export const initial = 0;\nawait import("node:fs");',
      { line: 2, reason: expect.stringContaining('import') },
    ],
    ['a fold that waits', 'export const initial = 0;\n\nawait null;', { line: 3, reason: expect.stringContaining('await') }],
    ['a module without a fold', 'export const initial = 0;', { line: null }],
  ])('%s is FOLD_FAILED with its line', async (_name, text, details) => {
    const path = await newStoreWithOrders();
    const { code, error } = await cli(['fold', path, 'orders', foldFile(text)]);
    expect([code, error?.code]).toEqual([1, 'FOLD_FAILED']);
    expect(error?.details).toMatchObject({ version: null, ...details });
  });

  test('a file that is not there, or is no text, is INVALID_INPUT; a topic that is not there TOPIC_NOT_FOUND', async () => {
    const path = await newStoreWithOrders();
    expect((await cli(['fold', path, 'orders', `${path}-nothing.js`])).error?.code).toBe('INVALID_INPUT');
    const bytes = foldFile('');
    writeFileSync(bytes, Buffer.from([0xff, 0xfe, 0x00]));
    expect((await cli(['fold', path, 'orders', bytes])).error).toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('UTF-8'),
    });
    expect((await cli(['fold', path, 'nope', foldFile(SUM)])).error?.code).toBe('TOPIC_NOT_FOUND');
  });

  test('the configuration topic folds to what history shows', async () => {
    const path = await newStoreWithOrders();
    await cliAnswer(['create-topic', path, 'b', '--option', 'k=1']);
    await cliAnswer(['update-topic', path, 'b', '--option', 'k=2']);
    await cliAnswer(['delete-topic', path, 'orders']);
    const file = foldFile(`
      export const initial = {};
      export function fold(topics, { type, data }) {
        if (type === 'TopicDeleted') delete topics[data.name];
        else topics[data.name] = { name: data.name, adapter: data.adapter, connection: data.connection, options: data.options };
        return topics;
      }`);
    for (let at = 0; at <= 4; at++) {
      const { state } = await cliAnswer<{ state: Record<string, unknown> }>(['fold', path, 'configuration', file, '--at', String(at)]);
      const topics = await cliAnswer<{ name: string }[]>(['history', path, '--at', String(at)]);
      expect(
        Object.keys(state)
          .toSorted()
          .map((name) => state[name]),
      ).toEqual(topics);
    }
  });
});

test('history shows one topic only, and how two versions differ', async () => {
  const path = await newStoreWithOrders();
  await cliAnswer(['create-topic', path, 'b', '--option', 'k=1']);
  await cliAnswer(['update-topic', path, 'b', '--option', 'k=2']);
  await cliAnswer(['delete-topic', path, 'orders']);
  const versions = async (...args: string[]): Promise<number[]> =>
    (await cli(['history', path, ...args])).lines.map((line) => (JSON.parse(line) as { version: number }).version);
  expect(await versions('--topic', 'b')).toEqual([2, 3]);
  expect(await versions('--topic', 'orders')).toEqual([1, 4]);
  expect(await cliAnswer(['history', path, '--at', '2', '--topic', 'b'])).toMatchObject([{ name: 'b', options: { k: '1' } }]);
  const differences = (await cli(['history', path, '--at', '4', '--since', '2'])).lines.map((line) => JSON.parse(line) as unknown);
  expect(differences).toMatchObject([
    { topic: 'b', kind: 'changed', changed: [{ path: '/options/k', before: '1', after: '2' }] },
    { topic: 'orders', kind: 'removed' },
  ]);
  expect((await cli(['history', path, '--at', '4', '--since', '2', '--topic', 'b'])).lines).toHaveLength(1);
  expect((await cli(['history', path, '--at', '2', '--since', '2'])).stdout).toBe('');
});
