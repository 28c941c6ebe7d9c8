import { readdirSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { configOf, eventOf, eventsOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

describe('the writer', () => {
  test('flushes every commit, on a new file, a resting one and one left in log mode', async () => {
    const first = await folder.open();
    await first.createTopic(configOf('orders'), 'refuse', '1');
    expect((await first.health()).checked).toMatchObject({ synchronous: 2, journalMode: 'wal' });
    await first.close();
    const second = await folder.open();
    await second.append('orders', eventsOf(1), 0);
    expect((await second.health()).checked).toMatchObject({ synchronous: 2, journalMode: 'wal' });
    await second.close();
    const other = folder.raw();
    other.pragma('journal_mode = WAL');
    // What the setting would be, were it not asserted: the reason for this test.
    expect(folder.raw().pragma('synchronous', { simple: true })).toBe(1);
    const third = await folder.open();
    await third.append('orders', eventsOf(1, 2), 1);
    expect((await third.health()).checked).toMatchObject({ synchronous: 2, journalMode: 'wal' });
  });

  test('rests in one file without a log, and a reader of a writing process sees what was acknowledged', async () => {
    const writer = await folder.open();
    await writer.createTopic(configOf('orders'), 'refuse', '1');
    const reader = await folder.open({ create: false });
    for (let n = 1; n <= 5; n++) {
      await writer.append('orders', eventsOf(1, n), n - 1);
      expect(await reader.latestVersion('orders')).toBe(n);
    }
    await reader.close();
    await writer.close();
    expect(readdirSync(folder.path)).toEqual(['store.db']);
    expect(folder.raw().pragma('journal_mode', { simple: true })).toBe('delete');
  });

  test('a reader keeps working while others switch the file to log mode and back', async () => {
    await seed(folder);
    const reader = await folder.open({ create: false });
    expect(await reader.latestVersion('orders')).toBe(3);
    const token = await reader.changeToken('orders');
    for (let n = 4; n <= 6; n++) {
      const writer = await folder.open();
      await writer.append('orders', eventsOf(1, n), n - 1);
      if (n % 2 === 0) expect(await reader.latestVersion('orders')).toBe(n);
      await writer.close();
      expect(await reader.latestVersion('orders')).toBe(n);
    }
    expect(await reader.changeToken('orders')).not.toBe(token);
    // The reader was on the file when the writers left; the next writer that leaves alone brings it to rest.
    await reader.close();
    const last = await folder.open();
    await last.append('orders', eventsOf(1, 7), 6);
    await last.close();
    expect(readdirSync(folder.path)).toEqual(['store.db']);
  });

  test('another writer is waited for, with reads going on; then STORE_LOCKED names who', async () => {
    await seed(folder);
    const repository = await folder.open({ lockWait: 300 });
    await repository.append('orders', eventsOf(1, 4), 3);
    const other = folder.raw();
    other.exec('BEGIN IMMEDIATE');
    const start = performance.now();
    const refused = repository.append('orders', eventsOf(1, 5), 4).catch((error: unknown) => error);
    expect(await repository.latestVersion('orders')).toBe(4);
    expect(performance.now() - start).toBeLessThan(250);
    expect(await refused).toMatchObject({ code: 'STORE_LOCKED', details: { holder: expect.stringContaining('process'), waited: 300 } });
    const waiting = repository.append('orders', eventsOf(1, 5), 4);
    await sleep(30);
    other.exec('COMMIT');
    expect(await waiting).toEqual({ first: 5, last: 5, replayed: false });
  });

  test('a lock that is held while the writer is opened is waited for too', async () => {
    await seed(folder);
    const other = folder.raw();
    other.exec('BEGIN EXCLUSIVE');
    const repository = folder.open({ lockWait: 2000 });
    await sleep(30);
    other.exec('COMMIT');
    const opened = await repository;
    other.exec('BEGIN EXCLUSIVE');
    const waiting = opened.append('orders', eventsOf(1, 4), 3);
    await sleep(30);
    other.exec('COMMIT');
    expect(await waiting).toMatchObject({ first: 4 });
  });

  test('appends that wait together are each judged by themselves', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const outcomes = await Promise.allSettled([
      repository.append('orders', eventsOf(2, 1), 0),
      repository.append('orders', eventsOf(2, 3), 0),
      repository.append('nowhere', eventsOf(1, 9), null),
      repository.append('orders', [eventOf('e1'), eventOf('new')], null),
      repository.append('orders', eventsOf(2, 1), 0),
      repository.append('orders', eventsOf(2, 5), 2),
    ]);
    expect(
      outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.first : (outcome.reason as { code: string }).code)),
    ).toEqual([1, 'VERSION_CONFLICT', 'TOPIC_NOT_FOUND', 'EVENT_ID_CONFLICT', 1, 3]);
    const { events } = await repository.read('orders', { direction: 'forward', cursor: 0, limit: 10 });
    expect(events.map(({ id, version }) => [id, version])).toEqual([
      ['e1', 1],
      ['e2', 2],
      ['e5', 3],
      ['e6', 4],
    ]);
  });

  test('a file that was moved away or replaced takes no append, and one that comes back does', async () => {
    await seed(folder);
    const repository = await folder.open({ create: false });
    await repository.append('orders', eventsOf(1, 4), 3);
    renameSync(folder.place, `${folder.place}.away`);
    await expect(repository.append('orders', eventsOf(1, 5), 4)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await expect(repository.latestVersion('orders')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await repository.health()).toMatchObject({ status: 'down' });
    expect(readdirSync(folder.path)).not.toContain('store.db');
    renameSync(`${folder.place}.away`, folder.place);
    expect(await repository.append('orders', eventsOf(1, 5), 4)).toMatchObject({ first: 5 });
  });

  test('the log stays small under a long series', async () => {
    const repository = await folder.open();
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    const data = JSON.stringify('x'.repeat(20_000)) as JsonText;
    let longest = 0;
    for (let n = 0; n < 40; n++) {
      await repository.append(
        'orders',
        Array.from({ length: 50 }, (_none, index) => eventOf(`b${n}-${index}`, { data })),
        null,
      );
      longest = Math.max(longest, statSync(`${folder.place}-wal`).size);
    }
    expect(statSync(folder.place).size).toBeGreaterThan(20_000_000);
    expect(longest).toBeLessThan(32 * 1024 * 1024);
  });
});

describe('stored values', () => {
  const IDS = [
    '018f4e3a-7c1d-7abc-8def-0123456789ab',
    '018F4E3A-7C1D-7ABC-8DEF-0123456789AC',
    'a\0b',
    'Zoë 🌊',
    "'; DROP TABLE events; --",
    '0',
  ];
  const TIMES = [0n, -1n, 1n, 2n ** 63n - 1n, -(2n ** 63n), -3_600_000_000_001n];

  test('ids, times and texts come back as they were given', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const texts = [
      '9007199254740993',
      '1e400',
      '{"a":1,"a":1.10}',
      '"\\ud800"',
      'null',
      '"with  spaces\\n \\"quoted\\" \uFFFD"',
    ] as JsonText[];
    const batch = IDS.map((id, index) =>
      eventOf(id, { timestamp: TIMES[index]!, data: texts[index]!, metadata: texts[texts.length - 1 - index]!, type: `T ${id}` }),
    );
    await repository.append('orders', batch, 0);
    await repository.close();
    const again = await folder.open();
    const { events, damaged } = await again.read('orders', { direction: 'forward', cursor: 0, limit: 100 });
    expect(damaged).toEqual([]);
    expect(events).toEqual(
      batch.map(({ id, type, data, metadata, timestamp }, index) => ({
        id,
        topic: 'orders',
        type,
        data,
        metadata,
        timestamp,
        version: index + 1,
      })),
    );
    expect(await again.append('orders', batch, 99)).toEqual({ first: 1, last: batch.length, replayed: true });
    const stored = folder.raw().prepare('SELECT typeof(id) FROM events ORDER BY version').pluck().all();
    expect(stored).toEqual(['blob', 'text', 'text', 'text', 'text', 'text']);
  });

  test('half a surrogate pair in an id or a type is INVALID_EVENT, in a name INVALID_TOPIC_NAME', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    await expect(repository.append('orders', [eventOf('\ud800')], null)).rejects.toMatchObject({ code: 'INVALID_EVENT' });
    await expect(repository.append('orders', [eventOf('a', { type: '\udc00' })], null)).rejects.toMatchObject({ code: 'INVALID_EVENT' });
    await expect(repository.createTopic(configOf('x\ud800'), 'refuse', '1')).rejects.toMatchObject({ code: 'INVALID_TOPIC_NAME' });
  });

  test('an id that was generated is known when a caller repeats it', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    await repository.append('orders', [eventOf('made', { idGiven: false })], null);
    expect(await repository.append('orders', [eventOf('made')], 7)).toEqual({ first: 1, last: 1, replayed: true });
  });

  test('the counters are what counting gives, for days and hours before the epoch too', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const times = [...TIMES, 86_400_000_000_000n, -86_400_000_000_001n, 7_200_000_000_000n];
    await repository.append(
      'orders',
      times.map((timestamp, index) => eventOf(`t${index}`, { timestamp, type: index % 3 === 0 ? 'A' : 'B' })),
      0,
    );
    await repository.append('orders', [eventOf('late', { timestamp: 5n, type: 'A' })], null);
    await repository.close();
    const db = folder.raw();
    const events = db.prepare<[], { type_id: bigint; ts: bigint }>('SELECT type_id, ts FROM events').safeIntegers().all();
    for (const [res, width] of [
      [0, null],
      [1, 86_400_000_000_000n],
      [2, 3_600_000_000_000n],
    ] as const) {
      const counted = new Map<string, bigint>();
      for (const { type_id, ts } of events) {
        const bucket = width === null ? 0n : (ts - (((ts % width) + width) % width)) / width;
        const key = `${bucket}:${type_id}`;
        counted.set(key, (counted.get(key) ?? 0n) + 1n);
      }
      const stored = db
        .prepare<[number], { bucket: bigint; type_id: bigint; n: bigint }>('SELECT bucket, type_id, n FROM stats WHERE res = ?')
        .safeIntegers()
        .all(res);
      expect(new Map(stored.map(({ bucket, type_id, n }) => [`${bucket}:${type_id}`, n]))).toEqual(counted);
    }
  });

  test('purging removes every row of the topic and of no other, also when a crash came in between', async () => {
    await seed(folder, 2500);
    const repository = await folder.open();
    await repository.createTopic(configOf('kept'), 'refuse', '1');
    await repository.append('kept', eventsOf(3), 0);
    await repository.trashTopic('orders', '9');
    await repository.purgeTopic('9', 'orders');
    await repository.createTopic(configOf('half'), 'refuse', '1');
    await repository.append('half', eventsOf(1500), 0);
    await repository.trashTopic('half', '10');
    await repository.close();
    const db = folder.raw();
    expect(db.prepare('SELECT DISTINCT name FROM events JOIN topics USING (topic_id) ORDER BY name').pluck().all()).toEqual([
      'half',
      'kept',
    ]);
    // As a crash after the first step of a purge leaves it.
    db.exec("UPDATE topics SET trash_entry = NULL WHERE name = 'half'");
    db.close();
    const again = await folder.open();
    expect(await again.listTrash(null, 10)).toEqual([]);
    await again.writeTopicConfig(configOf('kept'));
    for (let look = 0; look < 200 && folder.raw().prepare('SELECT count(*) FROM topics').pluck().get() !== 1; look++) await sleep(10);
    const tables = folder.raw();
    expect(tables.prepare('SELECT name FROM topics').pluck().all()).toEqual(['kept']);
    expect(tables.prepare('SELECT count(*) FROM events').pluck().get()).toBe(3);
    expect(tables.prepare('SELECT count(DISTINCT topic_id) FROM stats').pluck().get()).toBe(1);
  });

  test('large events stand among small ones in a page, each as it was stored, whichever of its texts is large', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const long = 'x'.repeat(40_000);
    const text = JSON.stringify(long) as JsonText;
    const uuid = '01900000-0000-7000-8000-00000000abcd';
    const given = [
      eventOf(uuid),
      eventOf('a', { data: text }),
      eventOf(uuid.toUpperCase(), { metadata: text }),
      eventOf(`t${long}`),
      eventOf('b1', { data: text, metadata: text }),
      eventOf('b'.repeat(32), { metadata: '{}' as JsonText }),
    ];
    await repository.append('orders', given, 0);
    for (const direction of ['forward', 'backward'] as const) {
      const { events, damaged, next } = await repository.read('orders', { direction, cursor: null, limit: 6 });
      const inOrder = direction === 'forward' ? events : events.toReversed();
      expect(inOrder.map(({ id, data, metadata }) => [id, data, metadata])).toEqual(
        given.map(({ id, data, metadata }) => [id, data, metadata]),
      );
      expect([damaged, next]).toEqual([[], null]);
    }
  });

  test('a page holds about 4 MiB and at least one event', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const data = (size: number): JsonText => JSON.stringify('x'.repeat(size)) as JsonText;
    await repository.append(
      'orders',
      [
        eventOf('a', { data: data(6_000_000) }),
        ...Array.from({ length: 9 }, (_none, index) => eventOf(`b${index}`, { data: data(1_000_000) })),
      ],
      0,
    );
    for (const types of [undefined, ['Happened']]) {
      const sizes: number[] = [];
      for (let cursor: number | null = 0; cursor !== null;) {
        const page = await repository.read('orders', { direction: 'forward', cursor, limit: 1000, types });
        sizes.push(page.events.length);
        cursor = page.next;
      }
      expect(sizes).toEqual([1, 4, 4, 1]);
    }
  });

  test('many types come back in one order, in both directions, from any cursor', async () => {
    await seed(folder, 0);
    const repository = await folder.open();
    const typeOf = (n: number): string => `T${(n * n) % 7}`;
    await repository.append(
      'orders',
      Array.from({ length: 500 }, (_none, index) => eventOf(`e${index + 1}`, { type: typeOf(index + 1) })),
      0,
    );
    const types = ['T1', 'T4', 'none', 'T1'];
    const wanted = Array.from({ length: 500 }, (_none, index) => index + 1).filter((n) => types.includes(typeOf(n)));
    for (const direction of ['forward', 'backward'] as const) {
      for (const limit of [1, 7, 1000]) {
        const found: number[] = [];
        for (let cursor: number | null = direction === 'forward' ? 0 : 501; cursor !== null;) {
          const page = await repository.read('orders', { direction, cursor, limit, types });
          found.push(...page.events.map(({ version }) => version));
          cursor = page.next;
        }
        expect(found).toEqual(direction === 'forward' ? wanted : wanted.toReversed());
      }
    }
  });
});
