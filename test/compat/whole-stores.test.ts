import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createStore, openStore, type OpenedStore } from '../../src/main/compose.ts';
import { seedDemo } from '../../src/main/demo/seed-demo.ts';
import type { ErrorCode } from '../../src/shared/model/errors.ts';
import { parseJsonText } from '../../src/shared/model/json-text.ts';
import { cli, cliAnswer } from '../cli/command-line.ts';
import { openTempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';
import { openStoreCopy } from './copied-store.ts';

const KINDS = ['fs', 'sqlite', 'go'] as const;
type Kind = (typeof KINDS)[number];

/** A store on disk with topics `users`, `orders` and others, closed; `folder` holds all that belongs to it. */
async function storeOnDisk(kind: Kind): Promise<{ readonly path: string; readonly folder: string }> {
  if (kind === 'go') {
    const copy = openStoreCopy('small');
    onTestFinished(copy.close);
    return { path: copy.path, folder: copy.path };
  }
  const { path: folder, close } = openTempFolder('whole');
  onTestFinished(close);
  const path = join(folder, kind === 'fs' ? 'store' : 'store.db');
  await createStore(path, { adapter: kind });
  const { store, close: closeStore } = await openStore(path, { storage: 'inline' });
  await store.createTopic({ name: 'orders', options: { owner: 'sales' } });
  await store.createTopic({ name: 'gone' });
  await store.appendEvents(
    'orders',
    [1, 2, 3].map((n) => ({ type: 'OrderPlaced', data: parseJsonText(`{"n":${n}}`) })),
  );
  await store.deleteTopic('gone');
  await closeStore();
  return { path, folder };
}

describe.each(KINDS)('a %s store', (kind) => {
  test('is the same to the byte and the nanosecond after info, events and history', async () => {
    const { path, folder } = await storeOnDisk(kind);
    const before = treeSnapshot(folder);
    for (const args of [
      ['info', path],
      ['events', path, 'orders'],
      ['history', path],
      ['history', path, '--at', '1'],
      ['trash', path],
    ]) {
      expect((await cli(args)).code).toBe(0);
    }
    expect(treeSnapshot(folder)).toEqual(before);
  });

  test('refuses a write through every path when it is read-only, and stays as it was', async () => {
    const { path, folder } = await storeOnDisk(kind);
    const before = treeSnapshot(folder);
    const { store, close } = await openStore(path, { storage: 'inline', readOnly: true });
    onTestFinished(close);
    const orders = await store.getTopic('orders');
    const writes: Readonly<Record<string, () => Promise<unknown>>> = {
      append: () => store.appendEvents('orders', [{ type: 'A' }]),
      appendNothing: () => store.appendEvents('orders', []),
      create: () => store.createTopic({ name: 'new' }),
      update: () => store.updateTopic({ ...orders, options: { a: 'b' } }),
      delete: () => store.deleteTopic('orders'),
      startEmpty: () => store.startEmpty('orders'),
      restore: () => store.restoreTopic('3'),
      purge: () => store.purgeTopic('3'),
    };
    for (const [name, write] of Object.entries(writes)) expect([name, await codeOf(write())]).toEqual([name, 'READ_ONLY']);
    expect(treeSnapshot(folder)).toEqual(before);
  });

  test('refuses every writing command with --read-only', async () => {
    const { path, folder } = await storeOnDisk(kind);
    const before = treeSnapshot(folder);
    const commands = [
      ['append', path, 'orders'],
      ['create-topic', path, 'new'],
      ['update-topic', path, 'orders', '--option', 'a=b'],
      ['delete-topic', path, 'orders'],
      ['restore-topic', path, '3'],
      ['purge-topic', path, '3'],
    ];
    for (const args of commands) {
      const { code, error, stdout } = await cli([...args, '--read-only'], '{"type":"A"}\n');
      expect([args[0], code, error?.code, stdout]).toEqual([args[0], 1, 'READ_ONLY', '']);
    }
    expect(treeSnapshot(folder)).toEqual(before);
  });

  test('lists a topic created without options beside all others when it is opened again', async () => {
    const { path } = await storeOnDisk(kind);
    const before = await names(path);
    const made = await cliAnswer<{ name: string; options: unknown }>(['create-topic', path, 'fresh']);
    expect(made).toMatchObject({ name: 'fresh', options: {} });
    expect(await names(path)).toEqual([...before, 'fresh'].sort());
    expect(await cliAnswer(['append', path, 'fresh', '--expected-version', '0'], '{"type":"A"}')).toEqual({ first: 1, last: 1 });
    expect((await cli(['events', path, 'fresh'])).lines).toHaveLength(1);
  });

  test('gives the same catalogue live and after it is opened again', async () => {
    const { path } = await storeOnDisk(kind);
    const { store, close } = await openStore(path, { storage: 'inline' });
    const orders = await store.getTopic('orders');
    await store.updateTopic({ ...orders, options: { __proto__x: '1', ключ: '☃' } });
    const live = await store.listTopics();
    await close();
    const again = await openStore(path, { storage: 'inline' });
    onTestFinished(again.close);
    expect(await again.store.listTopics()).toEqual(live);
  });
});

test('a vanished repository gives null counts and a problem, and the store still opens', async () => {
  const { path } = await storeOnDisk('go');
  rmSync(join(path, 'store-b'), { recursive: true });
  const info = await cliAnswer<{
    topics: { name: string; latestVersion: number | null; events: number | null }[];
    problems: { code: string }[];
  }>(['info', path]);
  expect(info.topics.map(({ name, latestVersion, events }) => [name, latestVersion, events])).toEqual([
    ['audit-zoë', null, null],
    ['orders', 12, 12],
    ['payments', 5, 5],
  ]);
  expect(info.problems.map(({ code }) => code)).toContain('repository-unavailable');
});

test('the demo history is the same on every disk and at every run', async () => {
  const shown: string[] = [];
  for (const adapter of ['fs', 'sqlite'] as const) {
    const { path: folder, close } = openTempFolder('demo');
    onTestFinished(close);
    const path = join(folder, 'demo');
    await createStore(path, { adapter });
    const opened = await openSeeded(path);
    const { lines } = await cli(['events', path, 'payments']);
    const history = (await cli(['history', path])).stdout.replaceAll(`"${adapter}"`, '"?"');
    shown.push(`${lines.join('\n')}\n${history}`);
    await opened.close();
  }
  expect(shown[0]).toBe(shown[1]);
});

async function openSeeded(path: string): Promise<OpenedStore> {
  let source: { now: () => bigint; newId: () => string } | null = null;
  const opened = await openStore(path, { storage: 'inline', now: () => source?.now() ?? 0n, newId: () => source?.newId() ?? '' });
  await seedDemo(opened.store, (seeding) => (source = seeding));
  return opened;
}

async function names(path: string): Promise<string[]> {
  const { topics } = await cliAnswer<{ topics: { name: string }[] }>(['info', path]);
  return topics.map(({ name }) => name);
}

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'no error'> {
  return work.then(
    () => 'no error' as const,
    (error: { code: ErrorCode }) => error.code,
  );
}
