import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { isEventStoreError } from '../../../src/shared/model/errors.ts';
import type { StoredEvent } from '../../../src/shared/model/event.ts';
import { scanAll } from '../../contract/observations.ts';
import { treeSnapshot } from '../../support/tree-snapshot.ts';
import { damageEventRow } from './damage-event-row.ts';
import { eventsOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

const location = () => ({ adapter: 'sqlite', connection: 'store.db', place: folder.place, identity: folder.place, outside: false });

interface Found {
  readonly events: StoredEvent[];
  readonly damaged: number[];
}

async function readAll(repository: EventRepository, direction: 'forward' | 'backward', types?: readonly string[]): Promise<Found> {
  const found: Found = { events: [], damaged: [] };
  for (let cursor: number | null = direction === 'forward' ? 0 : Number.MAX_SAFE_INTEGER; cursor !== null;) {
    const page = await repository.read('orders', { direction, cursor, limit: 50, types });
    found.events.push(...page.events);
    found.damaged.push(...page.damaged.map(({ version }) => version));
    cursor = page.next;
  }
  return found;
}

describe('a damaged row', () => {
  test('is reported under its version in every read that meets it, and hides no healthy event', async () => {
    await seed(folder, 120);
    await damageEventRow(location(), 'orders', 60);
    const repository = await folder.open();
    for (const direction of ['forward', 'backward'] as const) {
      for (const types of [undefined, ['Happened']]) {
        const { events, damaged } = await readAll(repository, direction, types);
        expect(damaged).toEqual([60]);
        expect(events).toHaveLength(119);
      }
    }
    expect(await repository.count('orders', 0)).toMatchObject({ events: 119, damaged: [{ version: 60, code: 'damaged-row' }] });
    expect(await repository.count('orders', 60)).toMatchObject({ events: 60, damaged: [] });
    expect(await repository.problems()).toMatchObject([{ code: 'damaged-row', version: 60, topic: 'orders' }]);
    expect(await repository.health()).toMatchObject({ status: 'degraded' });
    expect(await repository.latestVersion('orders')).toBe(120);
    await repository.append('orders', eventsOf(1, 121), 120);
  });

  test.each([
    ['data that is not UTF-8', "data = CAST(x'22ff22' AS TEXT)"],
    ['data with white space nobody expects', 'data = \'{"a":\''],
    ['an id of the wrong size', "id = x'0102'"],
    ['an id that is a number', 'id = 5'],
    ['metadata that is no JSON', "metadata = '{]'"],
  ])('%s is damage', async (_what, change) => {
    await seed(folder, 3);
    const db = folder.raw();
    db.exec(`UPDATE events SET ${change} WHERE version = 2`);
    db.close();
    const { events, damaged } = await readAll(await folder.open(), 'forward');
    expect([events.map(({ version }) => version), damaged]).toEqual([[1, 3], [2]]);
  });

  test('white space between tokens is a foreign hand and no damage: it is dropped at the edge', async () => {
    await seed(folder, 1);
    const db = folder.raw();
    db.exec(`UPDATE events SET data = '{ "a" : [ 1, 2 ] }'`);
    db.close();
    const { events } = await readAll(await folder.open(), 'forward');
    expect(events.map(({ data }) => data)).toEqual(['{"a":[1,2]}']);
  });

  test('a config that cannot be read is null and a problem, and the next write of it mends both', async () => {
    await seed(folder, 1);
    const db = folder.raw();
    db.exec(`UPDATE topics SET config = '{"name":1}'`);
    db.close();
    const repository = await folder.open();
    expect(await repository.findTopic('orders')).toEqual({ name: 'orders', config: null, hasData: true });
    expect(await repository.problems()).toMatchObject([{ code: 'config-unreadable', topic: 'orders' }]);
    const config = { name: 'orders', adapter: 'sqlite', connection: '.', options: { a: 'b' } };
    await repository.writeTopicConfig(config);
    expect(await repository.findTopic('orders')).toMatchObject({ config });
    expect(await repository.problems()).toEqual([]);
  });
});

describe('damaged pages', () => {
  test('a page of events that is wiped out costs its own events and no other', async () => {
    await seed(folder, 400);
    const db = folder.raw();
    const page = db
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 2")
      .pluck()
      .get()!;
    const lost = db
      .prepare<[], number>("SELECT ncell FROM dbstat WHERE name = 'events' AND pagetype = 'leaf' ORDER BY path LIMIT 1 OFFSET 2")
      .pluck()
      .get()!;
    db.close();
    const bytes = readFileSync(folder.place);
    bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    writeFileSync(folder.place, bytes);
    const before = treeSnapshot(folder.path);
    const repository = await folder.open({ create: false });
    for (const direction of ['forward', 'backward'] as const) {
      const { events, damaged } = await readAll(repository, direction);
      expect(damaged).toHaveLength(lost);
      expect(events.length + damaged.length).toBe(400);
      for (const { id, version, data } of events) expect([id, data]).toEqual([`e${version}`, `{"n":${version}}`]);
    }
    const { events, damaged } = await readAll(repository, 'forward');
    for (const holding of [null, events[0]!.id, events.at(-1)!.id]) {
      const scanned = await scanAll(repository, 'orders', 0, holding);
      expect(scanned.damaged.map(({ version }) => version)).toEqual(damaged);
      expect(scanned.events).toHaveLength(holding === null ? 400 - lost : 1);
      expect(scanned.scanned).toBe(400);
    }
    await repository.close();
    expect(treeSnapshot(folder.path)).toEqual(before);
  });

  test('a wiped table of topics is REPOSITORY_FAILED, saying what to do', async () => {
    await seed(folder, 10);
    const db = folder.raw();
    const page = db.prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'topics_living'").pluck().get()!;
    db.close();
    const bytes = readFileSync(folder.place);
    bytes.fill(0xee, (page - 1) * 4096, page * 4096);
    writeFileSync(folder.place, bytes);
    const repository = await folder.open();
    await expect(repository.latestVersion('orders')).rejects.toMatchObject({
      code: 'REPOSITORY_FAILED',
      message: expect.stringContaining('backup'),
    });
    await expect(repository.append('orders', eventsOf(1, 11), 10)).rejects.toMatchObject({ code: 'REPOSITORY_FAILED' });
  });

  test('400 mutated databases never end the process, throw anything untyped, or change by being read', async () => {
    await seed(folder, 150);
    const whole = readFileSync(folder.place);
    let random = Number(process.env['TIDEMARK_SEED'] ?? 20261124);
    const below = (limit: number): number => {
      random = (Math.imul(random, 1103515245) + 12345) >>> 0;
      return Math.floor((random / 2 ** 32) * limit);
    };
    const seen = new Map<string, number>();
    const note = (what: string): unknown => seen.set(what, (seen.get(what) ?? 0) + 1);
    const guarded = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
        note('answered');
      } catch (error) {
        if (!isEventStoreError(error)) throw error;
        note(error.code);
      }
    };
    for (let round = 0; round < 400; round++) {
      let bytes = Buffer.from(whole);
      const at = round % 4 === 0 ? below(4096) : below(bytes.length);
      if (round % 5 === 0) bytes = bytes.subarray(0, at);
      else if (round % 5 === 1) bytes.fill(below(256), at, Math.min(bytes.length, at + below(5000)));
      else for (let n = 0; n <= below(6); n++) bytes[below(bytes.length)] = below(256);
      writeFileSync(folder.place, bytes);
      await guarded(async () => {
        const repository = await folder.open({ create: false, lockWait: 0 });
        await guarded(() => repository.listTopics(null, 100));
        await guarded(() => readAll(repository, 'forward'));
        await guarded(() => readAll(repository, 'backward', ['Happened']));
        await guarded(() => scanAll(repository, 'orders'));
        await guarded(() => scanAll(repository, 'orders', 0, 'e9'));
        await guarded(() => repository.listTrash(null, 10));
        await repository.health();
        await repository.problems();
        await repository.close();
      });
      expect(readFileSync(folder.place).equals(bytes), `round ${round}`).toBe(true);
    }
    expect(seen.get('answered')).toBeGreaterThan(400);
    expect([...seen.keys()].filter((code) => code !== 'answered').length).toBeGreaterThan(1);
  });
});
