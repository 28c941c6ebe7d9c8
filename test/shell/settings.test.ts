import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSettings } from '../../src/main/shell/settings.ts';
import { changedSettings, type Settings, type SettingsChange } from '../../src/shared/ipc/settings.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

const DEFAULTS = {
  version: 1,
  theme: 'system',
  times: 'utc',
  rows: 'compact',
  dataFont: 12,
  zoom: 0,
  bounds: null,
  maximized: false,
  recent: [],
  logLevel: 'info',
};

let temp: TempFolder;
let path: string;

beforeEach(() => {
  temp = openTempFolder('settings');
  path = join(temp.path, 'deep/settings.json');
});
afterEach(() => temp.close());

describe('settings', () => {
  it('are the defaults where there is no file, and looking writes none', async () => {
    const settings = await openSettings(path);
    expect(settings.get()).toEqual(DEFAULTS);
    await settings.flush();
    expect(readdirSync(temp.path)).toEqual([]);
  });

  it('come back after a restart, and leave no temporary file', async () => {
    const first = await openSettings(path);
    first.set({ theme: 'dark', bounds: { x: -5, y: 0, width: 1000, height: 700 } });
    first.set({ zoom: 1 });
    await first.flush();
    const again = await openSettings(path);
    expect(again.get()).toEqual({ ...DEFAULTS, theme: 'dark', zoom: 1, bounds: { x: -5, y: 0, width: 1000, height: 700 } });
    expect(readdirSync(join(temp.path, 'deep'))).toEqual(['settings.json']);
  });

  it('are written by themselves soon after a change', async () => {
    const settings = await openSettings(path, { delay: 1 });
    settings.set({ maximized: true });
    await expect.poll(() => readFileSync(path, 'utf8').includes('"maximized": true')).toBe(true);
    await settings.flush();
  });

  it('lose one bad value and keep the good ones', async () => {
    const file = join(temp.path, 's.json');
    writeFileSync(
      file,
      JSON.stringify({ version: 7, theme: 'dark', bounds: { x: 'far' }, zoom: 99, recent: 'no', maximized: true, extra: 1 }),
    );
    expect((await openSettings(file)).get()).toEqual({ ...DEFAULTS, theme: 'dark', maximized: true });
  });

  it('are the defaults whatever the file holds', async () => {
    const file = join(temp.path, 's.json');
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"__proto__":{"theme":"dark"}}', '{', '[]', 'null', '\u0000')),
        async (text) => {
          writeFileSync(file, text);
          expect(Object.keys((await openSettings(file)).get()).sort()).toEqual(Object.keys(DEFAULTS).sort());
        },
      ),
      { numRuns: 60 },
    );
  });

  it('that cannot be written are told and cost nothing else', async () => {
    writeFileSync(join(temp.path, 'file'), '');
    const failures: unknown[] = [];
    const settings = await openSettings(join(temp.path, 'file/settings.json'), { failed: (error) => failures.push(error) });
    settings.set({ theme: 'light' });
    await settings.flush();
    expect(failures).toHaveLength(1);
    expect(settings.get().theme).toBe('light');
  });
});

describe('a change of settings', () => {
  const now: Settings = { theme: 'system', times: 'utc', rows: 'compact', dataFont: 12, zoom: 0 };

  it('changes what it names and nothing else', () => {
    expect(changedSettings(now, { theme: 'dark', times: undefined })).toEqual({ ...now, theme: 'dark' });
    expect(changedSettings(now, {})).toEqual(now);
  });

  it('by steps goes on from what is true, and stops at the ends', () => {
    const after = (steps: number, change: SettingsChange): Settings =>
      Array.from({ length: steps }).reduce<Settings>((settings) => changedSettings(settings, change), now);
    expect(after(2, { zoomBy: 0.5 }).zoom).toBe(1);
    expect(after(3, { zoomBy: -0.5 }).zoom).toBe(-1.5);
    expect([after(99, { zoomBy: 0.5 }).zoom, after(99, { zoomBy: -0.5 }).zoom]).toEqual([6, -4]);
    expect([after(2, { dataFontBy: 1 }).dataFont, after(99, { dataFontBy: 1 }).dataFont, after(99, { dataFontBy: -1 }).dataFont]).toEqual([
      14, 24, 9,
    ]);
  });
});
