import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDraftFiles } from '../../src/main/shell/draft-files.ts';
import type { DraftPlace } from '../../src/shared/ipc/contract/drafts.ts';
import { TextParts } from '../../src/shared/model/text-parts.ts';
import { openTempFolder, type TempFolder } from '../support/temp-folder.ts';

let temp: TempFolder;
let folder: string;
beforeEach(() => {
  temp = openTempFolder('drafts');
  folder = join(temp.path, 'drafts');
});
afterEach(() => temp.close());

const place = { topic: 'orders', incarnation: 7 };
const files = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );

/** Drafts as texts; on the way there and back they are in parts. */
function openDrafts(place: string) {
  const drafts = openDraftFiles(place);
  return {
    ...drafts,
    save: (store: string, at: DraftPlace, text: string) => drafts.save(store, at, new TextParts([text.slice(0, 3), text.slice(3)])),
    load: async (store: string, at: DraftPlace) => {
      const { text, note } = await drafts.load(store, at);
      return { text: text && text.whole(), note };
    },
  };
}

describe('drafts in files', () => {
  it('come back after a restart as they were saved, whatever the topic is called', async () => {
    const text = JSON.stringify({ data: '{\n"n": 9007199254740993}', odd: '\u202e\ud800' });
    const odd = { topic: '../../../etc/passwd\n\u0000', incarnation: 0 };
    const first = openDrafts(folder);
    await first.save('/s', place, text);
    await first.save('/s', odd, 'other');
    const again = openDrafts(folder);
    await expect(again.load('/s', place)).resolves.toEqual({ text, note: null });
    await expect(again.load('/s', odd)).resolves.toEqual({ text: 'other', note: null });
    const listed = await again.list('/s');
    expect(listed).toHaveLength(2);
    expect(listed).toEqual(expect.arrayContaining([place, odd]));
    expect(files().every((path) => path.startsWith(folder))).toBe(true);
  });

  it('belong to one store however its path is spelled, and to one incarnation', async () => {
    const store = join(temp.path, 'store');
    mkdirSync(store);
    symlinkSync(store, join(temp.path, 'link'));
    const drafts = openDrafts(folder);
    await drafts.save(join(temp.path, 'link'), place, 'mine');
    await expect(drafts.load(store, place)).resolves.toMatchObject({ text: 'mine' });
    await expect(drafts.load(store, { ...place, incarnation: 8 })).resolves.toEqual({ text: null, note: null });
    await expect(drafts.load('/elsewhere', place)).resolves.toEqual({ text: null, note: null });
    await expect(drafts.list('/elsewhere')).resolves.toEqual([]);
  });

  it('are written whole and in the order they were saved, and leave nothing else behind', async () => {
    const drafts = openDrafts(folder);
    const saves = Array.from({ length: 20 }, (_, n) => drafts.save('/s', place, `${n}`.repeat(10_000)));
    await drafts.flush();
    await Promise.all(saves);
    await expect(drafts.load('/s', place)).resolves.toMatchObject({ text: '19'.repeat(10_000) });
    expect(files()).toHaveLength(1);
    await drafts.remove('/s', place);
    await drafts.remove('/s', place);
    expect(files()).toEqual([]);
  });

  it('can be read by their owner alone', async () => {
    await openDrafts(folder).save('/s', place, 'private');
    expect(files().map((path) => statSync(path).mode & 0o077)).toEqual([0]);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });

  it.each([
    ['cut short', (whole: string) => whole.slice(0, -3)],
    ['longer than it says', (whole: string) => `${whole}x`],
    ['no draft at all', () => 'hello'],
    ['empty', () => ''],
    ['of a later version', (whole: string) => whole.replace('"version":1', '"version":2')],
  ])('that are %s are no draft and a note; the file is set aside and the next draft is kept', async (_name, harm) => {
    const drafts = openDrafts(folder);
    await drafts.save('/s', place, '{"data":"x"}');
    const [path = ''] = files();
    writeFileSync(path, harm(readFileSync(path, 'utf8')));
    const { text, note } = await drafts.load('/s', place);
    expect(text).toBeNull();
    expect(note).toContain(`${path}.broken`);
    await drafts.save('/s', place, 'next');
    await expect(openDrafts(folder).load('/s', place)).resolves.toEqual({ text: 'next', note: null });
    expect(files()).toHaveLength(2);
  });

  it('that cannot be written say so with a code', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    await expect(openDrafts(folder).save('/s', place, 'x')).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
  });
});
