import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMemory } from '../../src/main/shell/memory.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
beforeEach(() => {
  temp = openTempFolder('memory');
});
afterEach(() => temp.close());

describe('what the page has remembered', () => {
  it('comes back after a restart under its prefix, and what was forgotten does not', async () => {
    const first = await openMemory(join(temp.path, 'memory.json'));
    first.remember('columns:a', '1');
    first.remember('columns:b', '2');
    first.remember('panes', '3');
    first.remember('columns:b', null);
    await first.flush();
    const again = await openMemory(join(temp.path, 'memory.json'));
    expect(again.recall('columns:')).toEqual({ 'columns:a': '1' });
    expect(again.recall('')).toEqual({ 'columns:a': '1', panes: '3' });
  });

  it('keeps a key called __proto__ as any other', async () => {
    const memory = await openMemory(join(temp.path, 'memory.json'));
    memory.remember('__proto__', 'x');
    expect(Object.entries(memory.recall('__'))).toEqual([['__proto__', 'x']]);
  });

  it('drops what was written longest ago first, beyond a thousand keys', async () => {
    const memory = await openMemory(join(temp.path, 'memory.json'));
    for (let n = 0; n < 1000; n++) memory.remember(`k${n}`, 'x');
    memory.remember('k0', 'again');
    memory.remember('new', 'x');
    const kept = memory.recall('');
    expect(Object.keys(kept)).toHaveLength(1000);
    expect([kept['k0'], kept['k1'], kept['new']]).toEqual(['again', undefined, 'x']);
  });

  it('is empty where the file is broken', async () => {
    writeFileSync(join(temp.path, 'memory.json'), '[["a", 5');
    expect((await openMemory(join(temp.path, 'memory.json'))).recall('')).toEqual({});
  });
});
