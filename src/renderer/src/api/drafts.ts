import { useQuery } from '@tanstack/react-query';
import { replyValue } from '../../../shared/ipc/api.ts';
import type { DraftPlace, KeptDraft } from '../../../shared/ipc/contract/drafts.ts';
import { tidemark } from './tidemark.ts';

/** A topic of a store, as drafts know it. */
export interface DraftAddress extends DraftPlace {
  /** The store's path. */
  readonly store: string;
}

/** What drafts main keeps for a store; asked again when one was kept or removed. */
export const draftsKey = (store: string): readonly string[] => ['drafts', store];

export function useDraftPlaces(store: string): readonly DraftPlace[] {
  const { data } = useQuery({ queryKey: draftsKey(store), queryFn: async () => replyValue(await tidemark.draftsList({ store })) });
  return data ?? [];
}

/** Whether something waits there to be appended. */
export function useHasDraft(store: string, topic: string, incarnation: number): boolean {
  return useDraftPlaces(store).some((place) => place.topic === topic && place.incarnation === incarnation);
}

export async function loadDraft({ store, topic, incarnation }: DraftAddress): Promise<KeptDraft> {
  return replyValue(await tidemark.draftsLoad({ store, topic, incarnation }));
}

/** The saving of each draft that is under way: a long one takes its time, and what comes after it is what counts. */
const saving = new Map<string, Saving>();
interface Saving {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

const keyOf = ({ store, topic, incarnation }: DraftAddress): string => JSON.stringify([store, topic, incarnation]);

/** Resolves when this text, or one that was saved after it, is on the disk, or the draft was removed since. Called in time, it is even where the page goes away. */
export function saveDraft(address: DraftAddress, text: string): Promise<void> {
  const key = keyOf(address);
  saving.get(key)?.controller.abort();
  const controller = new AbortController();
  const { store, topic, incarnation } = address;
  const save = async (): Promise<void> => {
    const reply = await tidemark.draftsSave({ store, topic, incarnation, text }, { signal: controller.signal });
    const latest = saving.get(key);
    if (latest === mine) saving.delete(key);
    else if (latest) return latest.done;
    // Given up for the sake of what came after it, which tells how it went.
    if (!controller.signal.aborted) replyValue(reply);
  };
  const mine: Saving = { controller, done: save() };
  saving.set(key, mine);
  return mine.done;
}

export async function removeDraft(address: DraftAddress): Promise<void> {
  const { store, topic, incarnation } = address;
  saving.get(keyOf(address))?.controller.abort();
  replyValue(await tidemark.draftsRemove({ store, topic, incarnation }));
}
