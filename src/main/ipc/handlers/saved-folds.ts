import type { FoldDraft } from '../../../shared/ipc/contract/saved-folds.ts';
import type { AreaHandlers } from '../handlers.ts';

/** Keeps folds over restarts. The shell implements it with files, tests with a map. */
export interface SavedFoldsPort {
  list(store: string): Promise<readonly string[]>;
  load(store: string, name: string): Promise<string | null>;
  /** Resolves when the fold is on the disk. */
  save(store: string, fold: { readonly name: string; readonly source: string; readonly was: string | null }): Promise<void>;
  remove(store: string, name: string): Promise<void>;
  draft(store: string): Promise<FoldDraft | null>;
  keepDraft(store: string, draft: FoldDraft): Promise<void>;
}

/** Folds are kept beside the settings, never in the store: nothing that is folded writes into it. */
export function savedFoldsHandlers(folds: SavedFoldsPort): AreaHandlers<'savedFolds'> {
  return {
    'savedFolds.list': async ({ store }) => folds.list(store),
    'savedFolds.load': async ({ store, name }) => ({ source: await folds.load(store, name) }),
    'savedFolds.save': async ({ store, ...fold }) => {
      await folds.save(store, fold);
      return null;
    },
    'savedFolds.remove': async ({ store, name }) => {
      await folds.remove(store, name);
      return null;
    },
    'savedFolds.draft': async ({ store }) => folds.draft(store),
    'savedFolds.keepDraft': async ({ store, name, source }) => {
      await folds.keepDraft(store, { name, source });
      return null;
    },
    'savedFolds.import': async (_input, { workspace }) => {
      const file = await workspace.window.pickFold();
      return file && { name: file.name, source: file.text };
    },
    'savedFolds.export': async ({ name, source }, { workspace }) => {
      const path = await workspace.window.saveFold(name, source);
      return path === null ? null : { path };
    },
  };
}
