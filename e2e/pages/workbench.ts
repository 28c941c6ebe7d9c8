import type { Locator, Page } from '@playwright/test';

/** The window as a person sees it: by names and roles. */
export interface Workbench {
  readonly topics: Locator;
  readonly grid: Locator;
  readonly event: Locator;
  readonly tree: Locator;
  readonly dialog: Locator;
  openTopic(name: string): Promise<void>;
  /** Goes to a version by its number and waits for the event. */
  goTo(version: number): Promise<void>;
  row(version: number): Locator;
  showTab(name: string): Promise<void>;
}

export function workbench(page: Page): Workbench {
  const topics = page.getByRole('listbox', { name: 'Topics' });
  const grid = page.getByRole('grid');
  return {
    topics,
    grid,
    event: page.getByRole('region', { name: /^Event/ }),
    tree: page.getByRole('tree'),
    dialog: page.getByRole('dialog'),
    openTopic: (name) => topics.getByRole('option', { name }).click(),
    goTo: async (version) => {
      await page.getByLabel('Jump to version or time').fill(String(version));
      await page.getByLabel('Jump to version or time').press('Enter');
      await page.getByRole('region', { name: `Event ${version}`, exact: true }).waitFor();
    },
    row: (version) =>
      grid.getByRole('row').filter({ has: page.getByRole('gridcell', { name: version.toLocaleString('en'), exact: true }) }),
    showTab: (name) => page.getByRole('tab', { name }).click(),
  };
}
