import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchOf, openFolderBench, readAll, topicConfig, type FolderBench } from '../adapters/filesystem/folder-bench.ts';
import { startChild } from '../support/child-process.ts';

const racer = new URL('fs-race-child.ts', import.meta.url);
const locker = new URL('fs-lock-child.ts', import.meta.url);

let bench: FolderBench;
beforeEach(async () => {
  bench = openFolderBench();
  const repository = await bench.open();
  await repository.createTopic(topicConfig('t'), 'refuse', '1');
});
afterEach(() => bench.close());

describe('several processes on one folder', () => {
  it('have one winner for every expected version, and lose nothing that was confirmed', async () => {
    const VERSIONS = 60;
    const racers = ['a', 'b', 'c'].map((label) => startChild(racer, [bench.root, label, String(VERSIONS)]));
    await Promise.all(racers.map((child) => child.waitForLine((line) => line === 'ready')));
    for (const child of racers) child.write('go\n');
    for (const child of racers) expect(await child.ended).toMatchObject({ code: 0, stderr: '' });
    const won = racers.flatMap((child) => child.lines.filter((line) => line.startsWith('won')).map((line) => Number(line.slice(4))));
    expect(won.sort((a, b) => a - b)).toEqual(Array.from({ length: VERSIONS }, (_, index) => index + 1));
    const { events, damaged } = await readAll(await bench.open(), 't');
    expect(damaged).toEqual([]);
    expect(events.map(({ version }) => version)).toEqual(won);
    // Each of them won something: they really met.
    expect(new Set(events.map(({ id }) => id[0])).size).toBeGreaterThan(1);
  }, 60_000);

  it('wait for each other, and name who holds the lock when that takes too long', async () => {
    const repository = await bench.open({ lockWait: 200 });
    const child = startChild(locker, [join(bench.store, 'lock.db')]);
    await child.waitForLine((line) => line === 'locked');
    const refused = repository.append('t', batchOf(1, 'a'), 0);
    await expect(refused).rejects.toMatchObject({ code: 'STORE_LOCKED', details: { waited: 200 } });
    if (process.platform === 'linux')
      await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(`(process ${child.pid})`) as string });
    expect(bench.names('events/t')).toEqual([]);
    // Reading needs no lock.
    expect(await repository.latestVersion('t')).toBe(0);

    const patient = await bench.open({ lockWait: 5000 });
    const waiting = patient.append('t', batchOf(1, 'a'), 0);
    child.write('enough\n');
    expect(await waiting).toMatchObject({ first: 1 });
    expect(await child.ended).toMatchObject({ code: 0 });
  });

  it('are free again the moment the holder is killed', async () => {
    const repository = await bench.open({ lockWait: 5000 });
    const child = startChild(locker, [join(bench.store, 'lock.db')]);
    await child.waitForLine((line) => line === 'locked');
    const waiting = repository.append('t', batchOf(1, 'a'), 0);
    child.kill('SIGKILL');
    expect(await waiting).toMatchObject({ first: 1 });
    await child.ended;
  });
});
