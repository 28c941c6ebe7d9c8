import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_FILE, FOLD_FILE, readTextFile as readInParts, type TextFileLimits } from '../../src/main/shell/read-text-file.ts';
import { MAX_BATCH_BYTES } from '../../src/shared/ipc/contract/events.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

const readTextFile = async (file: string, limits: TextFileLimits) => {
  const { name, text } = await readInParts(file, limits);
  return { name, text: text.whole() };
};

let temp: TempFolder;
let path: string;
beforeEach(() => {
  temp = openTempFolder('batch');
  path = join(temp.path, 'events.ndjson');
});
afterEach(() => temp.close());

describe('a file of events', () => {
  it('is its text with every token, without the mark in front', async () => {
    writeFileSync(path, '\ufeff{"type":"A","data":{"n":9007199254740993}}\n');
    await expect(readTextFile(path, BATCH_FILE)).resolves.toEqual({
      name: 'events.ndjson',
      text: '{"type":"A","data":{"n":9007199254740993}}\n',
    });
  });

  it('is taken up to the limit, and refused beyond it with the way out', async () => {
    writeFileSync(path, '');
    truncateSync(path, MAX_BATCH_BYTES);
    expect((await readTextFile(path, BATCH_FILE)).text).toHaveLength(MAX_BATCH_BYTES);
    truncateSync(path, MAX_BATCH_BYTES + 1);
    await expect(readTextFile(path, BATCH_FILE)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('tidemark append') as string,
    });
  });

  it('of a fold has a limit of its own', async () => {
    writeFileSync(path, 'x'.repeat(FOLD_FILE.most));
    expect((await readTextFile(path, FOLD_FILE)).text).toHaveLength(FOLD_FILE.most);
    writeFileSync(path, 'x'.repeat(FOLD_FILE.most + 1));
    await expect(readTextFile(path, FOLD_FILE)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('tidemark fold') as string,
    });
  });

  it('that is no text, no file or not there is refused by a code', async () => {
    writeFileSync(path, Buffer.from([0x7b, 0xff, 0xfe]));
    await expect(readTextFile(path, BATCH_FILE)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(readTextFile(temp.path, BATCH_FILE)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(readTextFile(join(temp.path, 'gone'), BATCH_FILE)).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });

  it('that is a pipe nobody writes into does not keep the window waiting', async () => {
    execFileSync('mkfifo', [path]);
    await expect(readTextFile(path, BATCH_FILE)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
