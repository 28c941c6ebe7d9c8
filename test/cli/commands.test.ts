import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openTempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';
import { cli, cliAnswer } from './command-line.ts';
import { newStoreWithOrders } from './store-for-commands.ts';

const COMMANDS = [
  'info',
  'events',
  'history',
  'fold',
  'append',
  'create-topic',
  'update-topic',
  'delete-topic',
  'trash',
  'restore-topic',
  'purge-topic',
  'new',
] as const;

describe('wrong arguments', () => {
  test.each([
    [],
    ['bogus'],
    ['__proto__'],
    ['info'],
    ['info', ''],
    ['info', 'a', 'b'],
    ['info', 'a', '--limit', '1'],
    ['events', 'a'],
    ['events', 'a', 't', '--limit'],
    ['events', 'a', 't', '--limit', '0'],
    ['events', 'a', 't', '--limit', '1.5'],
    ['events', 'a', 't', '--limit', '1e3'],
    ['events', 'a', 't', '--limit', '9007199254740993'],
    ['events', 'a', 't', '--after', 'x'],
    ['events', 'a', 't', '--after=-1'],
    ['events', 'a', 't', '--before', '3'],
    ['events', 'a', 't', '--backward', '--after', '3'],
    ['events', 'a', 't', '--type', ''],
    ['history', 'a', '--at', '-1'],
    ['history', 'a', '--since', '1'],
    ['fold', 'a', 't'],
    ['fold', 'a', 't', 'f.js', '--timeout', '0'],
    ['fold', 'a', 't', 'f.js', '--at', 'x'],
    ['append', 'a', 't', '--expected-version', 'latest'],
    ['create-topic', 'a', 't', '--option', 'novalue'],
    ['create-topic', 'a', 't', '--option', '=v'],
    ['create-topic', 'a', 't', '--leftover', 'keep'],
    ['update-topic', 'a', 't'],
    ['update-topic', 'a', 't', '--option', 'a=b', '--no-options'],
    ['restore-topic', 'a'],
    ['new'],
  ])('%j exit with 2, say so as JSON, print nothing and touch nothing', async (...args) => {
    const { code, stdout, error } = await cli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(Object.keys(error ?? {})).toEqual(['code', 'message', 'details']);
    expect(error?.message).not.toBe('');
  });
});

describe('help', () => {
  test.each([['--help'], ['-h'], ['help']])('%s names every command on standard output', async (flag) => {
    const { code, stdout } = await cli([flag]);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command} `);
  });

  test.each(COMMANDS)('%s --help says what it takes', async (command) => {
    const { code, stdout, stderr } = await cli([command, '--help']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: npm run -s cli -- ${command} PATH`);
  });

  test('behind -- is an argument like any other', async () => {
    const path = await newStoreWithOrders();
    const { code, error } = await cli(['events', path, '--', '--help']);
    expect([code, error?.code]).toEqual([1, 'TOPIC_NOT_FOUND']);
  });
});

describe('refusals', () => {
  test.each(COMMANDS.filter((command) => command !== 'new'))('%s of nothing is NOT_A_STORE with exit code 1', async (command) => {
    const { path: folder, close } = openTempFolder('nothing');
    onTestFinished(close);
    const more = { 'update-topic': ['x', '--option', 'a=b'], fold: ['x', 'f.js'], info: [], history: [], trash: [] }[command as string] ?? [
      'x',
    ];
    const { code, stdout, error } = await cli([command, join(folder, 'missing'), ...more]);
    expect([code, stdout, error?.code]).toEqual([1, '', 'NOT_A_STORE']);
    expect(treeSnapshot(folder)).toHaveLength(1);
  });

  test('a topic that is not there, everywhere one is named', async () => {
    const path = await newStoreWithOrders();
    for (const args of [
      ['events', path, 'x'],
      ['append', path, 'x'],
      ['update-topic', path, 'x', '--no-options'],
      ['delete-topic', path, 'x'],
      ['restore-topic', path, 'x'],
      ['purge-topic', path, 'x'],
    ]) {
      const { code, error } = await cli(args, '{"type":"A"}');
      expect([args[0], code, error?.code]).toEqual([args[0], 1, 'TOPIC_NOT_FOUND']);
    }
  });

  test.each([
    ['postgres', 'ADAPTER_NOT_AVAILABLE'],
    ['blob', 'ADAPTER_NOT_AVAILABLE'],
    ['SQLite', 'UNKNOWN_ADAPTER'],
    ['__proto__', 'UNKNOWN_ADAPTER'],
  ])('the adapter %s is %s, for a topic and for a store', async (adapter, expected) => {
    const path = await newStoreWithOrders();
    const topic = await cli(['create-topic', path, 'new', '--adapter', adapter, '--connection', 'x']);
    expect([topic.code, topic.error?.code]).toEqual([1, expected]);
    const store = await cli(['new', `${path}-2`, '--adapter', adapter]);
    expect([store.code, store.error?.code]).toEqual([1, expected]);
  });

  test('another adapter needs a connection', async () => {
    const path = await newStoreWithOrders();
    expect((await cli(['create-topic', path, 'new', '--adapter', 'fs'])).error?.code).toBe('INVALID_TOPIC_CONFIG');
    expect((await cli(['update-topic', path, 'orders', '--adapter', 'fs'])).error?.code).toBe('INVALID_TOPIC_CONFIG');
  });
});

describe.each(['sqlite', 'fs'] as const)('the life of a topic in a %s store', (adapter) => {
  test('created, changed, deleted, restored under another name, purged: every answer and every step of the history', async () => {
    const path = await newStoreWithOrders(adapter);
    const made = await cliAnswer(['create-topic', path, 'a', '--option', 'k=v=w', '--option', '__proto__=x', '--option', 'ключ=']);
    const options = Object.fromEntries([
      ['__proto__', 'x'],
      ['k', 'v=w'],
      ['ключ', ''],
    ]);
    expect(JSON.stringify(made)).toBe(JSON.stringify({ name: 'a', adapter, connection: '.', options }));
    await cliAnswer(['append', path, 'a'], '{"type":"A","data":{"n":1}}');
    expect(await cliAnswer(['update-topic', path, 'a', '--option', 'k=2'])).toEqual({
      name: 'a',
      adapter,
      connection: '.',
      options: { k: '2' },
    });
    expect(await cliAnswer(['delete-topic', path, 'a'])).toEqual({ entry: '4' });
    expect(await cliAnswer(['trash', path])).toEqual({
      entry: '4',
      topic: 'a',
      adapter,
      connection: '.',
      options: { k: '2' },
      latestVersion: 1,
    });
    expect(await cliAnswer(['restore-topic', path, '4', '--name', 'b'])).toEqual({
      name: 'b',
      adapter,
      connection: '.',
      options: { k: '2' },
    });
    expect((await cli(['events', path, 'b'])).lines).toEqual([expect.stringContaining('"topic":"b","type":"A","data":{"n":1}')]);
    expect((await cli(['trash', path])).stdout).toBe('');
    expect(await cliAnswer(['delete-topic', path, 'b'])).toEqual({ entry: '6' });
    expect(await cliAnswer(['purge-topic', path, '6'])).toEqual({ purged: '6' });
    expect((await cli(['trash', path])).stdout).toBe('');
    const { lines } = await cli(['history', path]);
    expect(
      lines
        .map((line) => JSON.parse(line) as { version: number; type: string; topic: string })
        .map(({ version, type, topic }) => `${version} ${type} ${topic}`),
    ).toEqual([
      '1 TopicCreated orders',
      '2 TopicCreated a',
      '3 TopicUpdated a',
      '4 TopicDeleted a',
      '5 TopicCreated b',
      '6 TopicDeleted b',
    ]);
    expect(JSON.parse(lines[2] ?? '')).toMatchObject({
      changed: [
        { path: '/options/__proto__', before: 'x', after: null },
        { path: '/options/k', before: 'v=w', after: '2' },
        { path: '/options/ключ', before: '', after: null },
      ],
    });
    expect(await cliAnswer(['history', path, '--at', '1'])).toEqual([{ name: 'orders', adapter, connection: '.', options: {} }]);
    expect(await cliAnswer(['history', path, '--at', '0'])).toEqual([]);
    expect(await cliAnswer(['history', path, '--at', '999'])).toEqual([{ name: 'orders', adapter, connection: '.', options: {} }]);
  });

  test('without a change of adapter, connection or options nothing is lost by an update', async () => {
    const path = await newStoreWithOrders(adapter);
    await cliAnswer(['update-topic', path, 'orders', '--option', 'a=1']);
    expect(await cliAnswer(['update-topic', path, 'orders', '--adapter', adapter])).toMatchObject({ options: { a: '1' } });
    expect(await cliAnswer(['update-topic', path, 'orders', '--no-options'])).toMatchObject({ options: {} });
  });

  test('events pages through more than a thousand, both ways, with any limit', async () => {
    const path = await newStoreWithOrders(adapter);
    const input = Array.from({ length: 2100 }, (_, n) => `{"type":"${n % 3 === 0 ? 'Third' : 'Other'}","data":${n + 1}}`).join('\n');
    expect(await cliAnswer(['append', path, 'orders'], input)).toEqual({ first: 1, last: 2100 });
    const numbers = async (...args: string[]): Promise<number[]> =>
      (await cli(['events', path, 'orders', ...args])).lines.map((line) => (JSON.parse(line) as { version: number }).version);
    const upTo = (last: number): number[] => Array.from({ length: last }, (_, n) => n + 1);
    expect(await numbers()).toEqual(upTo(2100));
    expect(await numbers('--limit', '1500')).toEqual(upTo(1500));
    expect(await numbers('--backward')).toEqual(upTo(2100).reverse());
    expect(await numbers('--backward', '--before', '2050', '--limit', '1100')).toEqual(upTo(2049).reverse().slice(0, 1100));
    expect(await numbers('--after', '2098')).toEqual([2099, 2100]);
    expect(await numbers('--after', '2100')).toEqual([]);
    expect(await numbers('--type', 'Third', '--limit', '650')).toEqual(
      upTo(2100)
        .filter((n) => n % 3 === 1)
        .slice(0, 650),
    );
    expect(await numbers('--type', 'Third', '--type', 'Other', '--limit', '3')).toEqual([1, 2, 3]);
    expect(await numbers('--type', 'None')).toEqual([]);
  });
});

test('the configuration topic can be read like any other', async () => {
  const path = await newStoreWithOrders();
  const { lines } = await cli(['events', path, 'configuration']);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(
    '"type":"TopicCreated","data":{"adapter":"sqlite","connection":".","name":"orders","options":{}},"metadata":{"source":"eventstore"}',
  );
});

test('new makes nothing where something is, and names its configuration topic as asked', async () => {
  const path = await newStoreWithOrders();
  const taken = await cli(['new', path]);
  expect([taken.code, taken.error?.code]).toEqual([1, 'INVALID_INPUT']);
  const other = `${path}-other`;
  expect(await cliAnswer(['new', other, '--config-topic', 'meta'])).toMatchObject({
    path: other,
    kind: 'sqlite',
    configStream: { name: 'meta', connection: '.' },
  });
  await cliAnswer(['create-topic', other, 'orders']);
  expect((await cli(['events', other, 'meta'])).lines).toHaveLength(1);
  expect((await cli(['create-topic', other, 'meta'])).error?.code).toBe('TOPIC_RESERVED');
});

test('a repository outside the store opens read-only until --allow-outside says otherwise', async () => {
  const path = await newStoreWithOrders();
  const { path: outside, close } = openTempFolder('outside');
  onTestFinished(close);
  const args = ['create-topic', path, 'far', '--adapter', 'fs', '--connection', join(outside, 'repository')];
  const refused = await cli(args);
  expect(refused.code).toBe(1);
  expect(treeSnapshot(outside)).toHaveLength(1);
  await cliAnswer([...args, '--allow-outside']);
  expect((await cli(['append', path, 'far'], '{"type":"A"}')).error?.code).toBe('READ_ONLY');
  expect(await cliAnswer(['append', path, 'far', '--allow-outside'], '{"type":"A"}')).toEqual({ first: 1, last: 1 });
  expect((await cli(['events', path, 'far'])).lines).toHaveLength(1);
});
