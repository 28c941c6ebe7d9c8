import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { MAX_DRAFT_CHARS } from '../../../../shared/ipc/contract/drafts.ts';
import { draftsKey, loadDraft, removeDraft, saveDraft, type DraftAddress } from '../../api/drafts.ts';
import { draftReducer, draftText, isBlank, newDraft, parseDraft, type Draft, type DraftChange } from './draft.ts';

/** A draft that this window has open, and how it is kept. */
export interface OpenDraft {
  readonly draft: Draft;
  /** What a person should know of how it came here. */
  readonly note: string | null;
  readonly kept: 'nothing' | 'soon' | 'yes';
  /** Why it would not survive a restart; null when it would. */
  readonly trouble: string | null;
}

interface OpenDrafts {
  readonly byKey: ReadonlyMap<string, OpenDraft>;
  readonly put: (key: string, open: OpenDraft | null) => void;
}

const useOpenDrafts = create<OpenDrafts>()((set) => ({
  byKey: new Map(),
  put: (key, open) =>
    set(({ byKey }) => {
      const next = new Map(byKey);
      if (open) next.set(key, open);
      else next.delete(key);
      return { byKey: next };
    }),
}));

/** Typing is gathered so long before it is written. */
const SAVE_MS = 500;
const SAVE_LARGE_MS = 2000;
const LARGE = 1024 * 1024;
/** In UTF-16 units, about. */
const sizeOf = ({ batch, one }: Draft): number => batch.length + one.data.length + one.metadata.length;
const timers = new Map<string, number>();
/** How many views show a draft. */
const shown = new Map<string, number>();

export interface DraftDesk {
  /** The draft as it is at this moment. */
  draft(): Draft;
  change(change: DraftChange): void;
  /** Puts a whole draft in the place of what is there. */
  replace(draft: Draft): void;
  /** Throws the draft away and begins a new one at `latest`. */
  discard(latest: number): Promise<void>;
  /** Resolves when the draft is on the disk, or is told to be in trouble. */
  flush(): Promise<void>;
}

/** The draft of a topic: of this window, else as it was kept, else a new one at `latest`. Undefined until that is known. */
export function useDraft(address: DraftAddress, latest: number): { readonly open: OpenDraft | undefined; readonly desk: DraftDesk } {
  const { store, topic, incarnation } = address;
  const client = useQueryClient();
  const key = `${store}\n${topic}\n${incarnation}`;
  const open = useOpenDrafts(({ byKey }) => byKey.get(key));

  const desk = useMemo<DraftDesk>(() => {
    const place: DraftAddress = { store, topic, incarnation };
    const { put } = useOpenDrafts.getState();
    const here = (): OpenDraft => useOpenDrafts.getState().byKey.get(key) ?? fresh(latest);
    const listed = (): Promise<void> => client.invalidateQueries({ queryKey: draftsKey(store) });

    async function flush(): Promise<void> {
      window.clearTimeout(timers.get(key));
      timers.delete(key);
      const { draft, kept } = here();
      if (kept !== 'soon') return;
      const trouble = await keep(place, draft).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      const now = useOpenDrafts.getState().byKey.get(key);
      // What could not be kept stays to be kept: the next pause, blur or leaving tries again.
      const isKept = trouble === null && now?.draft === draft;
      if (now) put(key, { ...now, trouble, ...(isKept ? { kept: isBlank(draft) ? 'nothing' : 'yes' } : {}) });
      await listed();
    }

    function replace(draft: Draft): void {
      put(key, { ...here(), draft, kept: 'soon' });
      window.clearTimeout(timers.get(key));
      timers.set(
        key,
        window.setTimeout(() => void flush(), sizeOf(draft) > LARGE ? SAVE_LARGE_MS : SAVE_MS),
      );
    }

    return {
      draft: () => here().draft,
      change: (change) => {
        const { draft } = here();
        const next = draftReducer(draft, change);
        if (next !== draft) replace(next);
      },
      replace,
      discard: async (at) => {
        window.clearTimeout(timers.get(key));
        timers.delete(key);
        put(key, fresh(at));
        await removeDraft(place).catch(() => {});
        await listed();
      },
      flush,
    };
    // `latest` only says where a new draft begins; one that is open does not follow the topic.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, key, store, topic, incarnation]);

  useEffect(() => {
    let isWanted = true;
    shown.set(key, (shown.get(key) ?? 0) + 1);
    if (!useOpenDrafts.getState().byKey.has(key)) {
      void opened({ store, topic, incarnation }, latest).then((found) => {
        if (isWanted && !useOpenDrafts.getState().byKey.has(key)) useOpenDrafts.getState().put(key, found);
      });
    }
    const flush = (): void => void desk.flush();
    window.addEventListener('blur', flush);
    window.addEventListener('pagehide', flush);
    return () => {
      isWanted = false;
      shown.set(key, (shown.get(key) ?? 1) - 1);
      window.removeEventListener('blur', flush);
      window.removeEventListener('pagehide', flush);
      void desk.flush().then(() => {
        // Nothing was begun: the next time the draft begins at the version that is on the screen then.
        if (shown.get(key) === 0 && isBlank(desk.draft())) useOpenDrafts.getState().put(key, null);
      });
    };
    // oxlint-disable-next-line react/exhaustive-deps
  }, [desk, key]);

  return { open, desk };
}

const fresh = (latest: number): OpenDraft => ({ draft: newDraft(latest), note: null, kept: 'nothing', trouble: null });

async function opened(address: DraftAddress, latest: number): Promise<OpenDraft> {
  try {
    const { text, note } = await loadDraft(address);
    const draft = text === null ? null : parseDraft(text);
    if (draft) return { draft, note, kept: 'yes', trouble: null };
    return {
      ...fresh(latest),
      note: text === null ? note : 'A draft was kept for this topic, and this version of Tidemark cannot read it.',
    };
  } catch (error) {
    return {
      ...fresh(latest),
      note: `The draft of this topic could not be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

const TOO_LARGE = 'This draft is larger than 17 MB, so it would not survive a restart. It stays while this window is open.';

async function keep(address: DraftAddress, draft: Draft): Promise<void> {
  if (isBlank(draft)) return removeDraft(address);
  // Looked at first, for putting a text of many megabytes together is felt.
  if (sizeOf(draft) > MAX_DRAFT_CHARS) throw new Error(TOO_LARGE);
  const text = draftText(draft);
  if (text.length > MAX_DRAFT_CHARS) throw new Error(TOO_LARGE);
  return saveDraft(address, text);
}

/** The draft of another incarnation, taken from where it is kept; null where there is none. */
export async function takeDraft(address: DraftAddress): Promise<Draft | null> {
  const { text } = await loadDraft(address);
  return text === null ? null : parseDraft(text);
}
