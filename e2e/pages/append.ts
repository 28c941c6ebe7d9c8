import type { Locator, Page } from '@playwright/test';

/** The append view as a person sees it. */
export interface AppendPage {
  readonly view: Locator;
  readonly type: Locator;
  readonly data: Locator;
  readonly metadata: Locator;
  readonly events: Locator;
  readonly expected: Locator;
  readonly says: Locator;
  readonly findings: Locator;
  readonly lines: Locator;
  readonly review: Locator;
  readonly conflict: Locator;
  /** Opens the view by its button on the events. */
  open(): Promise<void>;
  /** The one button that goes on: Validate, Review, Append 3 events to … */
  next(name: RegExp | string): Locator;
  /** Replaces the text of an editor, as selecting all and pasting does. */
  write(editor: Locator, text: string): Promise<void>;
  /** Validate and review; leaves the person before the last button. */
  toReview(): Promise<void>;
  append(): Promise<void>;
  mode(name: 'One event' | 'Batch'): Promise<void>;
  /** The text an editor shows, line ends included. */
  text(editor: Locator): Promise<string>;
}

export function appendPage(page: Page): AppendPage {
  const view = page.getByRole('region', { name: /^Append to/ });
  const next = (name: RegExp | string): Locator => view.getByRole('button', { name });
  const toReview = async (): Promise<void> => {
    await next(/^Validate/).click();
    await next(/^Review/).click();
    await view.getByRole('group', { name: 'What will be stored' }).waitFor();
  };
  return {
    view,
    type: view.getByLabel('Type', { exact: true }),
    data: view.getByRole('textbox', { name: 'Data', exact: true }),
    metadata: view.getByRole('textbox', { name: 'Metadata' }),
    events: view.getByRole('textbox', { name: 'Events' }),
    expected: view.getByRole('spinbutton', { name: 'Expected version' }),
    says: view.getByRole('status').last(),
    findings: view.getByRole('region', { name: 'Findings' }),
    lines: view.getByRole('listbox', { name: 'Lines to be stored' }),
    review: view.getByRole('region', { name: 'Review' }),
    conflict: view.getByRole('alert').filter({ hasText: 'Nothing was appended' }),
    open: async () => {
      await page.getByRole('button', { name: 'Append…' }).first().click();
      await view.waitFor();
    },
    next,
    write: async (editor, text) => {
      await editor.click();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(text);
    },
    toReview,
    append: async () => {
      await toReview();
      await next(/^Append \d/).click();
    },
    mode: (name) => view.getByRole('tab', { name }).click(),
    text: async (editor) => (await editor.locator('.cm-line').allInnerTexts()).join('\n'),
  };
}
