import type { Locator, Page } from '@playwright/test';

/** The fold view as a person sees it. */
export interface FoldPage {
  readonly view: Locator;
  readonly editor: Locator;
  /** How the fold stands. */
  readonly said: Locator;
  /** What is wrong with the text. */
  readonly trouble: Locator;
  readonly failing: Locator;
  readonly slider: Locator;
  readonly before: Locator;
  readonly after: Locator;
  readonly changes: Locator;
  readonly condition: Locator;
  readonly bisectAnswer: Locator;
  open(): Promise<void>;
  /** Replaces the text, as selecting all and pasting does. */
  write(source: string): Promise<void>;
  run(source: string): Promise<void>;
  step(version: number): Locator;
  button(name: RegExp | string): Locator;
  goTo(version: number): Promise<void>;
  /** Chooses from one of the menus of the bar. */
  choose(menu: 'Folds' | 'More', item: string): Promise<void>;
}

export function foldPage(page: Page): FoldPage {
  const view = page.getByRole('region', { name: /^Fold of/ });
  const editor = view.getByRole('textbox', { name: 'Fold', exact: true });
  const button = (name: RegExp | string): Locator => view.getByRole('button', { name });
  const write = async (source: string): Promise<void> => {
    await editor.click();
    await page.keyboard.press('ControlOrMeta+a');
    // Chromium keeps the colour of what is typed over, by an inline style that the policy refuses.
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(source);
  };
  return {
    view,
    editor,
    said: view.getByRole('status').first(),
    trouble: view.getByRole('alert'),
    failing: view.getByRole('status').filter({ hasText: /fail/ }).first(),
    slider: view.getByRole('slider', { name: 'the fold' }),
    before: view.getByRole('region', { name: 'State before' }),
    after: view.getByRole('region', { name: 'State after' }),
    changes: view.getByRole('region', { name: 'What changed' }),
    condition: view.getByRole('textbox', { name: 'Condition on the state' }),
    bisectAnswer: view.getByRole('form', { name: 'Bisect' }).getByRole('status'),
    open: async () => {
      await page.getByRole('tab', { name: 'Fold' }).click();
      await editor.waitFor();
    },
    write,
    run: async (source) => {
      await write(source);
      await button('Run').click();
    },
    step: (version) => view.getByRole('region', { name: `Version ${version}`, exact: true }),
    button,
    goTo: async (version) => {
      await view.getByLabel('Go to version').fill(String(version));
      await view.getByLabel('Go to version').press('Enter');
    },
    choose: async (menu, item) => {
      await button(menu).click();
      await page.getByRole('menuitem', { name: item, exact: true }).click();
    },
  };
}
