import { openDraftFiles } from '../../src/main/shell/draft-files.ts';
import { openSavedFolds } from '../../src/main/shell/saved-folds.ts';
import { MAX_DRAFT_CHARS } from '../../src/shared/ipc/contract/drafts.ts';
import type { Bench } from '../lib/bench.ts';
import { measureHeld } from '../lib/main-held.ts';
import { seededStore } from '../lib/seeded-stores.ts';
import { openBenchWindow } from '../lib/window.ts';

const TIMES = 20;

/** Target 9 for what a person keeps beside their stores: settings and recents, drafts and folds, which are files. */
export async function keptGapRows({ report, scratch }: Bench): Promise<void> {
  const keeps = { drafts: openDraftFiles(scratch('drafts')), savedFolds: openSavedFolds(scratch('folds')) };
  const { ask, close } = await openBenchWindow(await seededStore('10k'), {}, keeps);
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
    await ask('app.copyText', { text: 'x'.repeat(1024 * 1024) });
  });
  await measured('the present store, recent stores', TIMES, async () => {
    await ask('stores.current', {});
    await ask('stores.failure', {});
    await ask('stores.recent', {});
  });
  const draft = (store: string, text: string) => async (n: number) => {
    const place = { store, topic: `topic ${n}`, incarnation: 1 };
    await ask('drafts.save', { ...place, text });
    await ask('drafts.list', { store });
    await ask('drafts.load', place);
    await ask('drafts.remove', place);
  };
  await measured('drafts of 100 KB: save, list, load, remove', TIMES, draft('/small', 'x'.repeat(100 * 1024)));
  await measured('a draft of 17 MB, the largest', 2, draft('/large', 'x'.repeat(MAX_DRAFT_CHARS)));
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
  await close();
}
