import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldFileName } from '../../src/main/shell/fold-file-name.ts';
import { openSavedFolds } from '../../src/main/shell/saved-folds.ts';
import { MAX_SAVED_FOLDS } from '../../src/shared/ipc/contract/saved-folds.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let folder: string;
beforeEach(() => {
  temp = openTempFolder('folds');
  folder = join(temp.path, 'folds');
});
afterEach(() => temp.close());

const fold = (name: string, source = `// ${name}`, was: string | null = null) => ({ name, source, was });

describe('saved folds', () => {
  it('come back after a restart as they were saved, by name, whatever they are called', async () => {
    const source = '// \u202e\ud800 "9007199254740993"\n';
    const first = openSavedFolds(folder);
    for (const name of ['zeta', '__proto__', '../../etc/passwd', 'alpha']) await first.save('/s', fold(name, source));
    await first.keepDraft('/s', { name: 'zeta', source: 'half' });
    const again = openSavedFolds(folder);
    await expect(again.list('/s')).resolves.toEqual(['__proto__', '../../etc/passwd', 'alpha', 'zeta']);
    await expect(again.load('/s', '__proto__')).resolves.toBe(source);
    await expect(again.load('/s', 'constructor')).resolves.toBeNull();
    await expect(again.draft('/s')).resolves.toEqual({ name: 'zeta', source: 'half' });
    await expect(again.list('/other')).resolves.toEqual([]);
    await expect(again.draft('/other')).resolves.toBeNull();
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('are renamed in one step, replaced, and gone when they are removed', async () => {
    const folds = openSavedFolds(folder);
    await folds.save('/s', fold('a', '1'));
    await folds.save('/s', fold('b', '2', 'a'));
    await folds.save('/s', fold('b', '3'));
    await expect(folds.list('/s')).resolves.toEqual(['b']);
    await expect(folds.load('/s', 'b')).resolves.toBe('3');
    await folds.remove('/s', 'b');
    await folds.remove('/s', 'b');
    await expect(folds.list('/s')).resolves.toEqual([]);
  });

  it('are all there when many are saved at once, and belong to one store however its path is spelled', async () => {
    const store = join(temp.path, 'store');
    mkdirSync(store);
    symlinkSync(store, join(temp.path, 'link'));
    const folds = openSavedFolds(folder);
    const saves = Array.from({ length: 20 }, (_none, n) => folds.save(join(temp.path, 'link'), fold(`f${n}`)));
    await folds.flush();
    await Promise.all(saves);
    await expect(folds.list(store)).resolves.toHaveLength(20);
  });

  it('beyond the limit are refused, and a damaged file is set aside', async () => {
    const folds = openSavedFolds(folder);
    await folds.save('/s', fold('a'));
    const [file = ''] = readdirSync(folder);
    const path = join(folder, file);
    const full = JSON.parse(readFileSync(path, 'utf8')) as { folds: unknown[] };
    full.folds = Array.from({ length: MAX_SAVED_FOLDS }, (_none, n) => ({ name: `f${n}`, source: '' }));
    writeFileSync(path, JSON.stringify(full));
    await expect(folds.save('/s', fold('more'))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await folds.save('/s', fold('f1', 'replaced'));
    writeFileSync(path, '{"version":1');
    await expect(folds.list('/s')).resolves.toEqual([]);
    expect(readFileSync(`${path}.broken`, 'utf8')).toBe('{"version":1');
  });

  it('that cannot be written are refused by a code, and what was kept is still there', async () => {
    const folds = openSavedFolds(folder);
    await folds.save('/s', fold('a'));
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file where the folder was');
    await expect(folds.save('/s', fold('b'))).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    chmodSync(folder, 0o600);
  });
});

it.each([
  ['Count by type', 'Count by type.js'],
  ['../../etc/passwd', 'etc-passwd.js'],
  ['a\u0000b\u202ec', 'a-b-c.js'],
  ['nul', 'fold.js'],
  ['...', 'fold.js'],
])('the file of the fold %j is called %s', (name, file) => {
  expect(foldFileName(name)).toBe(file);
});
