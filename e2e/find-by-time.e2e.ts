import { eventPage } from './pages/event-detail.ts';
import { workbench } from './pages/workbench.ts';
import { expect, test } from './support/test.ts';

/** An order of the demo store that was paid; its parcel was sent the day after. */
const PLACED = '2026-04-11 23:43:55';

test('an event is found by its time and its effects are followed, by keyboard alone', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const event = eventPage(page);
  // The store is there: keys that come before do nothing.
  await expect(workbench(page).topics.getByRole('option', { name: 'orders' })).toBeVisible();
  await page.keyboard.press('Control+P');
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Events of orders' })).toBeVisible();
  await page.keyboard.press('Control+G');
  await page.keyboard.type(PLACED);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event 540', exact: true })).toBeVisible();
  await page.keyboard.press('Control+Shift+P');
  await page.keyboard.type('Show Causation');
  await page.keyboard.press('Enter');
  await expect(event.chain.getByRole('button', { name: /OrderPlaced.*the chosen event/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(event.region).toContainText('StockReserved');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(event.chain.getByRole('button')).toHaveCount(6);
});

test('an event is found by its time and its effects are followed, by mouse', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const event = eventPage(page);
  const window = workbench(page);
  await window.openTopic('orders');
  await page.getByLabel('Jump to version or time').fill(PLACED);
  await page.getByLabel('Jump to version or time').press('Enter');
  await expect(page.getByRole('region', { name: 'Event 540', exact: true })).toBeVisible();
  await event.showTab('Metadata');
  await event.region.getByRole('button', { name: 'Show causation' }).click();
  await event.chain.getByRole('button', { name: /PaymentAuthorized payments/ }).click();
  await expect(event.region).toContainText('PaymentAuthorized');
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(event.chain.getByRole('button')).toHaveCount(6);
});
