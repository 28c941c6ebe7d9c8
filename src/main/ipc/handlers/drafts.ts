import type { DraftPlace, KeptDraft } from '../../../shared/ipc/contract/drafts.ts';
import type { TextParts } from '../../../shared/model/text-parts.ts';
import type { AreaHandlers, Handed } from '../handlers.ts';

/** Keeps drafts over restarts. The shell implements it with files, tests with a map. */
export interface DraftsPort {
  list(store: string): Promise<readonly DraftPlace[]>;
  load(store: string, place: DraftPlace): Promise<Handed<KeptDraft>>;
  /** Resolves when the draft is on the disk. */
  save(store: string, place: DraftPlace, text: TextParts): Promise<void>;
  remove(store: string, place: DraftPlace): Promise<void>;
}

/** Drafts are kept beside the settings, never in the store: opening and reading a store writes nothing into it. */
export function draftsHandlers(drafts: DraftsPort): AreaHandlers<'drafts'> {
  return {
    'drafts.list': async ({ store }) => drafts.list(store),
    'drafts.load': async ({ store, topic, incarnation }) => drafts.load(store, { topic, incarnation }),
    'drafts.save': async ({ store, topic, incarnation, text }) => {
      await drafts.save(store, { topic, incarnation }, text);
      return null;
    },
    'drafts.remove': async ({ store, topic, incarnation }) => {
      await drafts.remove(store, { topic, incarnation });
      return null;
    },
  };
}
