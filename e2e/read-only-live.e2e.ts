import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workbench } from './pages/workbench.ts';
import { commandLine, makeOld } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let folder: string;
let store: string;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-live-'));
  store = join(folder, 'orders.db');
  await commandLine(['new', store]);
  await commandLine(['create-topic', store, 'orders']);
  await commandLine(['append', store, 'orders'], '{"type":"Placed","data":{"n":1}}\n{"type":"Placed","data":{"n":2}}\n');
  makeOld(store);
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another program goes on writing. */
const write = (type: string): Promise<string> => commandLine(['append', store, 'orders'], `{"type":"${type}","data":{"n":3}}\n`);

test('a store that another program writes to is looked at read-only, followed and compared, by mouse', async ({ launch }) => {
  const { page } = await launch({ args: [store, '--read-only'] });
  const window = workbench(page);
  await window.openTopic('orders');
  await page.getByRole('button', { name: 'Follow', exact: true }).click();
  await write('Paid');
  await expect(window.row(3)).toContainText('Paid');
  await window.row(2).click();
  await expect(window.event.getByRole('heading')).toContainText('Placed');
  await write('Shipped');
  await expect(window.row(4)).toContainText('Shipped');
  await window.row(4).click();
  await expect(window.event.getByRole('heading')).toContainText('Shipped');
  await expect(page.getByRole('button', { name: 'Append…' })).toBeDisabled();
  await expect(page.getByRole('banner').getByText('read-only')).toBeVisible();
  // What another program creates meanwhile is there too.
  await commandLine(['create-topic', store, 'refunds']);
  await window.openTopic('refunds');
  await expect(page.getByRole('region', { name: 'Topic refunds' })).toBeVisible();
});

test('the same by keyboard alone', async ({ launch }) => {
  const { page } = await launch({ args: [store, '--read-only'] });
  const { keyboard } = page;
  const window = workbench(page);
  await expect(window.topics.getByRole('option', { name: 'orders' })).toBeVisible();
  await keyboard.press('Control+P');
  await keyboard.type('orders');
  await keyboard.press('Enter');
  await keyboard.press('Control+L');
  await write('Paid');
  await expect(window.row(3)).toContainText('Paid');
  await keyboard.press('Control+G');
  await keyboard.type('1');
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Event 1', exact: true })).toBeVisible();
  await write('Shipped');
  await expect(window.row(4)).toContainText('Shipped');
  await keyboard.press('Control+G');
  await keyboard.type('4');
  await keyboard.press('Enter');
  await expect(window.event.getByRole('heading')).toContainText('Shipped');
  // There is no editor to come to.
  await keyboard.press('Control+Shift+A');
  await expect(page.getByRole('region', { name: /^Append to/ })).toBeHidden();
  await commandLine(['create-topic', store, 'refunds']);
  await expect(window.topics.getByRole('option', { name: 'refunds' })).toBeVisible();
  await keyboard.press('Control+P');
  await keyboard.type('refunds');
  await keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Topic refunds' })).toBeVisible();
});
