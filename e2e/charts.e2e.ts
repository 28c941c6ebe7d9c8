import { axeViolations } from './support/axe.ts';
import { workbench } from './pages/workbench.ts';
import { expect, test } from './support/test.ts';

test('a span drawn across the bars filters, in the chart and in the events', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const window = workbench(page);
  await window.openTopic('orders');
  await window.showTab('Charts');
  const charts = page.getByRole('region', { name: 'Charts of orders' });
  await expect(charts.getByRole('status')).toHaveText('553 events');
  const picture = charts.getByRole('img', { name: /^Bars of how many events/ });
  const box = await picture.boundingBox();
  if (!box) throw new Error('The chart is not on the screen.');
  await page.mouse.move(box.x + box.width / 3, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(charts.getByRole('status')).toHaveText(/^\d+ of 553 events match the filter$/);
  await expect(charts.getByText(/^2026-03-\d\d .* to 2026-03-/)).toBeVisible();
  await charts.getByRole('button', { name: 'Clear filter' }).click();
  await expect(charts.getByRole('status')).toHaveText('553 events');
});

test('charts are read and filtered by keyboard alone, as tables', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  await workbench(page).openTopic('orders');
  await page.keyboard.press('Control+3');
  const charts = page.getByRole('region', { name: 'Charts of orders' });
  await charts.getByRole('button', { name: 'Show as table' }).focus();
  await page.keyboard.press('Enter');
  const times = charts.getByRole('table', { name: /^Events over time/ });
  const rows = await times.getByRole('row').count();
  expect(rows).toBeGreaterThan(50);
  const first = times.getByRole('row').nth(1);
  const events = await first.getByRole('cell').nth(2).textContent();
  await first.getByRole('button').focus();
  await page.keyboard.press('Enter');
  await expect(charts.getByRole('status')).toHaveText(`${events} of 553 events match the filter`);

  const types = charts.getByRole('table', { name: /^Events by type/ });
  await charts.getByRole('button', { name: 'Clear filter' }).focus();
  await page.keyboard.press('Enter');
  await types.getByRole('checkbox', { name: 'OrderCancelled' }).focus();
  await page.keyboard.press('Space');
  await expect(charts.getByRole('status')).toHaveText('20 of 553 events match the filter');
  await expect(
    types
      .getByRole('row', { name: /OrderPlaced/ })
      .getByRole('cell')
      .nth(2),
  ).toHaveText('0');
});

for (const theme of ['light', 'dark'] as const) {
  test(`charts pass axe in the ${theme} theme`, async ({ launch }) => {
    const { page } = await launch({ args: ['--demo'] });
    await page.emulateMedia({ colorScheme: theme });
    const window = workbench(page);
    await window.openTopic('orders');
    await window.showTab('Charts');
    await page.getByRole('checkbox', { name: 'OrderPlaced' }).check();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show as table' }).click();
    expect(await axeViolations(page)).toEqual([]);
  });
}
