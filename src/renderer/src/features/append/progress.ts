import type { Checked } from './check-draft.ts';
import type { Draft } from './draft.ts';
import type { Review } from './review.ts';

export type Stage = 'draft' | 'valid' | 'review';

/** How far a draft has come; a change of its events takes it back. */
export type Progress =
  | { readonly stage: 'draft' }
  | { readonly stage: 'valid'; readonly of: Draft; readonly checked: Checked }
  | { readonly stage: 'review'; readonly of: Draft; readonly checked: Checked; readonly review: Review };
