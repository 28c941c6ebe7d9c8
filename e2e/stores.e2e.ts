import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axeViolations } from './support/axe.ts';
import { appendPage } from './pages/append.ts';
import { workbench } from './pages/workbench.ts';
import { copyStore } from './support/stores.ts';
import { expect, test } from './support/test.ts';

test('a new store, a topic in it and its first event, by keyboard alone', async ({ launch }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-new-'));
  const app = await launch();
  const { page } = app;
  const window = workbench(page);
  await app.answerDialogs(join(folder, 'mine.db'));
  await expect(page.getByRole('button', { name: /Open a folder/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /New store in a file/ })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.getByText('This store has no topics yet').or(window.topics.getByRole('option')).first()).toBeVisible();
  await page.getByRole('button', { name: 'New topic', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(window.dialog.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('a/b');
  await expect(window.dialog.getByText('“/” cannot be in a name.')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  await expect(window.topics.getByRole('option', { name: 'orders' })).toHaveAttribute('aria-selected', 'true');

  await page.keyboard.press('Control+Shift+A');
  const append = appendPage(page);
  await expect(append.type).toBeFocused();
  await page.keyboard.type('OrderPlaced');
  await page.keyboard.press('Control+Enter');
  await expect(append.next(/^Review/)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(append.next('Append 1 event to orders')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(window.row(1)).toContainText('OrderPlaced');
  await page.keyboard.press('Control+G');
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await expect(window.grid).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(window.tree).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(window.grid).toBeFocused();
  rmSync(folder, { recursive: true, force: true });
});

test('what is no store is refused in words', async ({ launch }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-none-'));
  const app = await launch();
  await app.answerDialogs(folder);
  await app.page.getByRole('button', { name: /Open a folder/ }).click();
  const alert = app.page.getByRole('alert');
  await expect(alert).toContainText('NOT_A_STORE');
  await expect(alert).toContainText('looked for');
  rmSync(folder, { recursive: true, force: true });
});

test('the grid moves by keys from the first version to the last', async ({ launch }) => {
  const { page } = await launch({ args: ['--demo'] });
  const window = workbench(page);
  await window.openTopic('orders');
  await window.grid.focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('region', { name: 'Event 1', exact: true })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('region', { name: 'Event 2', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Oldest' }).click();
  await window.grid.focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('region', { name: 'Event 1', exact: true })).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect(page.getByRole('region', { name: /^Event \d\d$/ })).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`every screen passes axe in the ${theme} theme`, async ({ launch }) => {
    const store = copyStore('damaged');
    const { page } = await launch({ args: [store.path] });
    await page.emulateMedia({ colorScheme: theme });
    const window = workbench(page);
    await window.openTopic('healthy');
    await window.goTo(3);
    expect(await axeViolations(page), 'events').toEqual([]);
    await window.showTab('Health');
    await expect(page.getByRole('heading', { name: /^Problems/ })).toBeVisible();
    expect(await axeViolations(page), 'health').toEqual([]);
    await window.showTab('Config');
    expect(await axeViolations(page), 'config').toEqual([]);
    await window.showTab('Events');
    await page.getByRole('button', { name: 'Append…' }).click();
    const append = page.getByRole('region', { name: /^Append to/ });
    await expect(append.getByLabel('Type', { exact: true })).toBeFocused();
    expect(await axeViolations(page), 'append').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(append).toBeHidden();
    await page.getByRole('button', { name: 'New topic', exact: true }).click();
    expect(await axeViolations(page), 'new topic').toEqual([]);
    store.remove();
  });

  test(`the welcome screen passes axe in the ${theme} theme`, async ({ launch }) => {
    const { page } = await launch();
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.getByRole('heading', { name: 'Tidemark' })).toBeVisible();
    expect(await axeViolations(page)).toEqual([]);
  });
}
