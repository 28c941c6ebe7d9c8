import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendPage } from './pages/append.ts';
import { workbench } from './pages/workbench.ts';
import { copyStore, type StoreCopy } from './support/stores.ts';
import { expect, test } from './support/test.ts';

const MIB = 1024 * 1024;

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

/** What is kept of drafts, as text. */
const kept = (): string[] =>
  readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.draft'))
    .map((name) => readFileSync(join(home, name), 'utf8'));

test('what is typed into a draft of 15 MB is kept though the window is closed in the same moment', async ({ launch }) => {
  test.setTimeout(120_000);
  const app = await launch({ args: [store.path], home });
  const append = appendPage(app.page);
  const file = join(home, 'large.ndjson');
  writeFileSync(file, `{"type":"Large","data":"${'ü☕'.repeat(300)}"}\n`.repeat(Math.floor((15 * MIB) / 1530)));
  await workbench(app.page).openTopic('payments');
  await append.open();
  await app.answerDialogs(file);
  await append.next('From a file…').click();
  await expect(append.view.getByText(/^Taken from large/)).toBeVisible();
  await expect(append.view.getByText('Draft kept')).toBeVisible({ timeout: 30_000 });
  expect(kept()).toHaveLength(1);
  await append.events.click();
  await app.page.keyboard.press('ControlOrMeta+Home');
  await app.page.keyboard.type('last moment');
  const gone = app.electron.waitForEvent('close');
  await app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
  });
  await gone;
  const [draft = '', ...others] = kept();
  expect(others).toEqual([]);
  expect(draft.slice(0, 1000)).toContain('last moment{"type":"Large","data":"ü');
  expect(draft.replace('last moment', '').endsWith(readFileSync(file, 'utf8'))).toBe(true);

  const again = await launch({ args: [store.path], home });
  const later = appendPage(again.page);
  await workbench(again.page).openTopic('payments');
  await later.open();
  await expect(later.events).toContainText('last moment{"type":"Large"');
});

test('a draft that could not be kept is kept as soon as it can be, without another key', async ({ launch }) => {
  const app = await launch({ args: [store.path], home });
  const append = appendPage(app.page);
  const folder = join(await app.electron.evaluate(({ app: electron }) => electron.getPath('userData')), 'drafts');
  // Where the folder should be, as a disk that is full or gone refuses too.
  writeFileSync(folder, 'in the way');
  await workbench(app.page).openTopic('payments');
  await append.open();
  await append.type.fill('Tried again');
  await expect(append.view.getByText('Draft is not kept')).toBeVisible();
  await expect(append.view.getByText(/would not survive a restart/)).toBeVisible();
  rmSync(folder);
  await app.page.evaluate(() => globalThis.dispatchEvent(new Event('blur')));
  await expect(append.view.getByText('Draft kept')).toBeVisible();
  await expect(append.view.getByText(/would not survive a restart/)).toBeHidden();
  expect(kept().map((draft) => draft.endsWith('Tried again{}'))).toEqual([true]);
});
