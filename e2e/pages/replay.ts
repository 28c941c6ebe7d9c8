import type { Locator, Page } from '@playwright/test';

/** The replay of the configuration as a person sees it. */
export interface ReplayPage {
  readonly view: Locator;
  readonly slider: Locator;
  readonly jump: Locator;
  readonly filter: Locator;
  /** The list of changes. */
  readonly changes: Locator;
  readonly current: Locator;
  /** The topics as they were. */
  readonly tree: Locator;
  /** The change, or the comparison with A. */
  readonly difference: Locator;
  readonly review: Locator;
  readonly willBeAppended: Locator;
  readonly cannotBeRestored: Locator;
  change(version: number): Locator;
  button(name: string | RegExp): Locator;
  show(): Promise<void>;
  goTo(versionOrTime: string | number): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
}

export function replayPage(page: Page): ReplayPage {
  const view = page.getByRole('region', { name: 'Replay of the configuration' });
  const changes = view.getByRole('listbox', { name: 'Changes' });
  const jump = view.getByLabel('Go to version or time');
  const review = page.getByRole('dialog', { name: /^Restore the topics of version/ });
  return {
    view,
    slider: view.getByRole('slider', { name: 'Configuration version' }),
    jump,
    filter: view.getByLabel('Only changes of topics whose name holds'),
    changes,
    current: changes.getByRole('option', { selected: true }),
    tree: view.getByRole('tree'),
    difference: view.getByRole('region', { name: 'Difference' }),
    review,
    willBeAppended: review.getByRole('region', { name: 'What will be appended' }).locator('ol > li'),
    cannotBeRestored: review.getByRole('region', { name: 'What cannot be restored' }).locator('ol > li'),
    change: (version) => changes.getByRole('option', { name: new RegExp(`^${version.toLocaleString('en')} `) }),
    button: (name) => view.getByRole('button', { name }),
    show: () => page.getByRole('tab', { name: 'Replay' }).click(),
    goTo: async (versionOrTime) => {
      await jump.fill(String(versionOrTime));
      await jump.press('Enter');
    },
    press: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key);
    },
  };
}
