import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonText } from '../../src/shared/model/json-text.ts';
import { eventOf, eventsOf, openDatabaseFolder, seed, type DatabaseFolder } from '../adapters/sqlite/database-folder.ts';
import { startChild } from '../support/child-process.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';

const readOnlyChild = new URL('sqlite-read-only-child.ts', import.meta.url);
const crashChild = new URL('sqlite-crash-child.ts', import.meta.url);
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;
const EVENTS = 200;

let folder: DatabaseFolder;
beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

async function crash(mode: 'wal' | 'delete'): Promise<void> {
  expect((await startChild(crashChild, [folder.place, mode]).ended).signal).toBe('SIGKILL');
}

/** Reads and tries to write as nobody, in a folder that only root may write; nothing may change. */
async function asNobody(): Promise<unknown> {
  chmodSync(folder.path, 0o755);
  const before = treeSnapshot(folder.path);
  const child = startChild(readOnlyChild, [folder.path, String(NOBODY)]);
  expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
  expect(treeSnapshot(folder.path)).toEqual(before);
  return JSON.parse(child.lines[0] ?? '');
}

const refused = { events: EVENTS, readOnly: true, codes: ['READ_ONLY', 'READ_ONLY', 'READ_ONLY', 'READ_ONLY'], left: 0 };

describe('a database that may not be written', () => {
  it('is read in place as user nobody, and every write is refused without a trace', async (context) => {
    if (!isRoot) return context.skip('needs root to become user nobody');
    await seed(folder, EVENTS);
    expect(await asNobody()).toEqual({ ...refused, copied: false });
  });

  it('is read from a private copy where a crash left its log, and the copy goes away', async (context) => {
    if (!isRoot) return context.skip('needs root to become user nobody');
    await seed(folder, EVENTS);
    await crash('wal');
    rmSync(`${folder.place}-shm`);
    expect(await asNobody()).toEqual({ ...refused, copied: true });
  });

  it('is read from a private copy where a crash left a journal to roll back', async (context) => {
    if (!isRoot) return context.skip('needs root to become user nobody');
    await seed(folder, EVENTS);
    await crash('delete');
    expect(existsSync(`${folder.place}-journal`)).toBe(true);
    expect(await asNobody()).toEqual({ ...refused, copied: true });
  });
});

describe('what a crash left', () => {
  it('as a journal is not rolled back by reading, and is by the next write', async () => {
    await seed(folder, EVENTS);
    await crash('delete');
    const before = treeSnapshot(folder.path);
    const reader = await folder.open({ create: false });
    const { events } = await reader.read('orders', { direction: 'forward', cursor: 0, limit: 1000 });
    expect(events.map(({ data }) => data)).toEqual(eventsOf(EVENTS).map(({ data }) => data));
    await reader.close();
    expect(treeSnapshot(folder.path)).toEqual(before);
    const writer = await folder.open({ create: false });
    expect(await writer.latestVersion('orders')).toBe(EVENTS);
    await writer.append('orders', eventsOf(1, EVENTS + 1), EVENTS);
    expect(await writer.health()).toMatchObject({ checked: { privateCopy: false } });
    expect(await writer.latestVersion('orders')).toBe(EVENTS + 1);
    await writer.close();
    expect(existsSync(`${folder.place}-journal`)).toBe(false);
  });

  it('as a log is read with what was committed in it, and the database itself stays untouched', async () => {
    await seed(folder, EVENTS);
    await crash('wal');
    const database = (): readonly string[] => treeSnapshot(folder.path).filter((line) => line.startsWith('store.db '));
    const before = database();
    const reader = await folder.open({ create: false });
    expect(await reader.findTopic('orders')).toMatchObject({ config: { connection: 'after' } });
    await reader.close();
    expect(before).toHaveLength(1);
    expect(database()).toEqual(before);
  });
});

describe('a full disk', () => {
  it('refuses the batch with STORAGE_FULL, keeps what was acknowledged, and goes on when there is space', async (context) => {
    const disk = join(folder.path, 'disk');
    execFileSync('mkdir', [disk]);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1500k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      return context.skip('mount is not allowed here');
    }
    try {
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(500_000));
      const { sqliteAdapter } = await import('../../src/main/adapters/sqlite/sqlite-adapter.ts');
      const adapter = sqliteAdapter();
      const repository = await adapter.open(await adapter.locate('store.db', disk), { create: true, lockWait: 500 });
      await repository.createTopic({ name: 'orders', adapter: 'sqlite', connection: '.', options: {} }, 'refuse', '1');
      const data = JSON.stringify('x'.repeat(5000)) as JsonText;
      let stored = 0;
      let refusal: unknown = null;
      while (refusal === null) {
        const batch = Array.from({ length: 7 }, (_none, index) => eventOf(`e${stored + index + 1}`, { data }));
        await repository.append('orders', batch, stored).then(
          ({ last }) => (stored = last),
          (error: unknown) => (refusal = error),
        );
      }
      expect(refusal).toMatchObject({ code: 'STORAGE_FULL' });
      expect(stored).toBeGreaterThan(0);
      expect(await repository.latestVersion('orders')).toBe(stored);
      rmSync(join(disk, 'ballast'));
      expect(await repository.append('orders', [eventOf('after', { data })], stored)).toMatchObject({ first: stored + 1 });
      const page = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 1000 });
      expect(page.events).toHaveLength(stored + 1);
      await repository.close();
    } finally {
      execFileSync('umount', ['-l', disk]);
    }
  });
});
