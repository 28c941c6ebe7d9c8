import { createHash } from 'node:crypto';
import { open, readdir, readFile, realpath, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import type { DraftPlace } from '../../shared/ipc/contract/drafts.ts';
import { EventStoreError } from '../../shared/model/errors.ts';
import type { TextParts } from '../../shared/model/text-parts.ts';
import { decodedText, utf8Length } from './text-slices.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** Drafts as files, one a topic; the shape of main/ipc's DraftsPort. */
export interface DraftFiles {
  list(store: string): Promise<readonly DraftPlace[]>;
  load(store: string, place: DraftPlace): Promise<FoundDraft>;
  /** @throws EventStoreError STORAGE_FULL or STORAGE_UNAVAILABLE; what was kept before is still there. */
  save(store: string, place: DraftPlace, text: TextParts): Promise<void>;
  remove(store: string, place: DraftPlace): Promise<void>;
  /** Resolves when everything asked for so far is done. */
  flush(): Promise<void>;
}

/** A kept draft in the parts in which it was read; null where there is none, or `note` says why it could not be read. */
interface FoundDraft {
  readonly text: TextParts | null;
  readonly note: string | null;
}

/** The first line of a file; the draft is all that follows. */
const header = z.object({ version: z.literal(1), store: z.string(), topic: z.string(), incarnation: z.int(), bytes: z.int() });
type Header = z.infer<typeof header>;

/** Paths and names are bounded by the contract, six bytes a UTF-16 unit at worst. */
const HEADER_BYTES = 64 * 1024;
const SUFFIX = '.draft';

/** Opens the drafts under `folder`, which is made with the first of them. */
export function openDraftFiles(folder: string): DraftFiles {
  /** What is asked of one draft happens in the order it was asked, looking for its file included. */
  const turns = new Map<string, Promise<unknown>>();

  function inTurn<T>(
    store: string,
    place: DraftPlace,
    work: (file: { readonly store: string; readonly path: string }) => Promise<T>,
  ): Promise<T> {
    const key = JSON.stringify([store, place.topic, place.incarnation]);
    const mine = (turns.get(key) ?? Promise.resolve()).then(async () => work(await fileOf(store, place)));
    const settled = mine.catch(() => {});
    turns.set(key, settled);
    void settled.then(() => {
      if (turns.get(key) === settled) turns.delete(key);
    });
    return mine;
  }

  /** One store however its path is spelled; a store in memory has a name for a path. */
  async function folderOf(store: string): Promise<{ readonly store: string; readonly path: string }> {
    const identity = isAbsolute(store) ? await realpath(store).catch(() => store) : store;
    return { store: identity, path: join(folder, digest(identity)) };
  }

  async function fileOf(store: string, { topic, incarnation }: DraftPlace): Promise<{ readonly store: string; readonly path: string }> {
    const place = await folderOf(store);
    return { store: place.store, path: join(place.path, `${digest(`${topic}\n${incarnation}`)}${SUFFIX}`) };
  }

  return {
    list: async (store) => {
      const { path } = await folderOf(store);
      const names = await readdir(path).catch(() => []);
      const heads = await Promise.all(names.filter((name) => name.endsWith(SUFFIX)).map((name) => readHeader(join(path, name))));
      return heads.flatMap((head) => (head ? [{ topic: head.topic, incarnation: head.incarnation }] : []));
    },
    load: (store, place) => inTurn(store, place, ({ path }) => load(path)),
    save: (store, place, text) =>
      inTurn(store, place, async ({ store: identity, path }) => {
        const head: Header = { version: 1, store: identity, ...place, bytes: await utf8Length(text) };
        await writeWholeFile(path, `${JSON.stringify(head)}\n`, ...text.parts).catch((error: unknown) => {
          throw notKept(error);
        });
      }),
    remove: (store, place) => inTurn(store, place, ({ path }) => rm(path, { force: true })),
    flush: async () => {
      await Promise.all(turns.values());
    },
  };
}

const NONE: FoundDraft = { text: null, note: null };

async function load(path: string): Promise<FoundDraft> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return error as Error;
  });
  if (bytes === null) return NONE;
  if (bytes instanceof Error) return { text: null, note: `A draft is kept for this topic and could not be read: ${bytes.message}` };
  const end = bytes.indexOf('\n');
  const head = parseHeader(bytes.subarray(0, end).toString());
  const text = bytes.subarray(end + 1);
  if (head && head.bytes === text.length) return { text: await decodedText(text, 'own'), note: null };
  // Set aside, so that the next draft does not take what a person might still get out of it.
  await rename(path, `${path}.broken`).catch(() => {});
  return { text: null, note: `A draft was kept for this topic, and its file is damaged. It was set aside as ${path}.broken.` };
}

async function readHeader(path: string): Promise<Header | null> {
  const file = await open(path).catch(() => null);
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const start = buffer.subarray(0, bytesRead);
    return parseHeader(start.subarray(0, Math.max(0, start.indexOf('\n'))).toString());
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

function parseHeader(line: string): Header | null {
  try {
    return header.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function notKept(error: unknown): EventStoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new EventStoreError(
    full ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE',
    full
      ? 'The disk with your settings is full, so this draft would not survive a restart. Free some space.'
      : `This draft would not survive a restart, since it could not be written: ${message}`,
    {},
    error,
  );
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
