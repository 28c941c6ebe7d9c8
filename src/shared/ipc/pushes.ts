import type { Settings } from './settings.ts';

/** What main tells the window unasked, `noun.pastTense`. A push only invalidates what the window holds, or asks it to do a command. */
export interface Pushes {
  'store.changed': { readonly path: string | null };
  'catalogue.changed': Record<string, never>;
  'topic.appended': { readonly topic: string; readonly latestVersion: number };
  'settings.changed': Settings;
  /** A menu item was chosen; `argument` is what the item stands for, as the path of a recent store. */
  'command.chosen': { readonly id: string; readonly argument: string | null };
}
export type Push = keyof Pushes;
