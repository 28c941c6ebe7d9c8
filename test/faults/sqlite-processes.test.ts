import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabaseFolder, seed, type DatabaseFolder } from '../adapters/sqlite/database-folder.ts';
import { startChild } from '../support/child-process.ts';

let folder: DatabaseFolder;
beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

describe('two processes on one database', () => {
  it('race for every version, and each has one winner', async () => {
    const versions = 150;
    await seed(folder, 0);
    const script = new URL('sqlite-race-child.ts', import.meta.url);
    const racers = ['a', 'b', 'c'].map((label) => startChild(script, [folder.path, label, String(versions)]));
    for (const racer of racers) await racer.waitForLine((line) => line === 'ready');
    for (const racer of racers) racer.write('go\n');
    for (const racer of racers) expect(await racer.ended).toMatchObject({ code: 0, stderr: '' });
    const won = racers.map(({ lines }) => lines.flatMap((line) => (line.startsWith('won ') ? Number(line.slice(4)) : [])));
    expect(won.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: versions }, (_none, index) => index + 1));
    // A race that nobody ever lost was none.
    expect(racers.flatMap(({ lines }) => lines).filter((line) => line.startsWith('lost')).length).toBeGreaterThan(0);
    const repository = await folder.open({ create: false });
    const { events } = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 1000 });
    const winner = (version: number): string => 'abc'[won.findIndex((versionsWon) => versionsWon.includes(version))] ?? '';
    expect(events.map(({ id, version }) => [id, version])).toEqual(
      events.map(({ version }) => [`${winner(version)}-${version - 1}`, version]),
    );
    expect(events).toHaveLength(versions);
  });
});
