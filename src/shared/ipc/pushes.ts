/** What main tells the window unasked, `noun.pastTense`. A push only invalidates what the window holds. */
export interface Pushes {
  'store.changed': { readonly path: string | null };
  'catalogue.changed': Record<string, never>;
  'topic.appended': { readonly topic: string; readonly latestVersion: number };
}
export type Push = keyof Pushes;
