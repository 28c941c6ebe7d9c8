import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { TidemarkBridge } from '../src/shared/ipc/api.ts';
import { appendPage } from './pages/append.ts';
import { storesPage } from './pages/stores.ts';
import { workbench } from './pages/workbench.ts';
import { axeViolations } from './support/axe.ts';
import { mountSmallDisk, type SmallDisk } from './support/disk.ts';
import { dropPaths, dropText } from './support/drop.ts';
import type { RunningApp } from './support/running-app.ts';
import { commandLine, copyStore, makeOld } from './support/stores.ts';
import { expect, test } from './support/test.ts';

type PageWindow = typeof globalThis & { readonly tidemark: TidemarkBridge };

const LEFT = { x: 200, y: 300 };
const RIGHT = { x: 900, y: 300 };

let folder: string;
let clean: (() => void)[];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-stores-'));
  clean = [() => rmSync(folder, { recursive: true, force: true })];
});
test.afterEach(() => {
  for (const one of clean) one();
});

/** A store with a topic `orders` of three events, written an hour ago. */
async function newStore(name: string, at = folder): Promise<string> {
  const path = join(at, name);
  await commandLine(['new', path]);
  await commandLine(['create-topic', path, 'orders']);
  await commandLine(['append', path, 'orders'], '{"type":"Placed","data":{"n":1}}\n{"type":"Placed"}\n{"type":"Paid"}\n');
  makeOld(path);
  return path;
}

/** Settings as an earlier start left them. */
function homeWith(recent: readonly unknown[]): string {
  const home = join(folder, 'home');
  mkdirSync(join(home, 'Tidemark'), { recursive: true });
  writeFileSync(join(home, 'Tidemark/settings.json'), JSON.stringify({ version: 1, recent }));
  return home;
}

const menuOfRecent = ({ electron }: RunningApp): Promise<(string | undefined)[] | undefined> =>
  electron.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.getMenuItemById('open-recent')
      ?.submenu?.items.map(({ label, type }) => (type === 'separator' ? '-' : label)),
  );

test.describe('a store that another program wrote to just now', () => {
  let path: string;
  test.beforeEach(async () => {
    path = await newStore('busy.db');
    await commandLine(['append', path, 'orders'], '{"type":"Shipped"}\n');
  });

  test('opens read-only, is looked at, and is unlocked for an append, by keyboard alone', async ({ launch }) => {
    const { page } = await launch({ args: [path], asks: true });
    const { question } = storesPage(page);
    const window = workbench(page);
    await expect(question).toContainText(/Another program wrote to this store \d+ seconds? ago/);
    await expect(question.getByRole('button', { name: 'Open Read-Only' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(question).toBeHidden();
    await expect(page.getByRole('banner').getByText('read-only')).toBeVisible();
    await expect(window.row(4)).toContainText('Shipped');

    const refused = await page.evaluate(() =>
      (globalThis as PageWindow).tidemark.eventsAppend({ topic: 'orders', incarnation: 1, expectedVersion: null, events: [{ type: 't' }] }),
    );
    expect(refused).toMatchObject({ ok: false, error: { code: 'READ_ONLY' } });

    await page.getByRole('button', { name: 'Unlock…' }).focus();
    await page.keyboard.press('Enter');
    await expect(question).toContainText('Unlock writing?');
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('banner').getByText('read-only')).toBeHidden();
    await expect(page.getByRole('contentinfo')).toContainText('read and write');
    await page.keyboard.press('Control+Shift+A');
    await expect(appendPage(page).type).toBeFocused();
  });

  test('opens for writing when that is said, and is made read-only again, by mouse', async ({ launch }) => {
    const app = await launch({ args: [path], asks: true });
    const { page } = app;
    const { question } = storesPage(page);
    await question.getByRole('button', { name: 'Open for Writing' }).click();
    await expect(page.getByRole('contentinfo')).toContainText('read and write');
    await expect(workbench(page).row(4)).toBeVisible();
    await app.chooseMenu('store.lock');
    await expect(page.getByRole('banner').getByText('read-only')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Append…' })).toBeDisabled();
    await expect(workbench(page).row(4)).toBeVisible();
  });

  test('asks nothing where the program was this one', async ({ launch }) => {
    makeOld(path);
    const app = await launch({ args: [path], asks: true });
    const { page } = app;
    await expect(workbench(page).row(4)).toBeVisible();
    const appended = await page.evaluate(() => (globalThis as PageWindow).tidemark.topicsCreate({ name: 'ours' }));
    expect(appended).toMatchObject({ ok: true });
    await app.chooseMenu('store.close');
    await storesPage(page).opener('busy.db').click();
    await expect(page.getByRole('contentinfo')).toContainText('read and write');
    await expect(storesPage(page).question).toBeHidden();
  });
});

test.describe('the recent stores', () => {
  test('are pinned, opened and removed by keyboard alone, and the menu follows', async ({ launch }) => {
    const one = await newStore('one.db');
    const two = await newStore('two.db');
    const gone = join(folder, 'gone.db');
    const app = await launch({ home: homeWith([one, two, gone]) });
    const { page } = app;
    const stores = storesPage(page);
    await expect(stores.recent.getByRole('listitem')).toHaveCount(3);
    await expect(stores.row('gone.db')).toContainText('missing');
    await stores.opener('one.db').focus();
    await page.keyboard.press('ArrowDown');
    await expect(stores.opener('two.db')).toBeFocused();
    await page.keyboard.press('p');
    await expect(stores.recent.getByRole('listitem').first()).toContainText('two.db');
    await expect(stores.row('two.db').getByRole('button', { name: 'Pin two.db' })).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(() => menuOfRecent(app)).toEqual([two, '-', one, gone]);
    await expect(stores.opener('two.db')).toBeFocused();
    await page.keyboard.press('End');
    await expect(stores.opener('gone.db')).toBeFocused();
    await page.keyboard.press('Delete');
    await expect(stores.recent.getByRole('listitem')).toHaveCount(2);
    await expect(stores.opener('one.db')).toBeFocused();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await expect(workbench(page).topics.getByRole('option', { name: 'orders' })).toBeVisible();
  });

  test('that are missing are found again or removed by mouse, and come back after a restart', async ({ launch }) => {
    const one = await newStore('one.db');
    const moved = join(folder, 'moved.db');
    renameSync(one, moved);
    const first = await launch({ home: homeWith([{ path: one, kind: 'sqlite', pinned: true, openedAt: 5 }, join(folder, 'gone')]) });
    const stores = storesPage(first.page);
    await stores
      .row('gone')
      .getByRole('button', { name: /^Remove gone/ })
      .click();
    await expect(stores.recent.getByRole('listitem')).toHaveCount(1);
    await first.answerDialogs(moved);
    await stores.row('one.db').getByRole('button', { name: 'Find It…' }).click();
    await expect(workbench(first.page).topics.getByRole('option', { name: 'orders' })).toBeVisible();
    await first.electron.close();

    const second = await launch({ home: first.home });
    const again = storesPage(second.page);
    await expect(again.recent.getByRole('listitem')).toHaveCount(1);
    await expect(again.row('moved.db').getByRole('button', { name: 'Pin moved.db' })).toHaveAttribute('aria-pressed', 'true');
  });

  test('with hostile and very long paths break nothing', async ({ launch }) => {
    const paths = [
      `/data/\u202Egpj.exe\u202C <img src=x onerror=alert(1)>.db`,
      `/${'long-folder/'.repeat(300)}${'x'.repeat(300)}.db`,
      '/data/\u0000\ud800\n.db',
      ...Array.from({ length: 27 }, (_, index) => ({ path: `/data/${index}.db`, kind: 'fs', pinned: true, openedAt: 8.64e15 * index })),
    ];
    const { page } = await launch({ home: homeWith(paths) });
    const stores = storesPage(page);
    await expect(stores.recent.getByRole('listitem')).toHaveCount(30);
    await page.setViewportSize({ width: 960, height: 600 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight)).toBe(
      true,
    );
    await stores.opener('26.db').focus();
    await page.keyboard.press('End');
    await expect(stores.recent.getByRole('listitem').last().getByRole('button').first()).toBeFocused();
  });
});

/** What is dragged and held tells of itself all the time; a single event is forgotten after a moment. */
async function seenWhileDragged(page: Page, path: string, at: { readonly x: number; readonly y: number }, text: string): Promise<void> {
  await expect(async () => {
    await dropPaths(page, [path], at, true);
    expect(await page.getByText(text).isVisible()).toBe(true);
  }).toPass({ timeout: 10_000 });
}

test.describe('what is dropped on the window', () => {
  test('opens, with a target that is seen, here or in a new window', async ({ launch }) => {
    const small = copyStore('small');
    clean.push(small.remove);
    const other = await newStore('other.db');
    const app = await launch({ asks: true });
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'Tidemark' })).toBeVisible();
    await seenWhileDragged(page, small.path, LEFT, 'Drop to open');
    await expect(page.getByText('Drop to open')).toBeHidden();
    await dropPaths(page, [small.path], LEFT);
    await expect(workbench(page).topics.getByRole('option')).toHaveCount(4);

    await seenWhileDragged(page, other, RIGHT, 'Open in a new window');
    const opened = app.electron.waitForEvent('window');
    await dropPaths(page, [other], RIGHT);
    const second = await opened;
    await expect(workbench(second).topics.getByRole('option', { name: 'orders' })).toBeVisible();
    await expect(workbench(page).topics.getByRole('option')).toHaveCount(4);

    // The store that is open there already comes to the front; no window is added.
    await dropPaths(page, [other], LEFT);
    await expect(storesPage(page).dialog).toBeHidden();
    expect(app.electron.windows()).toHaveLength(2);
  });

  test('replaces the store of this window, which can be had back in a new one', async ({ launch }) => {
    const one = await newStore('one.db');
    const two = await newStore('two.db');
    const app = await launch({ args: [one] });
    await expect(app.page.getByRole('heading', { name: 'one.db' })).toBeVisible();
    await dropPaths(app.page, [two], LEFT);
    await expect(app.page.getByRole('heading', { name: 'two.db' })).toBeVisible();
    const opened = app.electron.waitForEvent('window');
    await app.page.getByRole('button', { name: 'Open in New Window' }).click();
    await expect((await opened).getByRole('heading', { name: 'one.db' })).toBeVisible();
  });

  test('is refused in words: no store, several things, a text', async ({ launch }) => {
    const { page } = await launch({ args: ['--demo'] });
    const none = join(folder, 'notes.txt');
    writeFileSync(none, 'no store');
    await expect(page.getByRole('heading', { name: 'Demo store' })).toBeVisible();
    // Not guarded here: a drop before the store is there whole has been seen to say nothing.
    await expect(page.getByRole('gridcell').first()).toBeVisible();
    await dropPaths(page, [none], LEFT);
    const { dialog } = storesPage(page);
    await expect(dialog).toContainText('NOT_A_STORE');
    await expect(dialog).toContainText('The store in this window stays open');
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Demo store' })).toBeVisible();

    await dropPaths(page, [none, folder], LEFT, true);
    await expect(page.getByText('Drop the folder or the file of one store.')).toBeVisible();
    await dropPaths(page, [none, folder], LEFT);
    await expect(page.getByText('2 things were dropped')).toBeVisible();
    await dropText(page, '{"type":"Placed"}', LEFT);
    await expect(page.getByText('Text is no store')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Demo store' })).toBeVisible();
  });
});

test('the configuration topic is chosen in the window where several could be it', async ({ launch }) => {
  const path = await newStore('two-configs.db');
  await commandLine(['create-topic', path, 'other']);
  const event = { type: 'TopicCreated', data: { name: 'x', adapter: 'sqlite', connection: '.' }, metadata: { source: 'eventstore' } };
  await commandLine(['append', path, 'other'], `${JSON.stringify(event)}\n`);
  const { page } = await launch({ args: [path] });
  const choices = page.getByRole('group', { name: 'Which topic is the configuration?' });
  await choices.getByRole('button', { name: 'Open with configuration' }).click();
  await expect(workbench(page).topics.getByRole('option', { name: 'orders' })).toBeVisible();
});

test.describe('a store that goes away while it is open', () => {
  test('is said in a banner, shows what was read, and is back when it is back', async ({ launch }) => {
    const small = copyStore('small');
    clean.push(small.remove);
    const { page } = await launch({ args: [small.path] });
    const window = workbench(page);
    const { banner } = storesPage(page);
    await window.openTopic('orders');
    await window.goTo(4);
    renameSync(small.path, `${small.path}-away`);
    await expect(banner('STORAGE_UNAVAILABLE')).toContainText('Connect its disk');
    await expect(window.row(4)).toBeVisible();
    await expect(window.tree).toBeVisible();
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('button', { name: 'Retry' })).toBeEnabled();
    await expect(window.row(4)).toBeVisible();
    renameSync(`${small.path}-away`, small.path);
    await expect(banner('STORAGE_UNAVAILABLE')).toBeHidden();
    await window.openTopic('payments');
    await expect(window.row(5)).toBeVisible();
  });

  test('and comes back as another file is read again after Retry', async ({ launch }) => {
    const path = await newStore('plugged.db');
    const { page } = await launch({ args: [path] });
    const window = workbench(page);
    const stores = storesPage(page);
    await expect(window.row(3)).toBeVisible();
    copyFileSync(path, `${path}.backup`);
    rmSync(path);
    await expect(stores.banner('STORAGE_UNAVAILABLE')).toBeVisible();
    copyFileSync(`${path}.backup`, path);
    await page.getByRole('button', { name: 'Retry' }).click();
    await expect(page.getByRole('button', { name: 'Retry' })).toBeHidden();
    await window.goTo(1);
    await expect(page.getByRole('contentinfo')).toContainText('read and write');
  });
});

test.describe('a disk', () => {
  let disk: SmallDisk;
  let path: string;
  test.beforeEach(async () => {
    const mounted = mountSmallDisk(2);
    test.skip(mounted === null, 'mounting needs root');
    if (!mounted) return;
    disk = mounted;
    clean.unshift(disk.remove);
    path = await newStore('full.db', disk.path);
  });

  test('that is full loses nothing: the draft stays, and the append works when there is space', async ({ launch }) => {
    const { page } = await launch({ args: [path] });
    const window = workbench(page);
    const { banner } = storesPage(page);
    await expect(window.row(3)).toBeVisible();
    disk.fill();
    const append = appendPage(page);
    await append.open();
    await append.type.fill('Refunded');
    await append.append();
    const alert = append.view.getByRole('alert');
    await expect(alert).toContainText('STORAGE_FULL');
    await expect(banner('STORAGE_FULL')).toContainText('Nothing of the last write was kept');
    await expect(append.lines).toContainText('Refunded');
    disk.free();
    await expect(banner('STORAGE_FULL')).toBeHidden();
    await alert.getByRole('button', { name: 'Retry' }).click();
    await expect(window.row(4)).toContainText('Refunded');
  });

  test('that is read-only says so instead of offering to unlock; one that becomes so while open is told by the first write', async ({
    launch,
  }) => {
    disk.remount('ro');
    const first = await launch({ args: [path] });
    await expect(first.page.getByRole('banner')).toContainText('mounted read-only');
    await expect(first.page.getByRole('button', { name: 'Unlock…' })).toBeHidden();
    await first.electron.close();

    disk.remount('rw');
    const { page } = await launch({ args: [path], home: first.home });
    const window = workbench(page);
    await expect(window.row(3)).toBeVisible();
    disk.remount('ro');
    const append = appendPage(page);
    await append.open();
    await append.type.fill('Refunded');
    await append.append();
    const alert = append.view.getByRole('alert');
    await expect(alert).toContainText('READ_ONLY');
    await expect(storesPage(page).banner('READ_ONLY')).toContainText('mounted read-only');
    disk.remount('rw');
    await expect(storesPage(page).banner('READ_ONLY')).toBeHidden();
    await append
      .next(/^(Retry|Append 1 event)/)
      .first()
      .click();
    await expect(window.row(4)).toContainText('Refunded');
  });
});

test.describe('health', () => {
  test('says what to do, filters by kind, and leads to the place', async ({ launch }) => {
    const store = copyStore('damaged');
    clean.push(store.remove);
    const { page } = await launch({ args: [store.path] });
    const window = workbench(page);
    await window.openTopic('truncated');
    await expect(window.row(8)).toContainText('Damaged');
    await window.showTab('Health');
    const problems = page.getByRole('list', { name: 'Problems of truncated' });
    await expect(problems).toContainText('Restore the file from a backup');
    await page.getByLabel('Show').selectOption({ label: 'gap (1)' });
    await expect(problems).toBeHidden();
    const gap = page.getByRole('list', { name: 'Problems of gapped' });
    await expect(gap.getByRole('listitem')).toHaveCount(1);
    await gap.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(window.topics.getByRole('option', { name: 'gapped' })).toHaveAttribute('aria-selected', 'true');
    await expect(window.row(3)).toContainText('no event stored');
  });

  test('shows hundreds of problems a hundred at a time, and every one of them in the end', async ({ launch }) => {
    const store = copyStore('small');
    clean.push(store.remove);
    for (let index = 0; index < 250; index++) writeFileSync(join(store.path, `store-a/events/orders/stray-${index}.txt`), '');
    const { page } = await launch({ args: [store.path] });
    const window = workbench(page);
    await window.openTopic('orders');
    await expect(window.row(12)).toBeVisible();
    await window.showTab('Health');
    await page.getByLabel('Show').selectOption({ label: 'stray-file (250)' });
    const rows = page.getByRole('list', { name: 'Problems of orders' }).getByRole('listitem');
    await expect(rows).toHaveCount(100);
    await page.getByRole('button', { name: 'Show 100 More' }).click();
    await page.getByRole('button', { name: 'Show 50 More' }).click();
    await expect(rows).toHaveCount(250);
  });

  test('reports without payloads and without the home folder, exactly what the preview shows', async ({ launch }) => {
    const home = join(folder, 'home');
    mkdirSync(home);
    const path = await newStore('private.db', home);
    await commandLine(
      ['append', path, 'orders'],
      '{"type":"Secret","id":"secret-id","data":{"card":"4111-secret"},"metadata":{"who":"secret"}}\n',
    );
    const app = await launch({ args: [path], home });
    const { page } = app;
    await expect(workbench(page).row(4)).toBeVisible();
    await app.chooseMenu('health.copy');
    const text = page.getByRole('region', { name: 'Text of the report' });
    await expect(text).toContainText('Store "~/private.db" (sqlite): up');
    const shown = await text.textContent();
    expect(shown).not.toContain(home);
    expect(shown?.toLowerCase()).not.toContain('secret');
    await storesPage(page).dialog.getByRole('button', { name: 'Copy' }).click();
    await expect(page.getByText('The report is on the clipboard')).toBeVisible();
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(shown);
  });
});

for (const theme of ['light', 'dark'] as const) {
  test(`stores and health pass axe in the ${theme} theme`, async ({ launch }) => {
    const path = await newStore('seen.db');
    const first = await launch({ home: homeWith([path, '/data/gone.db']) });
    const { page } = first;
    await page.emulateMedia({ colorScheme: theme });
    await expect(storesPage(page).recent).toBeVisible();
    expect(await axeViolations(page), 'welcome').toEqual([]);
    await storesPage(page).opener('seen.db').click();
    await expect(workbench(page).row(3)).toBeVisible();
    await first.chooseMenu('store.lock');
    await page.getByRole('button', { name: 'Unlock…' }).click();
    await expect(storesPage(page).question).toBeVisible();
    expect(await axeViolations(page), 'unlock').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(storesPage(page).question).toBeHidden();
    await first.chooseMenu('health.copy');
    await expect(page.getByRole('region', { name: 'Text of the report' })).toBeVisible();
    expect(await axeViolations(page), 'report').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(storesPage(page).dialog).toBeHidden();
    renameSync(path, `${path}-away`);
    await expect(storesPage(page).banner('STORAGE_UNAVAILABLE')).toBeVisible();
    expect(await axeViolations(page), 'banner').toEqual([]);
    await first.answerDialogs('/nothing/here');
    await first.chooseMenu('store.openFile');
    await expect(storesPage(page).dialog).toContainText('NOT_A_STORE');
    expect(await axeViolations(page), 'failure').toEqual([]);
  });
}
