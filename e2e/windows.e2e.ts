import { appendPage } from './pages/append.ts';
import { frame } from './pages/frame.ts';
import { workbench } from './pages/workbench.ts';
import { copyStore, type StoreCopy } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let store: StoreCopy;
test.beforeEach(() => {
  store = copyStore('small');
});
test.afterEach(() => store.remove());

test('two windows show a store each; the menu bar does what the one in front can do', async ({ launch }) => {
  const { page, electron, chooseMenu, answerDialogs } = await launch({ args: [store.path] });
  await expect(workbench(page).topics).toBeFocused();
  const enabled = () => electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('store.close')?.enabled);
  await expect.poll(enabled).toBe(true);

  const [other] = await Promise.all([electron.waitForEvent('window'), chooseMenu('window.new')]);
  await expect(other.getByRole('button', { name: /demo/i })).toBeVisible();
  await expect.poll(enabled, 'of the new window, which has no store').toBe(false);
  await answerDialogs(store.path);
  await chooseMenu('store.openFolder');
  // The store is in the first window, which comes to the front instead.
  await expect.poll(enabled).toBe(true);
  expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.getTitle())).toContain('small');

  await electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => !window.getTitle().includes('small'))
      ?.focus(),
  );
  await expect.poll(enabled).toBe(false);
  await chooseMenu('store.openDemo');
  await expect(workbench(other).topics.getByRole('option', { name: 'inventory' })).toBeVisible();
  await expect(workbench(page).topics.getByRole('option', { name: 'payments' })).toBeVisible();
  // A place in one is no place in the other.
  await workbench(other).openTopic('users');
  await expect(workbench(page).topics.getByRole('option', { name: 'orders' })).toHaveCount(1);
  await expect(workbench(page).topics.getByRole('option', { name: 'users' })).toHaveCount(0);
  const places = await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.getPosition().join()));
  expect(new Set(places).size).toBe(2);
});

test('two windows with a store each are opened, worked in and closed by keyboard alone', async ({ launch }) => {
  const { page, electron } = await launch({ args: [store.path] });
  await expect(workbench(page).topics).toBeFocused();
  const [other] = await Promise.all([electron.waitForEvent('window'), page.keyboard.press('Control+Shift+N')]);
  await expect(other.getByRole('button', { name: /demo/i })).toBeVisible();
  await frame(other).run('Open the Demo Store');
  await expect(workbench(other).topics.getByRole('option', { name: 'inventory' })).toBeVisible();
  await expect(workbench(other).topics).toBeFocused();

  // Each has its own topic, place and draft.
  for (const [window, topic] of [
    [page, 'payments'],
    [other, 'orders'],
  ] as const) {
    await frame(window).openQuickOpen();
    await window.keyboard.type(topic);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('grid', { name: `Events of ${topic}` })).toBeFocused();
  }
  await page.keyboard.press('Control+Shift+A');
  await expect(appendPage(page).type).toBeFocused();
  await page.keyboard.type('FromTheFirst');
  await other.keyboard.press('Home');
  await other.keyboard.press('ArrowDown');
  await expect(workbench(other).event).toBeVisible();
  await expect(appendPage(other).view).toBeHidden();
  await expect(workbench(other).topics.getByRole('option', { name: 'payments' })).toContainText('payments');
  for (const says of ['Valid: 1 event', 'Nothing is written yet']) {
    await page.keyboard.press('Control+Enter');
    await expect(appendPage(page).says).toContainText(says);
  }
  await page.keyboard.press('Control+Enter');
  await expect(workbench(page).row(6)).toContainText('FromTheFirst');
  await expect(other.getByRole('grid', { name: 'Events of orders' })).toBeFocused();

  // The store of one is closed; the other goes on.
  await frame(other).run('Close Store');
  await expect(other.getByRole('button', { name: /demo/i })).toBeVisible();
  await page.keyboard.press('Control+R');
  await page.keyboard.press('ArrowDown');
  await expect(workbench(page).event.getByRole('heading')).not.toContainText('FromTheFirst');
});
