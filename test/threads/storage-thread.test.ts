import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { JSON_NULL, parseJsonText } from '../../src/shared/model/json-text.ts';
import { topicOptions } from '../../src/shared/model/topic-config.ts';
import { lockHolder } from '../../src/main/adapters/lock-holder.ts';
import { sqliteAdapter } from '../../src/main/adapters/sqlite/sqlite-adapter.ts';
import type { EventRepository, PreparedEvent } from '../../src/main/eventstore/ports/event-repository.ts';
import { openStorageThread, type StorageThread } from '../../src/main/threads/open-storage-thread.ts';
import { openTempFolder } from '../support/temp-folder.ts';

const ENTRY = new URL('../../src/main/threads/storage-worker.ts', import.meta.url);
const closers: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function openThread(entry = ENTRY): StorageThread {
  const thread = openStorageThread({ entry, adapters: ['fs', 'sqlite'] });
  closers.push(() => thread.close());
  return thread;
}

function openFolder(): string {
  const folder = openTempFolder('thread');
  closers.push(() => folder.close());
  return folder.path;
}

async function openRepository(thread: StorageThread, base: string, connection = 'store.db'): Promise<EventRepository> {
  const adapter = thread.adapters['sqlite']!;
  return await adapter.open(await adapter.locate(connection, base), { create: true, lockWait: 1000 });
}

const configOf = (name: string) => ({ name, adapter: 'sqlite', connection: '.', options: {} });

function event(id: string, data = JSON_NULL): PreparedEvent {
  return { id, idGiven: true, type: 'Happened', data, metadata: JSON_NULL, timestamp: 1n, timestampGiven: false };
}

/** A thread whose code is `source`: what a thread does when it goes wrong. */
function threadRunning(source: string): StorageThread {
  return openThread(new URL(`data:text/javascript,${encodeURIComponent(source)}`));
}

describe('the storage thread', () => {
  test('the death of the thread rejects everything in flight and everything later, and close still resolves', async () => {
    const thread = threadRunning(
      `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => { throw new Error('out of order') })`,
    );
    const adapter = thread.adapters['sqlite']!;
    const inFlight = [adapter.locate('a.db', '/'), adapter.locate('b.db', '/')];
    for (const asked of inFlight) {
      await expect(asked).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE', details: { reason: 'out of order' } });
    }
    await expect(adapter.locate('c.db', '/')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await thread.close();
  });

  test('a thread that merely exits rejects what it did not answer', async () => {
    const thread = threadRunning(`import { parentPort } from 'node:worker_threads'; parentPort.once('message', () => process.exit(0))`);
    await expect(thread.adapters['fs']!.locate('a', '/')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  test('a repository on a dead thread says so in its health, refuses its methods and closes', async () => {
    const thread = threadRunning(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ([{ id, request }]) => {
        if (request.kind === 'call') process.exit(1);
        parentPort.postMessage([{ id, value: { handle: 1, capabilities: {} } }]);
      });`);
    const location = { adapter: 'sqlite', connection: 'a.db', place: '/a.db', identity: '/a.db', outside: false };
    const repository = await thread.adapters['sqlite']!.open(location, { create: false, lockWait: 0 });
    await expect(repository.latestVersion('orders')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    expect(await repository.health()).toMatchObject({ status: 'down', state: 'failed', adapter: 'sqlite', connection: 'a.db' });
    await repository.close();
  });

  test('closing the thread closes its repositories: the database rests in one file', async () => {
    const base = openFolder();
    const thread = openThread();
    const repository = await openRepository(thread, base);
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    await repository.append('orders', [event('a')], 0);
    await thread.close();
    await expect(repository.latestVersion('orders')).rejects.toMatchObject({ code: 'REPOSITORY_CLOSED' });
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(base)).toEqual(['store.db']);
  });

  test('errors cross with their code, message and details', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    await expect(repository.append('orders', [event('a')], 7)).rejects.toMatchObject({
      name: 'EventStoreError',
      code: 'VERSION_CONFLICT',
      details: { expected: 7, actual: 0 },
    });
  });

  test('what cannot be cloned is refused at once and harms nothing', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    const asked = await Promise.allSettled([
      repository.append('orders', [event('a')], null),
      repository.append('orders', [(() => 1) as never], null),
      repository.append('orders', [event('b')], null),
    ]);
    expect(asked).toMatchObject([{ value: { last: 1 } }, { reason: { code: 'INVALID_INPUT' } }, { value: { last: 2 } }]);
  });

  test('a batch too long for one message is one batch all the same, and what cannot be cloned in it leaves nothing', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    const batch = Array.from({ length: 2345 }, (_none, index) => event(`e${index}`));
    const bad = { ...event('bad'), type: (() => 1) as never };
    await expect(repository.append('orders', [...batch, bad], 0)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(repository.append('orders', batch, 7)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' });
    expect(await repository.latestVersion('orders')).toBe(0);
    expect(await repository.append('orders', batch, 0)).toEqual({ first: 1, last: 2345, replayed: false });
    const page = await repository.read('orders', { direction: 'backward', cursor: null, limit: 2 });
    expect(page.events.map(({ id }) => id)).toEqual(['e2344', 'e2343']);
    const large = parseJsonText(JSON.stringify('x'.repeat(200_000)));
    const few = Array.from({ length: 5 }, (_none, index) => event(`large${index}`, large));
    expect(await repository.append('orders', few, 2345)).toMatchObject({ first: 2346, last: 2350 });
  });

  test('an option called __proto__ crosses as a member like any other', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic({ ...configOf('orders'), options: topicOptions([['__proto__', 'x']]) }, 'refuse', '1');
    const topic = await repository.findTopic('orders');
    expect(Object.entries(topic?.config?.options ?? {})).toEqual([['__proto__', 'x']]);
  });

  test('an unknown adapter name is a typed error', async () => {
    const thread = openStorageThread({ entry: ENTRY, adapters: ['tape'] });
    closers.push(() => thread.close());
    await expect(thread.adapters['tape']!.locate('x', '/')).rejects.toMatchObject({ code: 'UNKNOWN_ADAPTER' });
  });

  test('a read is answered while a long series of appends is still waiting', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    let done = 0;
    const series = Array.from({ length: 3000 }, async (_none, index) => {
      await repository.append('orders', [event(`e${index}`)], null);
      done++;
    });
    await repository.latestVersion('orders');
    expect(done).toBeLessThan(1500);
    await Promise.all(series);
    expect(await repository.latestVersion('orders')).toBe(3000);
  });

  test('a long series of reads of one repository does not hold up a read of another', async () => {
    const base = openFolder();
    const thread = openThread();
    const busy = await openRepository(thread, base, 'busy.db');
    const other = await openRepository(thread, base, 'other.db');
    await busy.createTopic(configOf('orders'), 'refuse', '1');
    await other.createTopic(configOf('orders'), 'refuse', '1');
    const data = parseJsonText(JSON.stringify('x'.repeat(2000)));
    await busy.append(
      'orders',
      Array.from({ length: 200 }, (_none, index) => event(`e${index}`, data)),
      0,
    );
    let done = 0;
    const series = Array.from({ length: 300 }, async () => {
      await busy.read('orders', { direction: 'forward', cursor: 0, limit: 200 });
      done++;
    });
    await other.latestVersion('orders');
    expect(done).toBeLessThan(150);
    await Promise.all(series);
  });

  test('reads asked before close are answered, not refused', async () => {
    const thread = openThread();
    const repository = await openRepository(thread, openFolder());
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    const reads = Array.from({ length: 50 }, () => repository.latestVersion('orders'));
    const closing = repository.close();
    expect(await Promise.all(reads)).toEqual(Array.from({ length: 50 }, () => 0));
    await closing;
  });

  test('opening a database again on another thread leaves its locks alone', async (context) => {
    if (process.platform !== 'linux') return context.skip('needs the kernel to list its locks');
    const base = openFolder();
    const repository = await openRepository(openThread(), base);
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    await repository.append('orders', [event('a')], 0);
    const place = join(base, 'store.db');
    expect(lockHolder(place)).toBe('this process');
    // Closing any handle of a file takes every lock of the process on it; a log without its lock can be lost.
    const again = sqliteAdapter();
    const other = await again.open(await again.locate('store.db', base), { create: false, lockWait: 100 });
    await other.close();
    expect(lockHolder(place)).toBe('this process');
  });

  test('the entry runs as TypeScript in a thread of its own', async () => {
    const worker = new Worker(ENTRY, { workerData: { adapters: ['sqlite'], networkPaths: false } });
    const answered = new Promise((resolve) => worker.once('message', resolve));
    worker.postMessage([{ id: 1, request: { kind: 'locate', adapter: 'sqlite', connection: 'a.db', base: '/tmp' } }]);
    expect(await answered).toMatchObject([{ id: 1, value: { adapter: 'sqlite', place: '/tmp/a.db' } }]);
    await worker.terminate();
  });
});
