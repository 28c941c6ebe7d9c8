import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildOnce } from '../../scripts/runtime/build-once.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let folder: TempFolder;
let place: string;
beforeEach(() => {
  folder = openTempFolder('cache');
  place = path.join(folder.path, 'cache/runtime');
});
afterEach(() => folder.close());

describe('a folder of the cache', () => {
  it('is built once and then found', async () => {
    let builds = 0;
    const build = async (into: string): Promise<void> => {
      builds += 1;
      await writeFile(path.join(into, 'a'), 'built');
    };
    await buildOnce(place, build);
    await buildOnce(place, build);
    expect(builds).toBe(1);
    await expect(readFile(path.join(place, 'a'), 'utf8')).resolves.toBe('built');
  });

  it('does not appear, nor leave anything, when its build fails', async () => {
    const failure = new Error('no space left');
    await expect(buildOnce(place, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(existsSync(place)).toBe(false);
    expect(readdirSync(path.dirname(place))).toEqual([]);
  });

  it('is whole when two build it at the same time', async () => {
    const build = (text: string) => (into: string) => writeFile(path.join(into, 'a'), text);
    await Promise.all([buildOnce(place, build('one')), buildOnce(place, build('two'))]);
    expect(['one', 'two']).toContain(await readFile(path.join(place, 'a'), 'utf8'));
    expect(readdirSync(path.dirname(place))).toEqual(['runtime']);
  });
});
