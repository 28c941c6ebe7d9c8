import type { Locator, Page } from '@playwright/test';

/** The what-if view as a person sees it. */
export interface WhatIfPage {
  readonly view: Locator;
  readonly list: Locator;
  /** How the fold over the scratch history stands. */
  readonly said: Locator;
  readonly differences: Locator;
  readonly topicState: Locator;
  readonly scratchState: Locator;
  readonly dialog: Locator;
  readonly type: Locator;
  readonly data: Locator;
  readonly metadata: Locator;
  /** By its place among all rows, skipped ones too, from 1. */
  row(place: number): Locator;
  selected(): Locator;
  button(name: RegExp | string): Locator;
  /** Replaces the text of an editor of the dialog, as selecting all and pasting does. */
  write(editor: Locator, text: string): Promise<void>;
  /** Opens it from the fold view. */
  open(): Promise<void>;
}

export function whatIfPage(page: Page): WhatIfPage {
  const view = page.getByRole('region', { name: /^What if in/ });
  const list = view.getByRole('listbox', { name: 'Scratch history' });
  const dialog = page.getByRole('dialog');
  return {
    view,
    list,
    said: view.getByRole('status').first(),
    differences: view.getByRole('region', { name: 'Differences' }),
    topicState: view.getByRole('region', { name: 'State: as it is' }),
    scratchState: view.getByRole('region', { name: 'State: what if' }),
    dialog,
    type: dialog.getByLabel('Type', { exact: true }),
    data: dialog.getByRole('textbox', { name: 'Data', exact: true }),
    metadata: dialog.getByRole('textbox', { name: 'Metadata' }),
    row: (place) => list.locator(`[aria-posinset="${place}"]`),
    selected: () => list.getByRole('option', { selected: true }),
    button: (name) => view.getByRole('button', { name }),
    write: async (editor, text) => {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(text);
    },
    open: async () => {
      await page.getByRole('button', { name: 'What If…' }).click();
      await list.waitFor();
    },
  };
}
