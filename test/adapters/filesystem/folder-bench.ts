import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diskWrites, type DiskWrites } from '../../../src/main/adapters/filesystem/disk.ts';
import { fileSystemAdapter } from '../../../src/main/adapters/filesystem/file-system-adapter.ts';
import type { EventRepository, PreparedEvent } from '../../../src/main/eventstore/ports/event-repository.ts';
import type { EventPage, StoredEvent } from '../../../src/shared/model/event.ts';
import { JSON_NULL, parseJsonText } from '../../../src/shared/model/json-text.ts';
import type { TopicConfig } from '../../../src/shared/model/topic-config.ts';
import { openTempFolder } from '../../support/temp-folder.ts';

/** A folder of one test, and repositories over `store` in it; `close` gives everything back. */
export interface FolderBench {
  readonly root: string;
  readonly store: string;
  open(options?: { writes?: DiskWrites; lockWait?: number; create?: boolean }): Promise<EventRepository>;
  /** The content of a file in the store. */
  read(path: string): string;
  names(path: string): readonly string[];
  close(): Promise<void>;
}

export function openFolderBench(): FolderBench {
  const folder = openTempFolder('fs');
  const store = join(folder.path, 'store');
  const opened: EventRepository[] = [];
  return {
    root: folder.path,
    store,
    async open({ writes = diskWrites, lockWait = 2000, create = true } = {}) {
      const adapter = fileSystemAdapter({ writes });
      const repository = await adapter.open(await adapter.locate('store', folder.path), { create, lockWait });
      opened.push(repository);
      return repository;
    },
    read: (path) => readFileSync(join(store, path), 'utf8'),
    names: (path) => {
      try {
        return readdirSync(join(store, path)).sort();
      } catch {
        return [];
      }
    },
    async close() {
      for (const repository of opened) await repository.close();
      folder.close();
    },
  };
}

export function topicConfig(name: string): TopicConfig {
  return { name, adapter: 'fs', connection: 'store', options: {} };
}

/** Events with given ids `<prefix>-<n>` and their number as data. */
export function batchOf(count: number, prefix: string, idGiven = true): PreparedEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${prefix}-${index + 1}`,
    idGiven,
    type: 'Counted',
    data: parseJsonText(`{"n":${index + 1},"exact":9007199254740993}`),
    metadata: JSON_NULL,
    timestamp: 1717171717171717171n,
    timestampGiven: false,
  }));
}

export async function readAll(repository: EventRepository, topic: string): Promise<Pick<EventPage, 'events' | 'damaged'>> {
  const events: StoredEvent[] = [];
  const damaged: EventPage['damaged'][number][] = [];
  for (let cursor: number | null = 0; cursor !== null;) {
    const page: EventPage = await repository.read(topic, { direction: 'forward', cursor, limit: 200 });
    events.push(...page.events);
    damaged.push(...page.damaged);
    cursor = page.next;
  }
  return { events, damaged };
}

/** The code an action fails with; fails the test when it does not fail. */
export async function codeOf(action: Promise<unknown>): Promise<unknown> {
  try {
    await action;
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
  throw new Error('It did not fail.');
}

/**
 * The disk as it is for a process that dies at its step number `at`: that step and all later ones never happen. A file
 * that was being made then is there with the `share` of its bytes that got out.
 */
export function dyingAt(at: number, share: number | null): { writes: DiskWrites } {
  let step = 0;
  const dead = (): boolean => ++step >= at;
  const gone = (): never => {
    throw Object.assign(new Error('the process died here'), { code: 'DEAD' });
  };
  const writes: DiskWrites = {
    makeFolder: (path) => (dead() ? gone() : diskWrites.makeFolder(path)),
    createFile(path, text, sync) {
      if (!dead()) return diskWrites.createFile(path, text, sync);
      const bytes = Buffer.from(text);
      if (step === at && share !== null) diskWrites.createFile(path, bytes.subarray(0, Math.floor(bytes.length * share)), false);
      return gone();
    },
    rename: (from, to) => (dead() ? gone() : diskWrites.rename(from, to)),
    remove: (path) => (dead() ? gone() : diskWrites.remove(path)),
    removeFolder: (path) => (dead() ? gone() : diskWrites.removeFolder(path)),
    syncFile: (path) => (dead() ? gone() : diskWrites.syncFile(path)),
    syncFiles: async (folder, paths) => (dead() ? gone() : diskWrites.syncFiles(folder, paths)),
    syncFolder: (path) => (dead() ? gone() : diskWrites.syncFolder(path)),
  };
  return { writes };
}
