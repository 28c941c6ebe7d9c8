import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbench } from './pages/workbench.ts';
import { commandLine, copyStore, type StoreCopy } from './support/stores.ts';
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

test('appending with the right, then with a wrong expected version; after a restart all of it is there', async ({ launch }) => {
  const app = await launch({ args: [store.path], home });
  const { page } = app;
  const window = workbench(page);
  await window.openTopic('payments');
  await expect(window.row(5)).toBeVisible();

  await page.getByRole('button', { name: 'Append…' }).click();
  await window.dialog.getByLabel('Type').fill('PaymentRefunded');
  await window.dialog.getByLabel('Data', { exact: true }).fill('{ "amount": 9007199254740993, "rate": 1.10 }');
  await expect(window.dialog.getByLabel('Expected version')).toHaveValue('5');
  await window.dialog.getByRole('button', { name: /^Append/ }).click();
  await expect(window.dialog).toBeHidden();
  await expect(window.row(6)).toContainText('PaymentRefunded');
  await expect(window.tree).toContainText('9007199254740993');

  // Another program is faster than this draft.
  await page.getByRole('button', { name: 'Append…' }).click();
  await window.dialog.getByLabel('Type').fill('PaymentClosed');
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{}}\n');
  await window.dialog.getByRole('button', { name: /^Append/ }).click();
  const conflict = window.dialog.getByRole('alert');
  await expect(conflict).toContainText('VERSION_CONFLICT');
  await expect(conflict).toContainText('You expected version 6; the topic is at version 7. 1 event was appended meanwhile.');
  await expect(conflict.getByRole('list', { name: 'Newer events' })).toContainText('FromElsewhere');
  await conflict.getByRole('button', { name: 'Rebase and retry' }).click();
  await expect(window.dialog).toBeHidden();
  await expect(window.row(8)).toContainText('PaymentClosed');
  await expect(window.row(7)).toContainText('FromElsewhere');
  await app.quit();

  const again = workbench((await launch({ args: [store.path], home })).page);
  await again.openTopic('payments');
  await again.goTo(6);
  await expect(again.tree).toContainText('1.10');
  await expect(again.row(8)).toContainText('PaymentClosed');
  const lines = (await commandLine(['events', store.path, 'payments', '--after', '5'])).trim().split('\n');
  expect(lines.map((line) => /"data":(.*),"metadata"/.exec(line)?.[1])).toEqual(['{"amount":9007199254740993,"rate":1.10}', '{}', '{}']);
});

test('what another program writes to the topic on the screen is shown', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  await window.openTopic('payments');
  await expect(window.row(5)).toBeVisible();
  await commandLine(['append', store.path, 'payments'], '{"type":"FromElsewhere","data":{"live":true}}\n');
  await expect(window.row(6)).toContainText('FromElsewhere');
  await expect(window.topics.getByRole('option', { name: 'payments' })).toContainText('6');
});

test('several events at once: bad lines are named while typing, good ones are appended together', async ({ launch }) => {
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  await window.openTopic('payments');
  await page.getByRole('button', { name: 'Append…' }).click();
  await window.dialog.getByRole('tab', { name: 'Several' }).click();
  const events = window.dialog.getByLabel('Events');
  await events.fill('{"type":"A","data":{"n":1}}\n{"type":"B","data":{oops}}');
  await expect(window.dialog.getByText(/^Line 2, column 21: Expected/)).toBeVisible();
  await expect(window.dialog.getByRole('button', { name: /^Append/ })).toBeDisabled();
  await events.fill('[{"type":"A","data":{"n":18446744073709551615}},\n {"type":"B","data":[1,2]}]');
  await expect(window.dialog.getByText('2 events, 39 B')).toBeVisible();
  await window.dialog.getByRole('button', { name: /^Append/ }).click();
  await expect(window.row(7)).toContainText('B');
  await window.goTo(6);
  await expect(window.tree).toContainText('18446744073709551615');
});

test('hostile text is shown as text', async ({ launch }) => {
  const evil = `<img src=x onerror="document.title='owned'">\u202Etxt.exe\u0000`;
  const { page } = await launch({ args: [store.path] });
  await commandLine(
    ['append', store.path, 'payments'],
    `${JSON.stringify({ type: evil, id: evil, data: { [evil]: evil }, metadata: evil })}\n`,
  );
  const window = workbench(page);
  await window.openTopic('payments');
  await expect(window.row(6)).toBeVisible();
  await window.goTo(6);
  await expect(window.event.getByRole('heading')).toContainText('<img src=x');
  await expect(window.event.getByRole('heading')).toContainText('202E');
  await expect(window.tree).toContainText('onerror');
  expect(await page.title()).not.toBe('owned');
  expect(await page.locator('img').count()).toBe(0);
});
