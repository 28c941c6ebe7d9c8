import { writeFileSync } from 'node:fs';
import { openDraftFiles } from '../../src/main/shell/draft-files.ts';
import { BATCH_FILE, FOLD_FILE, readTextFile } from '../../src/main/shell/read-text-file.ts';
import { openSavedFolds } from '../../src/main/shell/saved-folds.ts';
import { MAX_DRAFT_CHARS } from '../../src/shared/ipc/contract/drafts.ts';
import { MAX_BATCH_BYTES } from '../../src/shared/ipc/contract/events.ts';
import { MAX_FOLD_CHARS } from '../../src/shared/ipc/contract/folds.ts';
import type { Bench } from '../lib/bench.ts';
import { measureHeld } from '../lib/main-held.ts';
import { seededStore } from '../lib/seeded-stores.ts';
import { openBenchWindow } from '../lib/window.ts';

const TIMES = 20;
const MIB = 1024 * 1024;

/** Target 9 for what a person keeps beside their stores: settings and recents, drafts and folds, which are files. */
export async function keptGapRows({ report, scratch }: Bench): Promise<void> {
  const files = { batch: scratch('batch.ndjson'), fold: scratch('fold.js') };
  writeFileSync(files.batch, Buffer.alloc(MAX_BATCH_BYTES, 'x'));
  writeFileSync(files.fold, Buffer.alloc(MAX_FOLD_CHARS, 'x'));
  const { ask, long, choose, close } = await openBenchWindow(
    await seededStore('10k'),
    {},
    {
      drafts: openDraftFiles(scratch('drafts')),
      savedFolds: openSavedFolds(scratch('folds')),
      pickBatch: () => readTextFile(files.batch, BATCH_FILE),
      pickFold: () => readTextFile(files.fold, FOLD_FILE),
    },
  );
  const measured = measureHeld(report);

  await measured('settings, what is remembered, commands, title', TIMES, async (n) => {
    await ask('app.info', {});
    await ask('app.settings', {});
    await ask('app.change', { theme: n % 2 === 0 ? 'dark' : 'light' });
    await ask('app.remember', { key: `place ${n}`, value: JSON.stringify({ version: n }) });
    await ask('app.recall', { prefix: 'place' });
    await ask('app.showCommands', { enabled: ['store.open', 'view.events'], checked: ['view.events'] });
    await ask('app.showTitle', { topic: `topic ${n}` });
    await ask('app.showProgress', { progress: n / TIMES });
  });
  const copied = Buffer.alloc(MIB, 'x').toString('latin1');
  await measured('app.copyText, 1 MB, but for the clipboard', TIMES, () => long('app.copyText', { text: copied }));
  const draft = (store: string, text: string) => async (n: number) => {
    const place = { store, topic: `topic ${n}`, incarnation: 1 };
    await ask('drafts.save', { ...place, text });
    await ask('drafts.list', { store });
    await ask('drafts.load', place);
    await ask('drafts.remove', place);
  };
  await measured('drafts of 100 KB: save, list, load, remove', TIMES, draft('/small', 'x'.repeat(100 * 1024)));
  const largest = { store: '/large', topic: 'topic', incarnation: 1 };
  // Of two bytes a unit, and more in a file.
  const text = Buffer.alloc(2 * MAX_DRAFT_CHARS, 'ü☕', 'utf16le').toString('utf16le');
  await measured('drafts.save, 17 MB', 3, () => long('drafts.save', { ...largest, text }));
  await measured('drafts.load, 17 MB', 3, () => long('drafts.load', largest));
  await measured('events.pickBatch, 16 MB', 3, () => long('events.pickBatch', {}));
  const source = `export const initial = 0;\nexport const fold = (state) => state + 1;\n${'// a line of a comment\n'.repeat(1000)}`;
  await measured('folds: keep, save, list, load, rename, remove', TIMES, async (n) => {
    const store = '/store';
    const name = `fold ${n}`;
    await ask('savedFolds.keepDraft', { store, name: null, source });
    await ask('savedFolds.save', { store, name, source, was: null });
    await ask('savedFolds.list', { store });
    await ask('savedFolds.load', { store, name });
    await ask('savedFolds.save', { store, name: `${name} again`, source, was: name });
    await ask('savedFolds.draft', { store });
    await ask('savedFolds.remove', { store, name: `${name} again` });
  });
  choose('/anywhere.js');
  await measured('savedFolds.import, savedFolds.export', TIMES, async () => {
    await ask('savedFolds.import', {});
    await ask('savedFolds.export', { name: 'fold', source });
  });
  await close();
}
