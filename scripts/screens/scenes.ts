import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { projectFolder } from '../runtime/places.ts';
import type { StoresToShow } from './stores-to-show.ts';

/** One screen to look at: a store, the steps to it, and the name of its picture. */
export interface Scene {
  readonly name: string;
  /** The command line. */
  readonly args: (stores: StoresToShow) => Promise<readonly string[]>;
  readonly steps?: (page: Page) => Promise<void>;
}

const openTopic = async (page: Page, topic: string): Promise<void> => {
  await page.getByRole('listbox', { name: 'Topics' }).getByRole('option', { name: topic }).first().click();
  await page.getByLabel('Jump to version or time').waitFor();
};
const goTo = async (page: Page, version: number): Promise<void> => {
  await page.getByLabel('Jump to version or time').fill(String(version));
  await page.getByLabel('Jump to version or time').press('Enter');
  await page.getByRole('region', { name: `Event ${version}`, exact: true }).waitFor();
};
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
const demo = async (): Promise<readonly string[]> => ['--demo'];

/** A step of the demo store's orders. */
const onOrder = (steps: (page: Page) => Promise<void>): Pick<Scene, 'args' | 'steps'> => ({
  args: demo,
  steps: async (page) => {
    await openTopic(page, 'orders');
    await goTo(page, 540);
    await steps(page);
  },
});

/** A fold written into the editor and run to its end. */
const onFold = (topic: string, source: string, steps: (page: Page) => Promise<void> = async () => {}): Pick<Scene, 'args' | 'steps'> => ({
  args: demo,
  steps: async (page) => {
    await openTopic(page, topic);
    await tab(page, 'Fold');
    await page.getByRole('textbox', { name: 'Fold' }).click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(source);
    await page.keyboard.press('Control+Enter');
    await steps(page);
  },
});
const folded = (page: Page): Promise<void> =>
  page
    .getByRole('status')
    .filter({ hasText: /events folded/ })
    .waitFor();
/** A scratch copy in which an event is skipped, one moved and one added. */
const toWhatIf = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'What If…' }).click();
  await page.getByRole('listbox', { name: 'Scratch history' }).waitFor();
  await page.keyboard.press('Insert');
  await page.getByRole('dialog').getByLabel('Type', { exact: true }).fill('OrderCorrected');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  for (const keys of ['ArrowUp', 'ArrowUp', 'Delete', 'ArrowUp', 'Alt+ArrowUp', 'End']) await page.keyboard.press(keys);
  await page
    .getByRole('region', { name: 'Differences' })
    .getByText(/difference/)
    .first()
    .waitFor();
};
const example = (name: string): string => readFileSync(path.join(projectFolder, 'examples/folds', `${name}.js`), 'utf8');

const dialogAfter = (keys: string): Pick<Scene, 'args' | 'steps'> =>
  onOrder(async (page) => {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
  });

/** Goes to a version of the configuration. */
const replayAt = async (page: Page, version: number | string): Promise<void> => {
  await tab(page, 'Replay');
  await page.getByLabel('Go to version or time').fill(String(version));
  await page.getByLabel('Go to version or time').press('Enter');
  await page.getByText(`version ${version.toLocaleString('en')} of`).waitFor();
};
const markAndGoTo = async (page: Page, a: number, b: number): Promise<void> => {
  await replayAt(page, a);
  await page.getByRole('button', { name: 'Mark A' }).click();
  await replayAt(page, b);
};

export const SCENES: readonly Scene[] = [
  { name: 'welcome', args: async () => [] },
  { name: 'empty', args: async (stores) => [await stores.empty()] },
  { name: 'demo', ...onOrder(async () => {}) },
  {
    name: 'numbers',
    args: async (stores) => [await stores.original('small')],
    steps: async (page) => {
      await openTopic(page, 'orders');
      await goTo(page, 4);
    },
  },
  { name: 'raw', ...onOrder((page) => tab(page, 'Raw')) },
  { name: 'metadata', ...onOrder((page) => tab(page, 'Metadata')) },
  {
    name: 'diff',
    ...onOrder(async (page) => {
      await page.keyboard.press('Control+D');
      await page.getByRole('tab', { name: 'Diff', selected: true }).waitFor();
    }),
  },
  {
    name: 'causation',
    ...onOrder(async (page) => {
      await page.keyboard.press('Control+Shift+P');
      await page.keyboard.type('Show Causation');
      await page.keyboard.press('Enter');
      await page
        .getByRole('button', { name: /OrderPlaced/ })
        .first()
        .waitFor();
    }),
  },
  {
    name: 'type-filter',
    ...onOrder(async (page) => {
      await page.keyboard.press('Control+F');
      await page.getByRole('checkbox', { name: /OrderCancelled/ }).waitFor();
    }),
  },
  {
    name: 'charts',
    ...onOrder((page) => page.keyboard.press('Control+3').then(() => page.getByRole('heading', { name: 'Events by type' }).waitFor())),
  },
  {
    name: 'config',
    ...onOrder((page) => page.keyboard.press('Control+6')),
  },
  {
    name: 'fold-empty',
    args: demo,
    steps: async (page) => {
      await openTopic(page, 'orders');
      await tab(page, 'Fold');
    },
  },
  { name: 'fold', ...onFold('orders', example('count-by-type'), folded) },
  {
    name: 'fold-failing',
    ...onFold('orders', example('state-machine').replace('OrderConfirmed', 'OrderAccepted'), async (page) => {
      await folded(page);
      await page.keyboard.press('F4');
      await page.getByText('This event failed.').waitFor();
    }),
  },
  {
    name: 'fold-bisect',
    ...onFold('payments', example('running-total'), async (page) => {
      await folded(page);
      await page.getByRole('textbox', { name: 'Condition on the state' }).fill('state.refunded > state.captured / 100n');
      await page.keyboard.press('Enter');
      await page.getByText(/Scanned/).waitFor();
    }),
  },
  {
    name: 'fold-syntax',
    ...onFold('orders', 'export const initial = 0;\nexport function fold(state, event) {\n  return state +;\n}\n', (page) =>
      page.getByRole('alert').filter({ hasText: 'Line 3' }).waitFor(),
    ),
  },
  {
    name: 'fold-hostile',
    args: async (stores) => [await stores.hostile()],
    steps: async (page) => {
      await openTopic(page, 'hostile');
      await tab(page, 'Fold');
      await page.getByRole('textbox', { name: 'Fold' }).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.press('Delete');
      await page.keyboard.insertText(
        'export const initial = {};\nexport function fold(state, event) {\n  if (event.version === 2) throw new Error(event.type);\n  state[event.type] = event.data;\n  return state;\n}\n',
      );
      await page.keyboard.press('Control+Enter');
      await folded(page);
    },
  },
  { name: 'palette', ...dialogAfter('Control+Shift+P') },
  { name: 'quick-open', ...dialogAfter('Control+P') },
  { name: 'shortcuts', ...dialogAfter('Control+/') },
  { name: 'settings', ...dialogAfter('Control+,') },
  {
    name: 'new-topic',
    args: demo,
    steps: async (page) => {
      await page.getByRole('button', { name: 'New topic', exact: true }).click();
      await page.getByRole('dialog').getByLabel('Name').fill('a/b');
    },
  },
  {
    name: 'delete-topic',
    args: demo,
    steps: async (page) => {
      await openTopic(page, 'shipments');
      await page.getByRole('listbox', { name: 'Topics' }).focus();
      await page.keyboard.press('Delete');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'trash',
    args: demo,
    steps: async (page) => {
      await page.getByRole('button', { name: /^Trash/ }).click();
    },
  },
  { name: 'damaged', args: async (stores) => [await stores.original('damaged')], steps: (page) => openTopic(page, 'truncated') },
  {
    name: 'health',
    args: async (stores) => [await stores.original('damaged')],
    steps: async (page) => {
      await tab(page, 'Health');
      await page.getByRole('list', { name: 'Problems of truncated' }).waitFor();
    },
  },
  {
    name: 'append',
    args: async (stores) => [await stores.original('small')],
    steps: async (page) => {
      await openTopic(page, 'payments');
      await page.getByRole('button', { name: 'Append…' }).click();
      await page.getByLabel('Type').fill('PaymentRefunded');
      await page.getByRole('textbox', { name: 'Data', exact: true }).fill('{\n  "amount": 9007199254740993,\n  "reason": "duplicate"\n}');
    },
  },
  {
    name: 'append-review',
    args: async (stores) => [await stores.original('small')],
    steps: async (page) => {
      await openTopic(page, 'payments');
      await page.getByRole('button', { name: 'Append…' }).click();
      await page.getByRole('tab', { name: 'Batch' }).click();
      await page
        .getByRole('textbox', { name: 'Events' })
        .fill('{"type":"PaymentCaptured","data":{"amount":1}}\n{"type":"PaymentRefunded","data":["not","an","object"]}\n');
      await page.keyboard.press('Control+Enter');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('listbox', { name: 'Lines to be stored' }).waitFor();
    },
  },
  {
    name: 'huge',
    args: async (stores) => ['--read-only', await stores.huge()],
    steps: async (page) => {
      await openTopic(page, 'orders');
      await goTo(page, 2_500_000);
    },
  },
  {
    name: 'huge-charts',
    args: async (stores) => ['--read-only', await stores.huge()],
    steps: async (page) => {
      await openTopic(page, 'orders');
      await tab(page, 'Charts');
      await page
        .getByRole('status')
        .filter({ hasText: /^5,000,000 events$/ })
        .waitFor({ timeout: 120_000 });
    },
  },
  {
    name: 'many-topics',
    args: async (stores) => [await stores.manyTopics()],
    steps: async (page) => {
      await openTopic(page, 'topic-0010');
    },
  },
  {
    name: 'large',
    args: async (stores) => [await stores.large()],
    steps: async (page) => {
      await openTopic(page, 'documents');
      await goTo(page, 2);
      await page.getByRole('tree').waitFor();
    },
  },
  {
    name: 'hostile',
    args: async (stores) => [await stores.hostile()],
    steps: async (page) => {
      await openTopic(page, 'hostile');
      await goTo(page, 2);
    },
  },
  {
    name: 'hostile-config',
    args: async (stores) => [await stores.hostile()],
    steps: async (page) => {
      await openTopic(page, 'hostile');
      await tab(page, 'Config');
    },
  },
  {
    name: 'replay',
    args: demo,
    steps: async (page) => {
      await replayAt(page, 5);
    },
  },
  { name: 'replay-now', args: demo, steps: (page) => tab(page, 'Replay') },
  {
    name: 'replay-compare',
    args: demo,
    steps: async (page) => {
      await markAndGoTo(page, 2, 6);
    },
  },
  {
    name: 'replay-text',
    args: demo,
    steps: async (page) => {
      await markAndGoTo(page, 2, 6);
      await page.getByRole('group', { name: 'Shown as' }).getByRole('button', { name: 'Text' }).click();
      await page.getByLabel('Both versions as text').waitFor();
    },
  },
  {
    name: 'replay-restore',
    args: demo,
    steps: async (page) => {
      await replayAt(page, 3);
      await page.getByRole('button', { name: 'Restore version 3…' }).click();
      await page.getByText('will be appended').waitFor();
    },
  },
  {
    name: 'replay-damaged',
    args: async (stores) => [await stores.original('damaged')],
    steps: (page) => tab(page, 'Replay'),
  },
  {
    name: 'replay-many',
    args: async (stores) => [await stores.manyTopics()],
    steps: async (page) => {
      await replayAt(page, 700);
    },
  },
  {
    name: 'replay-hostile',
    args: async (stores) => [await stores.hostile()],
    steps: async (page) => {
      await tab(page, 'Replay');
      await page.getByRole('listbox', { name: 'Changes' }).waitFor();
    },
  },
  { name: 'replay-empty', args: async (stores) => [await stores.empty()], steps: (page) => tab(page, 'Replay') },
  {
    name: 'what-if',
    ...onFold('orders', example('count-by-type'), toWhatIf),
  },
  {
    name: 'what-if-edit',
    ...onFold('orders', example('count-by-type'), async (page) => {
      await toWhatIf(page);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByRole('textbox', { name: 'Data', exact: true }).waitFor();
    }),
  },
  {
    name: 'what-if-hostile',
    args: async (stores) => [await stores.hostile()],
    steps: async (page) => {
      await openTopic(page, 'hostile');
      await tab(page, 'Fold');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await folded(page);
      await toWhatIf(page);
    },
  },
];
