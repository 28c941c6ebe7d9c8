import { createHash } from 'node:crypto';
import { readFile, realpath, rename } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { MAX_SAVED_FOLDS, type FoldDraft } from '../../shared/ipc/contract/saved-folds.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** Folds in files, one a store; the shape of main/ipc's SavedFoldsPort. */
export interface SavedFolds {
  /** By name. */
  list(store: string): Promise<readonly string[]>;
  load(store: string, name: string): Promise<string | null>;
  /** @throws EventStoreError INVALID_INPUT beyond MAX_SAVED_FOLDS, STORAGE_FULL, STORAGE_UNAVAILABLE; what was kept before is still there. */
  save(store: string, fold: { readonly name: string; readonly source: string; readonly was: string | null }): Promise<void>;
  remove(store: string, name: string): Promise<void>;
  draft(store: string): Promise<FoldDraft | null>;
  keepDraft(store: string, draft: FoldDraft): Promise<void>;
  /** Resolves when everything asked for so far is done. */
  flush(): Promise<void>;
}

const kept = z.object({
  version: z.literal(1),
  store: z.string(),
  folds: z.array(z.object({ name: z.string(), source: z.string() })),
  draft: z.object({ name: z.string().nullable(), source: z.string() }).nullable(),
});
type Kept = Readonly<z.infer<typeof kept>>;

/** Opens the folds under `folder`, which is made with the first of them. */
export function openSavedFolds(folder: string): SavedFolds {
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  }

  async function read(store: string): Promise<{ readonly path: string; readonly now: Kept }> {
    // One store however its path is spelled; a store in memory has a name for a path.
    const identity = isAbsolute(store) ? await realpath(store).catch(() => store) : store;
    const path = join(folder, `${createHash('sha256').update(identity).digest('hex').slice(0, 40)}.json`);
    return { path, now: (await readKept(path)) ?? { version: 1, store: identity, folds: [], draft: null } };
  }

  const look = <T>(store: string, at: (now: Kept) => T): Promise<T> => inTurn(async () => at((await read(store)).now));

  const change = (store: string, to: (now: Kept) => Kept): Promise<void> =>
    inTurn(async () => {
      const { path, now } = await read(store);
      const next = to(now);
      await writeWholeFile(path, `${JSON.stringify(next, null, 2)}\n`).catch((error: unknown) => {
        throw notKept(error);
      });
    });

  return {
    list: (store) => look(store, ({ folds }) => folds.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))),
    load: (store, name) => look(store, ({ folds }) => folds.find((fold) => fold.name === name)?.source ?? null),
    save: (store, { name, source, was }) =>
      change(store, (now) => {
        const folds = [...now.folds.filter((fold) => fold.name !== name && fold.name !== was), { name, source }];
        if (folds.length <= MAX_SAVED_FOLDS) return { ...now, folds };
        throw new EventStoreError('INVALID_INPUT', `${MAX_SAVED_FOLDS} folds are saved for this store. Remove one first.`, {
          field: 'name',
        });
      }),
    remove: (store, name) => change(store, (now) => ({ ...now, folds: now.folds.filter((fold) => fold.name !== name) })),
    draft: (store) => look(store, ({ draft }) => draft),
    keepDraft: (store, draft) => change(store, (now) => ({ ...now, draft })),
    flush: () => last.then(() => {}),
  };
}

async function readKept(path: string): Promise<Kept | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new EventStoreError('STORAGE_UNAVAILABLE', `The saved folds could not be read: ${(error as Error).message}`, {}, error);
  }
  const found = parse(text);
  // Set aside, so that the next fold does not take what a person might still get out of it.
  if (!found) await rename(path, `${path}.broken`).catch(() => {});
  return found;
}

function parse(text: string): Kept | null {
  try {
    return kept.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function notKept(error: unknown): EventStoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new EventStoreError(
    isFull ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE',
    isFull ? 'The disk with your settings is full, so the fold was not saved. Free some space.' : `The fold was not saved: ${message}`,
    {},
    error,
  );
}
