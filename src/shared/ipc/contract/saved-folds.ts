import { z } from 'zod';
import { MAX_FOLD_CHARS, MAX_FOLD_NAME_CHARS } from './folds.ts';
import { textOf } from './text-of.ts';

/** The most folds that are saved for one store. */
export const MAX_SAVED_FOLDS = 500;

const store = z.string().min(1).max(4096);
const name = z.string().trim().min(1).max(MAX_FOLD_NAME_CHARS);
const source = textOf(MAX_FOLD_CHARS);

/** Folds that are kept for a store (its path, as StoreInfo says it) among the person's settings, never in the store. */
export const savedFoldsInputs = {
  'savedFolds.list': z.strictObject({ store }),
  'savedFolds.load': z.strictObject({ store, name }),
  /** Under a name; `was` is the name that it had before, which goes. What had the new name is replaced. */
  'savedFolds.save': z.strictObject({ store, name, source, was: name.nullable() }),
  'savedFolds.remove': z.strictObject({ store, name }),
  /** The text at hand, saved under a name or not, so that a restart does not lose it. */
  'savedFolds.draft': z.strictObject({ store }),
  'savedFolds.keepDraft': z.strictObject({ store, name: name.nullable(), source }),
  /** Asks the person for a .js file and reads it; null when they turned away. */
  'savedFolds.import': z.strictObject({}),
  /** Asks the person for a place and writes a .js file there; null when they turned away. */
  'savedFolds.export': z.strictObject({ name, source }),
} as const;

export interface SavedFoldsOutputs {
  /** By name. */
  'savedFolds.list': readonly string[];
  /** Null where none of this name is saved. */
  'savedFolds.load': { readonly source: string | null };
  'savedFolds.save': null;
  'savedFolds.remove': null;
  'savedFolds.draft': FoldDraft | null;
  'savedFolds.keepDraft': null;
  'savedFolds.import': { readonly name: string; readonly source: string } | null;
  'savedFolds.export': { readonly path: string } | null;
}

export interface FoldDraft {
  /** The saved fold that it was made of. */
  readonly name: string | null;
  readonly source: string;
}
