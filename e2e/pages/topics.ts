import type { Locator, Page } from '@playwright/test';

/** The topics of a store, their dialogs and the trash, as a person sees them. */
export interface TopicsPage {
  readonly list: Locator;
  readonly filter: Locator;
  readonly dialog: Locator;
  /** Asks before something is done that may be regretted. */
  readonly question: Locator;
  readonly trash: Locator;
  readonly config: Locator;
  option(name: string | RegExp): Locator;
  /** The option that is on the screen. */
  readonly current: Locator;
  field(label: string): Locator;
  press(...keys: readonly string[]): Promise<void>;
  /** Chooses from the context menu of a topic. */
  fromMenu(topic: string, item: string): Promise<void>;
  showTrash(): Promise<void>;
}

export function topicsPage(page: Page): TopicsPage {
  const list = page.getByRole('listbox', { name: 'Topics' });
  const option = (name: string | RegExp): Locator => list.getByRole('option', { name });
  return {
    list,
    filter: page.getByRole('textbox', { name: 'Filter topics' }),
    // Not the messages at the window's edge, which are dialogs too.
    dialog: page.getByRole('dialog').and(page.locator(':not([aria-modal="false"])')),
    question: page.getByRole('alertdialog'),
    trash: page.getByRole('grid', { name: 'Deleted topics' }),
    config: page.getByRole('region', { name: /^Configuration of/ }),
    option,
    current: list.getByRole('option', { selected: true }),
    field: (label) => page.getByLabel(label, { exact: true }),
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
    fromMenu: async (topic, item) => {
      await option(topic).click({ button: 'right' });
      await page.getByRole('menuitem', { name: item }).click();
    },
    showTrash: () => page.getByRole('button', { name: /^Trash/ }).click(),
  };
}
