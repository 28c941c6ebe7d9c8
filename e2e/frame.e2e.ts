import { mkdtempSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frame } from './pages/frame.ts';
import { workbench } from './pages/workbench.ts';
import { axeViolations } from './support/axe.ts';
import { holdCalls } from './support/held-calls.ts';
import { copyStore, type StoreCopy } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let store: StoreCopy;
let home: string;
test.beforeEach(() => {
  store = copyStore('small');
  home = mkdtempSync(join(tmpdir(), 'tidemark-home-'));
});
test.afterEach(() => {
  store.remove();
  rmSync(home, { recursive: true, force: true });
});

test('the palette finds a command by a few letters, runs it and gives the focus back', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  const { topics } = workbench(page);
  await expect(topics).toBeFocused();
  // Playwright's own choice of a scheme would hide the window's.
  await page.emulateMedia({ colorScheme: null });
  await window.openPalette();
  await expect(window.search).toBeFocused();
  await page.keyboard.type('thdark');
  await expect(window.chosen).toContainText('View: Theme: Dark');
  await page.keyboard.press('Enter');
  await expect(window.search).toBeHidden();
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(21, 23, 27)');
  await expect(topics).toBeFocused();

  // What was used last stands first, with its state, and is still there in the next window.
  await window.openPalette();
  await expect(window.choices.first()).toContainText('View: Theme: Dark');
  await expect(window.choices.first()).toContainText('recently used');
  await expect(window.choices.first()).toContainText('(on)');
  await page.keyboard.press('Escape');
  await expect(topics).toBeFocused();
});

test('a command that cannot be done now stays in the palette, says why, and does nothing', async ({ launch }) => {
  const { page } = await launch({ args: ['--read-only', store.path] });
  const window = frame(page);
  await workbench(page).openTopic('orders');
  await window.openPalette();
  await page.keyboard.type('append events');
  await expect(window.chosen).toHaveAttribute('aria-disabled', 'true');
  await expect(window.chosen).toContainText('Read-only');
  await expect(page.getByRole('dialog').getByRole('status')).toContainText('Read-only');
  await page.keyboard.press('Enter');
  await expect(window.search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('quick open goes to a version of a topic, back and forward come back to it', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  const { topics, grid } = workbench(page);
  await expect(topics).toBeFocused();
  await window.openQuickOpen();
  await page.keyboard.type('ord#5');
  await expect(window.chosen).toContainText('orders');
  await expect(window.chosen).toContainText('version 5');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event 5', exact: true })).toBeVisible();
  await expect(topics.getByRole('option', { name: 'orders' })).toHaveAttribute('aria-selected', 'true');
  await expect(grid).toBeFocused();

  // A version of the topic that is on the screen, by the other key.
  await page.keyboard.press('Control+K');
  await page.keyboard.type('#7');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event 7', exact: true })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Event 5', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Forward' }).click();
  await expect(page.getByRole('region', { name: 'Event 7', exact: true })).toBeVisible();

  // What is not there is said before Enter, and Enter does not go there.
  await window.openQuickOpen();
  await page.keyboard.type('orders#1,000');
  await expect(window.chosen).toContainText('Versions go from 1 to 12.');
  await page.keyboard.press('Enter');
  await expect(window.search).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('>zoom in');
  await expect(window.chosen).toContainText('View: Zoom In');
  await page.keyboard.press('Escape');
});

test('by mouse alone: search box, store menu, tabs and the status bar’s zoom', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  await page.getByRole('button', { name: /Search commands and topics/ }).click();
  await window.choices.filter({ hasText: 'payments' }).click();
  await expect(page.getByRole('grid', { name: 'Events of payments' })).toBeVisible();
  await window.tabs.getByRole('tab', { name: 'Config' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Config' })).toBeVisible();
  await page.getByRole('button', { name: 'Back' }).click();
  await expect(page.getByRole('tabpanel', { name: 'Events' })).toBeVisible();

  await page.getByRole('button', { name: /Store menu/ }).click();
  await expect(page.getByRole('menuitem', { name: /^Open File/ })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Close Store/ })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /Store menu/ })).toBeFocused();

  // As fast as fingers go: no key waits for what the one before it did.
  await Promise.all(Array.from({ length: 6 }, () => page.keyboard.press('Control+Equal')));
  await window.status.getByRole('button', { name: '173%' }).click();
  await expect(window.status.getByRole('button', { name: '%' })).toHaveCount(0);
});

test('tabs are one stop of Tab, and arrows go through those that can be shown', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  const tab = (name: string) => window.tabs.getByRole('tab', { name });
  await workbench(page).openTopic('orders');
  await tab('Events').focus();
  await expect(tab('Health')).toHaveAttribute('tabindex', '-1');
  await page.keyboard.press('ArrowRight');
  await expect(tab('Replay')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Charts')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Fold')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tab('Health')).toBeFocused();
  await expect(tab('Health')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('tabpanel', { name: 'Health' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(tab('Config')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(tab('Events')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+6');
  await expect(tab('Config')).toHaveAttribute('aria-selected', 'true');
});

test('F6 visits every pane, passes the hidden ones, and the focus is never lost', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  await workbench(page).openTopic('orders');
  await workbench(page).goTo(3);
  const around = async (key: string): Promise<string[]> => {
    const start = await window.focused();
    const seen: string[] = [];
    do {
      await page.keyboard.press(key);
      seen.push(await window.focused());
    } while (seen.at(-1) !== start && seen.length < 12);
    return seen;
  };
  await expect(workbench(page).grid).toBeFocused();
  const all = await around('F6');
  expect(all).toEqual(
    ['tree Data', 'footer Status', 'button ', 'listbox Topics', 'grid Events of orders'].map((name) =>
      expect.stringContaining(name.slice(0, 12)),
    ),
  );
  expect(await around('Shift+F6')).toEqual([...all.slice(0, -1).toReversed(), all.at(-1)]);

  // A pane that goes while it has the focus leaves it to its neighbours, and is no stop any more.
  await workbench(page).topics.focus();
  await page.keyboard.press('Control+B');
  await expect(workbench(page).topics).toBeHidden();
  await expect.poll(window.focused).toBe('grid Events of orders');
  expect(await around('F6')).not.toContainEqual(expect.stringContaining('listbox'));
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByLabel('Filter topics')).toBeFocused();

  // A view that is left while it has the focus leaves it to the one that comes.
  await workbench(page).grid.focus();
  for (const key of ['Control+5', 'Control+6', 'Control+1']) {
    await page.keyboard.press(key);
    await expect.poll(window.focused).not.toBe('nothing');
  }
});

test('panes, place and order are where they were after a restart, for each store', async ({ launch }) => {
  const first = await launch({ args: [store.path], home });
  const one = workbench(first.page);
  await one.openTopic('payments');
  await first.page.getByRole('button', { name: 'Oldest' }).click();
  await one.goTo(3);
  await first.page.getByRole('separator', { name: 'Width of the topics' }).focus();
  for (let step = 0; step < 3; step++) await first.page.keyboard.press('ArrowRight');
  const width = (await one.topics.boundingBox())?.width ?? 0;
  expect(width).toBeGreaterThan(240);
  const kept = () =>
    first.page.evaluate(async () => {
      const { tidemark } = window as unknown as { readonly tidemark: { appRecall(input: unknown): Promise<unknown> } };
      return JSON.stringify(await tidemark.appRecall({ prefix: 'panes:workbench' }));
    });
  await expect.poll(kept).toContain('content');
  await first.quit();

  const second = await launch({ args: [store.path], home });
  const two = workbench(second.page);
  await expect(second.page.getByRole('region', { name: 'Event 3', exact: true })).toBeVisible();
  await expect(two.topics.getByRole('option', { name: 'payments' })).toHaveAttribute('aria-selected', 'true');
  await expect(second.page.getByRole('button', { name: 'Oldest' })).toHaveAttribute('aria-pressed', 'true');
  expect((await two.topics.boundingBox())?.width).toBeCloseTo(width, -1);

  // Another store begins at its own first topic.
  await second.page.getByRole('button', { name: /Store menu/ }).click();
  await second.page.getByRole('menuitem', { name: 'Open the Demo Store' }).click();
  await expect(two.topics.getByRole('option', { name: 'inventory' })).toHaveAttribute('aria-selected', 'true');
});

test('settings take effect at once, by keyboard alone, and hold for every window', async ({ launch }) => {
  const { page, electron } = await launch({ args: [store.path] });
  await page.emulateMedia({ colorScheme: null });
  await expect(workbench(page).topics).toBeFocused();
  await page.keyboard.press('Control+Comma');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog.getByRole('radio', { name: 'As the system' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('body')).toHaveCSS('background-color', 'rgb(21, 23, 27)');
  await dialog.getByRole('radio', { name: 'Roomy' }).check();
  await dialog.getByRole('button', { name: 'Larger Data Font' }).click();
  await dialog.getByRole('button', { name: 'Larger Data Font' }).click();
  await expect(dialog.getByRole('group', { name: 'Data font' })).toContainText('14 px');
  const look = () => page.evaluate(() => ['--row', '--data-font'].map((name) => document.documentElement.style.getPropertyValue(name)));
  expect(await look()).toEqual(['30px', '14px']);
  await page.keyboard.press('Escape');

  const [other] = await Promise.all([electron.waitForEvent('window'), page.keyboard.press('Control+Shift+N')]);
  await other.emulateMedia({ colorScheme: null });
  await expect(other.locator('body')).toHaveCSS('background-color', 'rgb(21, 23, 27)');
  await expect.poll(() => other.evaluate(() => document.documentElement.style.getPropertyValue('--data-font'))).toBe('14px');
});

for (const theme of ['light', 'dark'] as const) {
  test(`a window of the ${theme} theme has its colour before its page has painted`, async ({ launch }) => {
    mkdirSync(join(home, 'Tidemark'), { recursive: true });
    writeFileSync(join(home, 'Tidemark/settings.json'), JSON.stringify({ theme }));
    const { page, electron } = await launch({ home });
    await page.emulateMedia({ colorScheme: null });
    const expected = theme === 'dark' ? '#15171B' : '#FFFFFF';
    expect(await electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor())).toBe(expected);
    // The page's own first paint: the canvas of its colour scheme, which the head names before any style has come.
    await expect(page.locator('meta[name=color-scheme]')).toHaveAttribute('content', 'light dark');
    expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(theme === 'dark');
    await expect(page.locator('body')).toHaveCSS('background-color', theme === 'dark' ? 'rgb(21, 23, 27)' : 'rgb(255, 255, 255)');
  });

  test(`every dialog of the frame passes axe in the ${theme} theme`, async ({ launch }) => {
    const { page, chooseMenu } = await launch({ args: ['--demo'] });
    await page.emulateMedia({ colorScheme: theme });
    const window = frame(page);
    await expect(workbench(page).topics).toBeFocused();
    expect(await axeViolations(page), 'window').toEqual([]);
    await window.openPalette();
    await page.keyboard.type('ev');
    expect(await axeViolations(page), 'palette').toEqual([]);
    await page.keyboard.press('Control+P');
    expect(await axeViolations(page), 'quick open').toEqual([]);
    await page.keyboard.press('Escape');
    for (const [id, name] of [
      ['help.shortcuts', 'Keyboard shortcuts'],
      ['app.settings', 'Settings'],
      ['help.about', 'Tidemark'],
    ] as const) {
      await chooseMenu(id);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      expect(await axeViolations(page), name).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    await page.getByRole('button', { name: /Store menu/ }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await axeViolations(page), 'store menu').toEqual([]);
  });
}

test('the shortcut sheet is searched by name and by key', async ({ launch }) => {
  const { page } = await launch();
  await expect(page.getByRole('heading', { name: 'Tidemark' })).toBeVisible();
  await page.keyboard.press('Control+Slash');
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(sheet.getByLabel('Search shortcuts')).toBeFocused();
  await expect(sheet.getByText('Open everything')).toBeVisible();
  await page.keyboard.type('palette');
  await expect(sheet.getByRole('term')).toHaveText(['Command Palette…']);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('ctrl+k');
  await expect(sheet.getByRole('term')).toHaveText(['Go to Topic or Store…']);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('xyzzy');
  await expect(sheet.getByText('No shortcut fits.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
});

test('a fault in one view leaves the others, says what happened, and is gone when it is tried again', async ({ launch, troubles }) => {
  troubles.allow(/./);
  const { page, electron } = await launch({ args: [store.path] });
  await expect(workbench(page).topics).toBeFocused();
  const breakHealth = (isBroken: boolean): Promise<void> =>
    electron.evaluate(({ ipcMain }, broken) => {
      type Invoke = (event: unknown, message: { readonly method: string }) => Promise<unknown>;
      const { _invokeHandlers: handlers } = ipcMain as unknown as { readonly _invokeHandlers: Map<string, Invoke & { whole?: Invoke }> };
      const now = handlers.get('tidemark.invoke');
      if (!now) throw new Error('Nobody answers calls.');
      const whole = now.whole ?? now;
      const next: Invoke & { whole?: Invoke } = (event, message) =>
        broken && message.method === 'health.get' ? Promise.resolve({ ok: true, value: { problems: [] } }) : whole(event, message);
      next.whole = whole;
      handlers.set('tidemark.invoke', next);
    }, isBroken);
  await breakHealth(true);
  await page.keyboard.press('Control+R');
  await page.keyboard.press('Control+5');
  await expect(page.getByText('This view cannot be shown')).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('REPOSITORY_FAILED');
  await expect(page.getByRole('button', { name: 'Copy details' })).toBeVisible();
  await page.keyboard.press('Control+1');
  await expect(workbench(page).grid).toBeVisible();
  await page.keyboard.press('Control+5');
  await breakHealth(false);
  await page.keyboard.press('Control+R');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(
    page
      .getByRole('heading', { name: /^Problems/ })
      .or(page.getByText(/No problems/))
      .first(),
  ).toBeVisible();
});

test('a field’s own menu cuts, copies and pastes', async ({ launch }) => {
  const { page, electron } = await launch({ args: [store.path] });
  await expect(workbench(page).topics).toBeFocused();
  await electron.evaluate(({ Menu }) => {
    const shown: string[][] = [];
    (globalThis as unknown as { shownMenus: string[][] }).shownMenus = shown;
    Menu.prototype.popup = function popup(this: { readonly items: readonly { readonly role?: string; readonly enabled: boolean }[] }) {
      shown.push(this.items.filter(({ enabled }) => enabled).flatMap(({ role }) => role ?? []));
    } as never;
  });
  await page.getByLabel('Filter topics').fill('ord');
  await page.keyboard.press('Control+A');
  await page.getByLabel('Filter topics').click({ button: 'right', position: { x: 16, y: 13 } });
  const shown = () => electron.evaluate(() => (globalThis as unknown as { shownMenus: string[][] }).shownMenus.at(-1));
  await expect.poll(shown).toEqual(expect.arrayContaining(['undo', 'cut', 'copy', 'selectall']));
});

test('a message at the edge is one of the panes, and keeps no key from working', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = frame(page);
  await expect(workbench(page).topics).toBeFocused();
  await window.run('make read-only');
  const message = page.getByText('This store is read-only now');
  await expect(message).toBeVisible();
  await expect.poll(window.focused).not.toBe('nothing');
  const seen: string[] = [];
  for (let step = 0; step < 8; step++) {
    await page.keyboard.press('F6');
    seen.push(await window.focused());
  }
  expect(seen).toContainEqual(expect.stringContaining('listbox Topics'));
  const at = seen.findIndex((name) => /Messages|read-only now/.test(name));
  expect(at, seen.join(', ')).not.toBe(-1);
  // Round again to it, into it, and away with it: the focus stays in the window.
  for (let step = 0; step < 8 && !/Messages|read-only now/.test(await window.focused()); step++) await page.keyboard.press('F6');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Close this message' }).press('Enter');
  await expect(message).toBeHidden();
  await expect.poll(window.focused).not.toBe('nothing');
  await page.keyboard.press('Control+P');
  await expect(window.search).toBeFocused();
});

test('what takes a while is a job in the status bar, and can be stopped there', async ({ launch }) => {
  const { page, electron } = await launch({ args: [store.path] });
  await expect(workbench(page).topics).toBeFocused();
  // A count that is still under way would be the answer to the one that is to hang.
  await expect(page.getByRole('region', { name: /^Topic/ }).getByText(/^\d+ events/)).toBeVisible();
  await holdCalls(electron, 'topics.count');
  await page.keyboard.press('Control+R');
  const job = frame(page).status.getByRole('button', { name: /Counting events/ });
  await job.click();
  const jobs = page.getByRole('dialog', { name: 'Jobs' });
  await expect(jobs.getByRole('progressbar', { name: 'Counting events' })).toBeVisible();
  // The list of jobs is no dialog that holds the window.
  await page.keyboard.press('F5');
  expect(await axeViolations(page)).toEqual([]);
  await jobs.getByRole('button', { name: 'Stop Counting events' }).click();
  await expect(job).toBeHidden();
  await expect.poll(frame(page).focused).not.toBe('nothing');
});
