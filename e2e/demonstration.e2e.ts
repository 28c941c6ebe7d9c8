import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { appendPage } from './pages/append.ts';
import { foldPage } from './pages/fold.ts';
import { replayPage } from './pages/replay.ts';
import { whatIfPage } from './pages/what-if.ts';
import { workbench } from './pages/workbench.ts';
import { expect, test } from './support/test.ts';

const STATES = readFileSync(join(resolve(import.meta.dirname, '../examples/folds'), 'state-machine.js'), 'utf8');

/** What Tidemark is shown with: who changed the configuration, what broke the fold, and what would be otherwise. */
test('event sourcing, demonstrated from start to end on the demo store', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const window = workbench(page);

  // The configuration: scrubbed, played, compared, and brought back to how it was.
  const replay = replayPage(page);
  await replay.show();
  await replay.slider.focus();
  await replay.press('Home', 'ArrowRight', 'ArrowRight');
  await expect(replay.current).toHaveText(/^2 ?orders created/);
  await replay.press('4', ' ');
  await expect(replay.current).toHaveText(/^9 ?/);
  await replay.goTo(2);
  await replay.button('Mark A').click();
  await replay.change(6).click();
  await expect(replay.difference.getByRole('heading')).toHaveText('A 2 → B 6');
  await replay.button('Restore version 6…').click();
  await expect(replay.willBeAppended.filter({ hasText: 'coupons' })).toHaveCount(1);
  await replay.review.getByRole('button', { name: /^Append \d+ events?$/ }).click();
  await expect(replay.review).toBeHidden();
  await expect(window.topics.getByRole('option', { name: 'coupons' })).toBeVisible();

  // Someone appends an event that cannot be.
  await window.openTopic('orders');
  await page.keyboard.press('Control+1');
  const append = appendPage(page);
  await append.open();
  await append.type.fill('OrderConfirmed');
  await append.write(append.data, '{"orderId":"order-99999"}');
  await append.append();
  await expect(window.row(554)).toContainText('OrderConfirmed');

  // A fold finds it, and a condition finds where something began.
  const fold = foldPage(page);
  await fold.open();
  await fold.run(STATES);
  await expect(fold.said).toContainText('554 events folded');
  await expect(fold.failing).toHaveText('1 event failed');
  await fold.goTo(1);
  await expect(fold.step(1)).toBeVisible();
  await page.keyboard.press('F4');
  await expect(fold.step(554)).toContainText('OrderConfirmed cannot follow "none" for order-99999');
  await fold.condition.fill('state.counts.cancelled >= 10');
  await fold.condition.press('Enter');
  await expect(fold.bisectAnswer).toHaveText('It first holds after version 253. Scanned: asked after every event, 254 times.');

  // What if that cancellation had not been, and the order had come first?
  await fold.goTo(253);
  const whatIf = whatIfPage(page);
  await whatIf.open();
  await expect(whatIf.selected()).toContainText('v253');
  await whatIf.button('Skip').click();
  await whatIf.button('At the End').click();
  await expect(whatIf.differences).toContainText('/counts/cancelled');
  await whatIf.button('Add After…').click();
  await whatIf.type.fill('OrderPlaced');
  await whatIf.write(whatIf.data, '{"orderId":"order-99999","total":9007199254740993}');
  await whatIf.dialog.getByRole('button', { name: 'Add' }).click();
  await expect(whatIf.said).toHaveText('554 events folded');
  await whatIf.button(/^Hand 1 Added Event/).click();
  await expect(append.view).toBeVisible();
  expect(await append.text(append.events)).toContain('9007199254740993');
  // History is as it was: nothing of the scratch copy was written.
  await page.keyboard.press('Control+1');
  await expect(page.getByText('554 events', { exact: true }).first()).toBeVisible();
});
