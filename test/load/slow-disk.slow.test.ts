import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { startChild } from '../support/child-process.ts';
import { DISK_KINDS, newDiskStore, type DiskStore } from './disk-desk.ts';

const child = new URL('slow-disk-child.ts', import.meta.url);
const APPENDS = 100;
/** Microseconds added by the kernel's tracer to every flush, and to every read of a file. */
const DELAYS = ['-e', 'inject=fsync,fdatasync:delay_enter=100000', '-e', 'inject=pread64:delay_enter=1000'];
const TRACER = ['strace', '-f', '--seccomp-bpf', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync,pread64', ...DELAYS];
const canTrace = spawnSync(TRACER[0] ?? '', ['-qq', '-o', '/dev/null', 'true']).status === 0;

let disk: DiskStore;
afterEach(() => disk.remove());

interface Said {
  readonly turnsWhileAppending: number;
  readonly acknowledged: readonly number[];
  readonly cancelled: { readonly code: string; readonly scanned: boolean };
  readonly read: number;
}

describe.each(DISK_KINDS)('a store on %s whose disk takes 100 ms for a flush and 1 ms for a read', (kind) => {
  it('keeps what it promises, and the main thread goes on', async (context) => {
    disk = await newDiskStore(kind);
    if (!canTrace) return context.skip('needs strace, and the right to trace, to make a disk slow');
    const { store: seed, close } = await disk.open();
    await seed.createTopic({ name: 'slow' });
    await close();

    const slow = startChild(child, [disk.path, String(APPENDS)], {}, TRACER);
    expect(await slow.ended).toMatchObject({ code: 0, stderr: '' });
    const said = JSON.parse(slow.lines[0] ?? '') as Said;
    // Flushes are shared: one each would be ten seconds and more.
    expect(said.acknowledged).toEqual(Array.from({ length: APPENDS }, (_, n) => n + 1));
    expect(said.turnsWhileAppending).toBeGreaterThan(20);
    expect(said.read).toBe(APPENDS);
    expect(said.cancelled).toEqual({ code: 'CANCELLED', scanned: false });

    const { store, close: end } = await disk.open();
    expect((await store.getEvents('slow')).events.map(({ version }) => version)).toEqual(said.acknowledged);
    await end();
  });
});
