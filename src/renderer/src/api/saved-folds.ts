import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { create } from 'zustand';
import { replyValue } from '../../../shared/ipc/api.ts';
import { MAX_FOLD_CHARS } from '../../../shared/ipc/contract/folds.ts';
import { tidemark } from './tidemark.ts';

/** The fold in the editor. */
export interface FoldText {
  /** The saved fold that it was made of; null: none. */
  readonly name: string | null;
  readonly source: string;
  /** What is saved under the name, or where it was taken from: nothing is lost by replacing it. */
  readonly kept: string;
}

/** By the path of the store: the text of a store is there when the person comes back to it. */
const useTexts = create<{ readonly byStore: ReadonlyMap<string, FoldText> }>()(() => ({ byStore: new Map() }));

const put = (store: string, text: FoldText): void => useTexts.setState(({ byStore }) => ({ byStore: new Map(byStore).set(store, text) }));

const SAVE_MS = 500;
const timers = new Map<string, number>();

function keepSoon(store: string): void {
  window.clearTimeout(timers.get(store));
  timers.set(
    store,
    window.setTimeout(() => keepNow(store), SAVE_MS),
  );
}

function keepNow(store: string): void {
  if (!timers.has(store)) return;
  window.clearTimeout(timers.get(store));
  timers.delete(store);
  const text = useTexts.getState().byStore.get(store);
  if (text && text.source.length <= MAX_FOLD_CHARS) void tidemark.savedFoldsKeepDraft({ store, name: text.name, source: text.source });
}

export interface FoldTextDesk {
  /** Undefined until it is known. */
  readonly text: FoldText | undefined;
  /** What is typed. */
  readonly write: (source: string) => void;
  /** Another fold in its place. */
  readonly replace: (text: FoldText) => void;
}

/** The text at hand in a store, over views, journeys and restarts; `first` where there was none yet. */
export function useFoldText(store: string, first: string): FoldTextDesk {
  const text = useTexts(({ byStore }) => byStore.get(store));
  const isKnown = text !== undefined;
  useEffect(() => {
    if (!isKnown) {
      void lastText(store).then((last) => {
        if (!useTexts.getState().byStore.has(store)) put(store, last ?? { name: null, source: first, kept: first });
      });
    }
    const keep = (): void => keepNow(store);
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [store, first, isKnown]);
  return {
    text,
    write: (source) => {
      const now = useTexts.getState().byStore.get(store);
      if (!now || now.source === source) return;
      put(store, { ...now, source });
      keepSoon(store);
    },
    replace: (next) => {
      put(store, next);
      keepSoon(store);
    },
  };
}

async function lastText(store: string): Promise<FoldText | null> {
  const draft = await tidemark.savedFoldsDraft({ store });
  if (!draft.ok || !draft.value) return null;
  const { name, source } = draft.value;
  const saved = name === null ? null : await loadFold(store, name).catch(() => null);
  return saved === null ? { name: null, source, kept: '' } : { name, source, kept: saved };
}

/** Null where none of this name is saved. @throws EventStoreError STORAGE_UNAVAILABLE */
export async function loadFold(store: string, name: string): Promise<string | null> {
  return replyValue(await tidemark.savedFoldsLoad({ store, name })).source;
}

export interface SavedFoldsDesk {
  readonly names: readonly string[];
  /** `was`: the name it had before, which goes. @throws EventStoreError INVALID_INPUT, STORAGE_FULL, STORAGE_UNAVAILABLE */
  readonly save: (name: string, source: string, was: string | null) => Promise<void>;
  /** @throws EventStoreError STORAGE_FULL, STORAGE_UNAVAILABLE */
  readonly remove: (name: string) => Promise<void>;
}

export function useSavedFolds(store: string): SavedFoldsDesk {
  const client = useQueryClient();
  const queryKey = ['saved-folds', store];
  const { data } = useQuery({ queryKey, queryFn: async () => replyValue(await tidemark.savedFoldsList({ store })) });
  const listed = (): Promise<void> => client.invalidateQueries({ queryKey });
  return {
    names: data ?? [],
    save: async (name, source, was) => {
      replyValue(await tidemark.savedFoldsSave({ store, name, source, was }));
      await listed();
    },
    remove: async (name) => {
      replyValue(await tidemark.savedFoldsRemove({ store, name }));
      await listed();
    },
  };
}

/** A fold out of a file that the person chose; null when they turned away. @throws EventStoreError INVALID_INPUT, STORAGE_UNAVAILABLE */
export async function importFold(): Promise<{ readonly name: string; readonly source: string } | null> {
  return replyValue(await tidemark.savedFoldsImport({}));
}

/** Where it was written; null when the person turned away. @throws EventStoreError STORAGE_UNAVAILABLE */
export async function exportFold(name: string, source: string): Promise<string | null> {
  return replyValue(await tidemark.savedFoldsExport({ name, source }))?.path ?? null;
}
