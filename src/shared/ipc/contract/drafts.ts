import { z } from 'zod';
import { textPartsOf } from './text-of.ts';

/** The longest draft that is kept, in UTF-16 units: the largest file that is taken, and what is kept beside it. */
export const MAX_DRAFT_CHARS = 17 * 1024 * 1024;

/** A draft belongs to one topic of one store: `store` is its path, as StoreInfo says it. */
const place = {
  store: z.string().min(1).max(4096),
  topic: z.string().min(1).max(4096),
  incarnation: z.int().min(0),
};

export const draftsInputs = {
  'drafts.list': z.strictObject({ store: place.store }),
  'drafts.load': z.strictObject(place),
  'drafts.save': z.strictObject({ ...place, text: textPartsOf(MAX_DRAFT_CHARS) }),
  'drafts.remove': z.strictObject(place),
} as const;

export interface DraftsOutputs {
  /** What is kept for topics of this store, also for those that are gone. */
  'drafts.list': readonly DraftPlace[];
  'drafts.load': KeptDraft;
  'drafts.save': null;
  'drafts.remove': null;
}

export interface DraftPlace {
  readonly topic: string;
  readonly incarnation: number;
}

export interface KeptDraft {
  /** As it was saved; null where none is kept. */
  readonly text: string | null;
  /** What a person should know: a draft was there and could not be read. */
  readonly note: string | null;
}
