import type { Locator, Page } from '@playwright/test';

/** The welcome screen, and what is said about a store as a whole. */
export interface StoresPage {
  readonly recent: Locator;
  /** The row of a recent store, by its name. */
  row(name: string): Locator;
  /** The button that opens it. */
  opener(name: string): Locator;
  readonly question: Locator;
  /** What lies in front of the window; no toast, which is a dialog to assistive tools. */
  readonly dialog: Locator;
  /** What says that the store cannot be reached or written. */
  banner(code: string): Locator;
}

export function storesPage(page: Page): StoresPage {
  const recent = page.getByRole('list', { name: 'Recent stores' });
  const row = (name: string): Locator => recent.getByRole('listitem').filter({ hasText: name });
  return {
    recent,
    row,
    opener: (name) => row(name).getByRole('button').first(),
    dialog: page.locator('[role=dialog]:not([aria-modal=false])'),
    question: page.getByRole('alertdialog'),
    // By its attribute: a dialog hides it from assistive tools, and a person still sees it.
    banner: (code) => page.getByRole('alert', { name: 'State of the store' }).filter({ hasText: code }),
  };
}
