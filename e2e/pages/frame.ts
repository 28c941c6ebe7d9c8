import type { Locator, Page } from '@playwright/test';

/** What is around the views: what a person goes anywhere and does anything with. */
export interface Frame {
  readonly search: Locator;
  readonly choices: Locator;
  readonly chosen: Locator;
  readonly status: Locator;
  readonly tabs: Locator;
  openPalette(): Promise<void>;
  openQuickOpen(): Promise<void>;
  /** Opens the palette, types and runs what stands first. */
  run(command: string): Promise<void>;
  /** What has the focus, as assistive tools name it. */
  focused(): Promise<string>;
}

export function frame(page: Page): Frame {
  const search = page.getByRole('combobox');
  const openPalette = async (): Promise<void> => {
    await page.keyboard.press('Control+Shift+P');
    await search.waitFor();
  };
  return {
    search,
    choices: page.getByRole('dialog').getByRole('option'),
    chosen: page.getByRole('dialog').getByRole('option', { selected: true }),
    status: page.getByRole('contentinfo'),
    tabs: page.getByRole('tablist', { name: 'Views' }),
    openPalette,
    openQuickOpen: async () => {
      await page.keyboard.press('Control+P');
      await search.waitFor();
    },
    run: async (command) => {
      await openPalette();
      await page.keyboard.type(command);
      await page.keyboard.press('Enter');
      await search.waitFor({ state: 'hidden' });
    },
    focused: () =>
      page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return 'nothing';
        const role = element.getAttribute('role') ?? element.tagName.toLowerCase();
        const name = element.getAttribute('aria-label') ?? element.getAttribute('title') ?? element.textContent;
        return `${role} ${name.trim().slice(0, 40)}`;
      }),
  };
}
