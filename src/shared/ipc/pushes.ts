import type { Settings } from './settings.ts';

/** What main tells the window unasked, `noun.pastTense`. A push only invalidates what the window holds, or asks it to do a command. */
export interface Pushes {
  'store.changed': { readonly path: string | null };
  /** An opening that nobody on the page asked for has failed: `stores.failure` says how. */
  'store.openFailed': Record<string, never>;
  /** The store can no longer be reached or written, or can be again. */
  'store.statusChanged': { readonly ok: boolean };
  'recent.changed': Record<string, never>;
  'catalogue.changed': Record<string, never>;
  'topic.appended': { readonly topic: string; readonly latestVersion: number };
  'settings.changed': Settings;
  /** A menu item was chosen; `argument` is what the item stands for, as the path of a recent store. */
  'command.chosen': { readonly id: string; readonly argument: string | null };
}
export type Push = keyof Pushes;
