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

export async function saveDraft({ store, topic, incarnation }: DraftAddress, text: string): Promise<void> {
  replyValue(await tidemark.draftsSave({ store, topic, incarnation, text }));
}

export async function removeDraft({ store, topic, incarnation }: DraftAddress): Promise<void> {
  replyValue(await tidemark.draftsRemove({ store, topic, incarnation }));
}
