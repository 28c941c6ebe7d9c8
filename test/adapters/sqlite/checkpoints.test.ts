import { readdirSync, statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogCopier, type LogCopier } from '../../../src/main/adapters/sqlite/log-copier.ts';
import type { EventRepository } from '../../../src/main/eventstore/ports/event-repository.ts';
import { openCheckpointThread } from '../../../src/main/threads/checkpoint-thread.ts';
import type { JsonText } from '../../../src/shared/model/json-text.ts';
import { configOf, eventOf, openDatabaseFolder, seed, type DatabaseFolder } from './database-folder.ts';

const ENTRY = new URL('../../../src/main/threads/checkpoint-worker.ts', import.meta.url);
const LOG_LIMIT = 32 * 1024 * 1024;
const DATA = JSON.stringify('x'.repeat(20_000)) as JsonText;

let folder: DatabaseFolder;

beforeEach(() => {
  folder = openDatabaseFolder();
});
afterEach(() => folder.close());

const logSize = (): number => statSync(`${folder.place}-wal`, { throwIfNoEntry: false })?.size ?? 0;

/** Appends some 1.4 MB a batch, letting others have a turn, and answers the longest log that was seen. */
async function appendMuch(repository: EventRepository, batches: number, name: string): Promise<number> {
  let longest = 0;
  for (let n = 0; n < batches; n++) {
    await repository.append(
      'orders',
      Array.from({ length: 60 }, (_none, index) => eventOf(`${name}${n}-${index}`, { data: DATA })),
      null,
    );
    await nextTurn();
    longest = Math.max(longest, logSize());
  }
  return longest;
}

/** A copier that notes what is asked of it. */
function noting(log: string[], copier: LogCopier = createLogCopier()): LogCopier {
  return {
    copy: async (place, fileId) => {
      log.push('copy');
      await copier.copy(place, fileId);
    },
    release: async (place) => {
      log.push('release');
      await copier.release(place);
    },
  };
}

describe('checkpoints', () => {
  test('the copier keeps the log short, and is off the file before it comes to rest', async () => {
    const asked: string[] = [];
    await seed(folder, 0);
    const repository = await folder.open({}, noting(asked));
    expect(await appendMuch(repository, 50, 'a')).toBeLessThan(LOG_LIMIT);
    expect(asked.filter((what) => what === 'copy').length).toBeGreaterThan(2);
    await repository.close();
    expect(asked.at(-1)).toBe('release');
    expect(readdirSync(folder.path)).toEqual(['store.db']);
    expect(folder.raw().prepare('SELECT count(*) FROM events').pluck().get()).toBe(3000);
  });

  test('on a thread of its own it does the same', async () => {
    await seed(folder, 0);
    const repository = await folder.open({}, openCheckpointThread(ENTRY));
    expect(await appendMuch(repository, 120, 'a')).toBeLessThan(LOG_LIMIT);
    await repository.close();
    expect(readdirSync(folder.path)).toEqual(['store.db']);
    expect(folder.raw().pragma('integrity_check', { simple: true })).toBe('ok');
  });

  test('when the thread dies, or never begins, the writer does it itself', async () => {
    await seed(folder, 0);
    const dying = openCheckpointThread(new URL('data:text/javascript,process.exit(1)'));
    const repository = await folder.open({}, dying);
    expect(await appendMuch(repository, 50, 'a')).toBeLessThan(LOG_LIMIT);
    expect(statSync(folder.place).size).toBeGreaterThan(30_000_000);
    await repository.close();
    expect(readdirSync(folder.path)).toEqual(['store.db']);
  });

  test('closing waits for a checkpoint that is under way', async () => {
    await seed(folder, 0);
    const thread = openCheckpointThread(ENTRY);
    const begun = Promise.withResolvers<void>();
    let ended = false;
    const repository = await folder.open(
      {},
      {
        ...thread,
        copy: async (place, fileId) => {
          begun.resolve();
          await thread.copy(place, fileId);
          ended = true;
        },
      },
    );
    const appended = appendMuch(repository, 20, 'a');
    await begun.promise;
    const closing = repository.close();
    await Promise.allSettled([appended]);
    await closing;
    expect(ended).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['store.db']);
    expect(folder.raw().pragma('journal_mode', { simple: true })).toBe('delete');
  });

  test('a reader that holds an old state holds the log too, but no append; when it leaves the log begins anew', async () => {
    await seed(folder, 3);
    const repository = await folder.open({}, createLogCopier());
    await repository.append('orders', [eventOf('first')], 3);
    const reader = folder.raw();
    reader.exec('BEGIN');
    const count = reader.prepare('SELECT count(*) FROM events').pluck();
    expect(count.get()).toBe(4);
    await appendMuch(repository, 40, 'a');
    const held = logSize();
    expect(held).toBeGreaterThan(LOG_LIMIT);
    expect(count.get()).toBe(4);
    reader.exec('COMMIT');
    expect(await appendMuch(repository, 40, 'b')).toBe(held);
    expect(await repository.latestVersion('orders')).toBe(4 + 80 * 60);
  });

  test('who only reads asks for none', async () => {
    await seed(folder, 2);
    const asked: string[] = [];
    const repository = await folder.open({ create: false }, noting(asked));
    expect(await repository.latestVersion('orders')).toBe(2);
    await repository.close();
    expect(asked).toEqual([]);
  });

  test('a file that was replaced is not touched', async () => {
    await seed(folder, 0);
    const other = openDatabaseFolder();
    const repository = await other.open();
    await repository.createTopic(configOf('orders'), 'refuse', '1');
    await expect(createLogCopier().copy(folder.place, 'another file')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await other.close();
    expect(readdirSync(folder.path)).toEqual(['store.db']);
  });
});
