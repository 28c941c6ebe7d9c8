import { afterEach, describe, expect, it } from 'vitest';
import { catalogueAt } from '../../src/main/eventstore/config-history.ts';
import { startChild, type ChildProcess } from '../support/child-process.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { DISK_ADAPTERS, openStoreOnDisk, type DiskAdapter } from './store-on-disk.ts';

const script = new URL('race-child.ts', import.meta.url);

let folder: TempFolder;
afterEach(() => folder.close());

/** Starts the processes, lets them go at once, and answers what each said. */
async function race(
  adapter: DiskAdapter,
  racers: readonly (readonly [role: string, who: string, rounds: number])[],
): Promise<Record<string, unknown>[][]> {
  const children: ChildProcess[] = racers.map(([role, who, rounds]) =>
    startChild(script, [adapter, folder.path, role, who, String(rounds)]),
  );
  await Promise.all(children.map((child) => child.waitForLine((line) => line.includes('"ready"'))));
  for (const child of children) child.write('go\n');
  const ends = await Promise.all(
    children.map((child) => {
      return child.ended;
    }),
  );
  expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(racers.map(() => ({ code: 0, stderr: '' })));
  return children.map(({ lines }) => lines.slice(1).map((line) => JSON.parse(line) as Record<string, unknown>));
}

describe.each(DISK_ADAPTERS)('two processes on %s', (adapter) => {
  it('racing on one topic have one winner per expected version, and every winner is there', async () => {
    folder = openTempFolder('race');
    const seed = await openStoreOnDisk(adapter, folder.path);
    await seed.createTopic({ name: 'race' });
    await seed.close();
    const said = (
      await race(adapter, [
        ['append', 'a', 150],
        ['append', 'b', 150],
      ])
    ).flat();
    const won = said.filter((line) => 'ok' in line).map((line) => line['ok']);
    expect(new Set(said.filter((line) => 'refused' in line).map((line) => line['refused']))).toEqual(
      new Set(said.some((line) => 'refused' in line) ? ['VERSION_CONFLICT'] : []),
    );
    expect([...won].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: won.length }, (_, n) => n + 1));
    const store = await openStoreOnDisk(adapter, folder.path);
    expect((await store.getEvents('race')).events.map(({ version }) => version)).toEqual(
      Array.from({ length: won.length }, (_, n) => n + 1),
    );
    await store.close();
  });

  it('one creating topics while the other lists: what was acknowledged is listed, and live equals replay', async () => {
    folder = openTempFolder('race');
    const [created = [], listed = []] = await race(adapter, [
      ['create', 'a', 30],
      ['list', 'b', 60],
    ]);
    expect(created).toHaveLength(30);
    const sizes = listed.map((line) => (line['listed'] as string[]).length);
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    const store = await openStoreOnDisk(adapter, folder.path);
    const names = (await store.listTopics()).map(({ name }) => name);
    expect(names).toEqual(created.map((line) => line['created'] as string).sort());
    expect([...(await catalogueAt(store, Infinity)).topics.keys()].sort()).toEqual(names);
    await store.close();
  });

  it('both creating topics at once lose none', async () => {
    folder = openTempFolder('race');
    await race(adapter, [
      ['create', 'a', 20],
      ['create', 'b', 20],
    ]);
    const store = await openStoreOnDisk(adapter, folder.path);
    expect(await store.listTopics()).toHaveLength(40);
    expect(await store.problems()).toEqual([]);
    await store.close();
  });

  it('an append racing a delete: what was acknowledged was acknowledged before the deletion, and lies in the trash', async () => {
    for (let round = 0; round < 5; round++) {
      folder = openTempFolder('race');
      const seed = await openStoreOnDisk(adapter, folder.path);
      await seed.createTopic({ name: 'race' });
      await seed.close();
      const [appended = [], deleted = []] = await race(adapter, [
        ['appendUntilGone', 'a', 0],
        ['delete', 'b', 0],
      ]);
      const acknowledged = appended.flatMap((line) => ('ok' in line ? [Number(line['ok'])] : []));
      expect(appended.at(-1)).toEqual({ refused: 'TOPIC_NOT_FOUND' });
      const store = await openStoreOnDisk(adapter, folder.path);
      await store.restoreTopic(String(deleted[0]?.['deleted']));
      const versions = (await store.getEvents('race')).events.map(({ version }) => version);
      expect(versions.slice(0, acknowledged.length)).toEqual(acknowledged);
      // At most the one batch that was in flight may lie there without having been acknowledged.
      expect(versions.length - acknowledged.length).toBeLessThanOrEqual(1);
      await store.close();
      folder.close();
    }
  });
});
