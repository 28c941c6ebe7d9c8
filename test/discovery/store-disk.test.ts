import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lastWrite } from '../../src/main/discovery/last-write.ts';
import { storeSize } from '../../src/main/discovery/store-size.ts';
import { writeTrouble } from '../../src/main/discovery/write-trouble.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { treeSnapshot } from '../support/tree-snapshot.ts';

let temp: TempFolder;
beforeEach(() => {
  temp = openTempFolder('disk');
});
afterEach(() => temp.close());

const OLD = 1_000_000;
const NEW = 2_000_000;

function file(name: string, bytes: number, seconds = OLD): string {
  const path = join(temp.path, name);
  writeFileSync(path, Buffer.alloc(bytes));
  utimesSync(path, seconds, seconds);
  return path;
}

function folders(...names: string[]): void {
  for (const name of names) mkdirSync(join(temp.path, name), { recursive: true });
  for (const name of ['', ...names]) utimesSync(join(temp.path, name), OLD, OLD);
}

describe('the last write', () => {
  it('to a database is its own time or that of its log, and not that of the readers’ shared memory', async () => {
    const path = file('s.db', 10);
    file('s.db-shm', 10, NEW + 5);
    await expect(lastWrite(path)).resolves.toBe(OLD * 1000);
    file('s.db-wal', 10, NEW);
    await expect(lastWrite(path)).resolves.toBe(NEW * 1000);
  });

  it('to a folder is told by a new event, a new topic and a batch on its way, in any of its repositories', async () => {
    folders('a', 'a/events', 'a/events/t', 'a/intents', 'b', 'b/events', 'b/configs');
    await expect(lastWrite(temp.path)).resolves.toBe(OLD * 1000);
    for (const name of ['a/events/t', 'a/intents', 'b/configs']) {
      utimesSync(join(temp.path, name), NEW, NEW);
      await expect(lastWrite(temp.path), name).resolves.toBe(NEW * 1000);
      utimesSync(join(temp.path, name), OLD, OLD);
    }
  });

  it('is unknown where nothing is or nothing tells, and looking changes nothing', async () => {
    await expect(lastWrite(join(temp.path, 'nothing'))).resolves.toBeNull();
    await expect(lastWrite(temp.path)).resolves.toBeNull();
    folders('events', 'events/t');
    const before = treeSnapshot(temp.path);
    await lastWrite(temp.path);
    await storeSize(temp.path);
    await writeTrouble(temp.path);
    expect(treeSnapshot(temp.path)).toEqual(before);
  });
});

describe('the size', () => {
  it('of a database is that of the file and its log', async () => {
    const path = file('s.db', 100);
    file('s.db-wal', 20);
    file('s.db-shm', 3000);
    await expect(storeSize(path)).resolves.toEqual({ bytes: 120, isWhole: true });
  });

  it('of a folder is that of all its files, and the least there is where there are too many', async () => {
    folders('events/t', 'configs');
    for (let index = 0; index < 10; index++) file(`events/t/${index}`, 7);
    file('configs/t.json', 30);
    await expect(storeSize(temp.path)).resolves.toEqual({ bytes: 100, isWhole: true });
    await expect(storeSize(temp.path, 11)).resolves.toEqual({ bytes: 100, isWhole: true });
    const cut = await storeSize(temp.path, 5);
    expect(cut?.isWhole).toBe(false);
    expect(cut?.bytes).toBeLessThan(100);
  });

  it('of nothing is unknown', async () => {
    await expect(storeSize(join(temp.path, 'nothing'))).resolves.toBeNull();
  });
});

it('nothing speaks against writing where writing is possible, or nothing is', async () => {
  await expect(writeTrouble(file('s.db', 1))).resolves.toBeNull();
  await expect(writeTrouble(join(temp.path, 'nothing'))).resolves.toBeNull();
});
