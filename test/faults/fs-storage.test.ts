import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileSystemAdapter } from '../../src/main/adapters/filesystem/file-system-adapter.ts';
import { batchOf, codeOf, openFolderBench, readAll, topicConfig, type FolderBench } from '../adapters/filesystem/folder-bench.ts';
import { startChild } from '../support/child-process.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';

const reader = new URL('fs-read-only-child.ts', import.meta.url);
const STORES = join(import.meta.dirname, '../compat/stores');
const isRoot = process.getuid?.() === 0;
const NOBODY = 65534;

let bench: FolderBench;
beforeEach(() => {
  bench = openFolderBench();
});
afterEach(() => bench.close());

async function seed(): Promise<void> {
  const repository = await bench.open();
  await repository.createTopic(topicConfig('old'), 'refuse', '1');
  await repository.append('old', batchOf(2, 'old'), 0);
  await repository.trashTopic('old', '1');
  await repository.createTopic(topicConfig('t'), 'refuse', '1');
  await repository.append('t', batchOf(5, 'a'), 0);
  await repository.close();
}

describe('reading', () => {
  it('changes nothing, not even a time, whatever is asked', async () => {
    cpSync(join(STORES, 'small/store-a'), bench.store, { recursive: true });
    const before = treeSnapshot(bench.root);
    const repository = await bench.open({ create: false });
    for (const { name } of await repository.listTopics(null, 1000)) {
      await readAll(repository, name);
      await repository.read(name, { direction: 'backward', cursor: null, limit: 10, types: ['OrderPlaced'] });
      await repository.count(name, 0);
      await repository.latestVersion(name);
      await repository.changeToken(name);
      await repository.findTopic(name);
    }
    await repository.listTrash(null, 10);
    await repository.problems();
    await repository.health();
    await repository.close();
    expect(treeSnapshot(bench.root)).toEqual(before);
  });
});

const refused = { events: 5, readOnly: true, codes: Array.from({ length: 6 }, () => 'READ_ONLY') };

describe('a folder that may not be written', () => {
  it('is read as user nobody, and every write is refused without a trace', async (context) => {
    if (!isRoot) return context.skip('needs root to become user nobody');
    await seed();
    chmodSync(bench.root, 0o755);
    const before = treeSnapshot(bench.root);
    const child = startChild(reader, [bench.root, String(NOBODY)]);
    expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(child.lines[0] ?? '')).toEqual(refused);
    expect(treeSnapshot(bench.root)).toEqual(before);
  });

  it('is read on a disk that is mounted read-only', async (context) => {
    await seed();
    const unmount = mount(['--bind', bench.root, bench.root]);
    if (!unmount) return context.skip('mount is not allowed here');
    try {
      execFileSync('mount', ['-o', 'remount,bind,ro', bench.root], { stdio: 'ignore' });
      const child = startChild(reader, [bench.root]);
      expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
      expect(JSON.parse(child.lines[0] ?? '')).toEqual(refused);
    } finally {
      unmount();
    }
  });
});

describe('a full disk', () => {
  it('refuses a batch whole and takes it again when there is space', async (context) => {
    mkdirSync(bench.store);
    const unmount = mount(['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', bench.store]);
    if (!unmount) return context.skip('mount is not allowed here');
    const repository = await bench.open();
    try {
      await repository.createTopic(topicConfig('t'), 'refuse', '1');
      const ballast = join(bench.store, 'ballast');
      let confirmed = 0;
      for (let round = 0; round < 20; round++) {
        writeFileSync(ballast, Buffer.alloc(Math.max(0, statfsFree(bench.store) - (40 + round * 4) * 1024)));
        let full = false;
        for (let n = 0; !full; n++) {
          const failure = await repository.append('t', batchOf(7, `r${round}b${n}`), confirmed).then(
            () => null,
            (error: unknown) => error,
          );
          full = failure !== null;
          if (full) expect(failure).toMatchObject({ code: 'STORAGE_FULL' });
          else confirmed += 7;
          expect(await repository.latestVersion('t')).toBe(confirmed);
        }
        rmSync(ballast);
        expect(await repository.append('t', batchOf(1, `after${round}`), confirmed)).toMatchObject({ first: ++confirmed });
        if (round % 4 === 3) {
          await repository.trashTopic('t', String(round));
          await repository.purgeTopic(String(round), 't');
          await repository.createTopic(topicConfig('t'), 'refuse', '1');
          confirmed = 0;
        }
        const { events, damaged } = await readAll(repository, 't');
        expect(damaged).toEqual([]);
        expect(events.map(({ version }) => version)).toEqual(Array.from({ length: confirmed }, (_, index) => index + 1));
      }
      expect(bench.names('quarantine')).toEqual([]);
    } finally {
      await repository.close();
      unmount();
    }
  }, 60_000);
});

describe('a folder that goes away', () => {
  it('is STORAGE_UNAVAILABLE, is not made anew, and works when it is back', async () => {
    await seed();
    const repository = await bench.open({ create: false });
    const away = `${bench.store}.away`;
    execFileSync('mv', [bench.store, away]);
    expect(await codeOf(repository.latestVersion('t'))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(repository.append('t', batchOf(1, 'x'), null))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(repository.createTopic(topicConfig('n'), 'refuse', '1'))).toBe('STORAGE_UNAVAILABLE');
    expect(await codeOf(repository.listTopics(null, 10))).toBe('STORAGE_UNAVAILABLE');
    expect(await repository.health()).toMatchObject({ status: 'down', state: 'failed' });
    execFileSync('mv', [away, bench.store]);
    expect(await repository.append('t', batchOf(1, 'x'), 5)).toMatchObject({ first: 6 });
  });

  it('is refused with its missing place named, or with what is there instead', async () => {
    await expect(bench.open({ create: false })).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { missing: true } });
    writeFileSync(bench.store, 'a file');
    expect(await codeOf(bench.open({ create: true }))).toBe('NOT_A_STORE');
    expect(statSync(bench.store).size).toBe(6);
    const adapter = fileSystemAdapter();
    const below = await adapter.locate('store/below', bench.root);
    expect(await codeOf(adapter.open(below, { create: false, lockWait: 1 }))).toBe('STORAGE_UNAVAILABLE');
  });
});

/** Null, with the reason printed, where this user may not mount. */
function mount(args: readonly string[]): (() => void) | null {
  try {
    execFileSync('mount', args, { stdio: 'pipe' });
    const at = args.at(-1) ?? '';
    return () => void execFileSync('umount', ['-l', at], { stdio: 'ignore' });
  } catch (error) {
    console.log(`skipped: mount is not possible here (${error instanceof Error ? error.message.trim() : String(error)})`);
    return null;
  }
}

function statfsFree(path: string): number {
  const [, free = '0'] = execFileSync('df', ['--output=avail', '-B1', path], { encoding: 'utf8' }).split('\n');
  return Number(free);
}
