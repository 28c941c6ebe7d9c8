import type { Locator, Page } from '@playwright/test';

/** The event under the cursor, and the picture of what caused it, as a person sees them. */
export interface EventPage {
  readonly region: Locator;
  readonly tree: Locator;
  readonly raw: Locator;
  readonly changes: Locator;
  readonly chain: Locator;
  node(name: string | RegExp): Locator;
  showTab(name: 'Tree' | 'Raw' | 'Metadata' | 'Diff'): Promise<void>;
  /** Chooses from the menu of a button of the event. */
  choose(button: 'Copy' | 'Go', item: string): Promise<void>;
}

export function eventPage(page: Page): EventPage {
  const region = page.getByRole('region', { name: /^Event \d/ });
  const tree = region.getByRole('tree');
  return {
    region,
    tree,
    raw: region.getByRole('tabpanel', { name: 'Raw' }),
    changes: region.getByRole('listbox', { name: 'Changes' }),
    chain: page.getByRole('group', { name: 'Events by cause' }),
    node: (name) => tree.getByRole('treeitem', { name }),
    showTab: (name) => region.getByRole('tab', { name }).click(),
    choose: async (button, item) => {
      await region.getByRole('button', { name: button, exact: true }).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    },
  };
}
