import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { topicsPage } from './pages/topics.ts';
import { axeViolations } from './support/axe.ts';
import { commandLine, copyStore, makeTopics } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let folder: string;
let db: string;
test.beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-topics-'));
  db = join(folder, 'shop.db');
  await commandLine(['new', db]);
  await commandLine(['create-topic', db, 'orders', '--option', 'retention=30', '--option', 'owner=a']);
  await commandLine(['append', db, 'orders'], '{"type":"A","data":{}}\n{"type":"B","data":{}}\n');
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

const configEvents = async (): Promise<readonly string[]> => (await commandLine(['events', db, 'configuration'])).trim().split('\n');

test('a topic is created, edited, deleted, brought back, restored under another name and purged by mouse', async ({ launch }) => {
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);

  await page.getByRole('button', { name: 'New topic', exact: true }).click();
  await topics.field('Name').fill('orders');
  await expect(topics.dialog.getByText('A topic of this name exists already.')).toBeVisible();
  await topics.field('Name').fill('nul');
  await expect(topics.dialog.getByText(/the name of a device on Windows/)).toBeVisible();
  await expect(topics.dialog.getByRole('button', { name: 'Create topic' })).toBeDisabled();
  await topics.field('Name').fill('archive');
  await expect(topics.field('Adapter').getByRole('option', { name: /postgres.*not part of this version/ })).toBeDisabled();
  await topics.field('Adapter').selectOption('fs');
  await topics.field('Connection').fill('../elsewhere');
  await expect(topics.dialog.getByText(/lies outside the store's folder/)).toBeVisible();
  await topics.field('Connection').fill('kept');
  await expect(topics.dialog.getByText(/kept is not there yet and will be made/)).toBeVisible();
  await page.getByRole('button', { name: 'Add option' }).click();
  await topics.field('Name of option 1').fill('__proto__');
  await topics.field('Value of option 1').fill('x');
  await page.getByText('Appends a TopicCreated event').click();
  await expect(topics.dialog.getByText('"options":{"__proto__":"x"}')).toBeVisible();
  await topics.dialog.getByRole('button', { name: 'Create topic' }).click();
  await expect(topics.current).toContainText('archive');
  await expect(topics.list.getByRole('group', { name: 'fs, kept' })).toBeVisible();

  await topics.fromMenu('orders', 'Edit Topic');
  await expect(topics.dialog.getByText(/TOPIC_NOT_EMPTY/)).toBeVisible();
  await topics.field('Value of option 1').fill('b');
  await topics.dialog.getByRole('button', { name: 'Remove option 2' }).click();
  await page.getByRole('button', { name: 'Add option' }).click();
  await topics.field('Name of option 3').fill('owner');
  await expect(topics.dialog.getByText('Another option has this name.')).toBeVisible();
  await topics.field('Name of option 3').fill('tier');
  await topics.field('Value of option 3').fill('gold');
  await topics.dialog.getByRole('button', { name: 'Review' }).click();
  await expect(topics.dialog.getByRole('list', { name: 'Changes to be saved' }).getByRole('listitem')).toHaveText([
    /changed.*owner.*a.*b/,
    /removed.*retention.*30/,
    /added.*tier.*gold/,
  ]);
  await expect(topics.dialog.getByText(/"replacesOptions":true/)).toBeVisible();
  await topics.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(topics.dialog).toBeHidden();
  expect((await configEvents()).at(-1)).toContain('"options":{"owner":"b","tier":"gold"}');

  await topics.fromMenu('orders', 'Delete Topic');
  await expect(topics.question.getByText('It holds 2 events and 2 options.')).toBeVisible();
  await expect(topics.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await expect(topics.question.getByRole('button', { name: 'Delete topic' })).toBeDisabled();
  await topics.field('Type the topic’s name to confirm').fill('orders');
  await topics.question.getByRole('button', { name: 'Delete topic' }).click();
  await expect(topics.option('orders')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(topics.current).toContainText('orders');
  await expect(topics.current).toContainText('2 events');

  await topics.fromMenu('orders', 'Delete Topic');
  await topics.field('Type the topic’s name to confirm').fill('orders');
  await topics.question.getByRole('button', { name: 'Delete topic' }).click();
  await expect(page.getByRole('button', { name: 'Trash (1)' })).toBeVisible();
  await topics.showTrash();
  await topics.trash.getByRole('row', { name: /orders/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Restore From the Trash' }).click();
  await topics.field('Name').fill('archive');
  await expect(topics.dialog.getByText(/TOPIC_ALREADY_EXISTS/)).toBeVisible();
  await topics.field('Name').fill('orders-before');
  await topics.dialog.getByRole('button', { name: 'Restore' }).click();
  await expect(topics.current).toContainText('orders-before');

  await topics.fromMenu('orders-before', 'Delete Topic');
  await topics.field('Type the topic’s name to confirm').fill('orders-before');
  await topics.question.getByRole('button', { name: 'Delete topic' }).click();
  await topics.showTrash();
  await page.getByRole('button', { name: 'Purge…' }).click();
  await expect(topics.question).toContainText('It holds events up to version 2.');
  await topics.field('Type the topic’s name to confirm').fill('orders-before');
  await topics.question.getByRole('button', { name: 'Purge for good' }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  expect((await commandLine(['trash', db])).trim()).toBe('');
});

test('the same by keyboard alone', async ({ launch }) => {
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await expect(topics.option('orders')).toBeVisible();

  await topics.press('Control+Shift+F', 'Shift+Tab', 'Enter');
  await expect(topics.field('Name')).toBeFocused();
  await page.keyboard.type('payments');
  await topics.press('Tab', 'Tab', 'Enter');
  await expect(topics.field('Name of option 1')).toBeFocused();
  await page.keyboard.type('tier');
  await topics.press('Tab');
  await page.keyboard.type('silver');
  await expect(topics.dialog.getByText('Appends a TopicCreated event')).toBeVisible();
  await expect(topics.dialog.getByRole('button', { name: 'Create topic' })).toBeEnabled();
  await topics.press('Tab', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter');
  await expect(topics.current).toContainText('payments');

  await topics.press('Control+Shift+F', 'Enter');
  await expect(topics.list).toBeFocused();
  await topics.press('o');
  await expect(topics.current).toContainText('orders');
  await topics.press('End');
  await expect(topics.current).toContainText('payments');
  await topics.press('F2');
  await expect(topics.dialog).toBeVisible();
  await topics.field('Value of option 1').focus();
  await topics.press('Control+A');
  await page.keyboard.type('gold');
  await expect(topics.dialog.getByRole('button', { name: 'Review' })).toBeEnabled();
  await topics.dialog.getByRole('button', { name: 'Review' }).focus();
  await topics.press('Enter');
  await expect(topics.dialog.getByRole('button', { name: 'Save' })).toBeFocused();
  await topics.press('Enter');
  await expect(topics.dialog).toBeHidden();
  await expect(topics.list).toBeFocused();

  await topics.press('Delete');
  await expect(topics.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await topics.press('Shift+Tab');
  await page.keyboard.type('payments');
  await topics.press('Enter');
  await expect(topics.option('payments')).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).focus();
  await topics.press('Enter');
  await expect(topics.current).toContainText('payments');

  await topics.list.focus();
  await topics.press('Delete');
  await expect(topics.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await topics.press('Shift+Tab');
  await page.keyboard.type('payments');
  await topics.press('Enter');
  await expect(page.getByRole('button', { name: 'Trash (1)' })).toBeVisible();
  await page.getByRole('button', { name: 'Trash (1)' }).focus();
  await topics.press('Enter');
  await expect(topics.trash.getByRole('row', { name: /payments/ })).toBeVisible();
  await topics.trash.focus();
  await topics.press('Enter');
  await expect(topics.field('Name')).toBeFocused();
  await topics.press('Control+A');
  await page.keyboard.type('bills');
  await topics.press('Enter');
  await expect(topics.current).toContainText('bills');

  await topics.list.focus();
  await topics.press('Delete');
  await expect(topics.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await topics.press('Shift+Tab');
  await page.keyboard.type('bills');
  await topics.press('Enter');
  await expect(page.getByRole('button', { name: 'Trash (1)' })).toBeVisible();
  await page.getByRole('button', { name: 'Trash (1)' }).focus();
  await topics.press('Enter');
  await topics.trash.focus();
  await topics.press('Delete');
  await expect(topics.question.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await topics.press('Shift+Tab');
  await page.keyboard.type('bills');
  await topics.press('Enter');
  await expect(page.getByText('The trash is empty')).toBeVisible();
});

test('a topic is opened, and its menu, from the list by keys; Left and Right hide and show a repository', async ({ launch }) => {
  await commandLine(['create-topic', db, 'archive', '--adapter', 'fs', '--connection', 'kept']);
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.option('orders').click();
  await topics.press('ArrowLeft');
  const hidden = topics.option(/sqlite.*2 topics, hidden/);
  await expect(hidden).toBeVisible();
  await expect(topics.option('orders')).toHaveCount(0);
  await topics.press('ArrowDown');
  await expect(topics.current).toContainText('archive');
  await topics.press('ArrowUp', 'ArrowRight');
  await expect(topics.option('orders')).toBeVisible();
  await topics.press('Home', 'ArrowDown');
  await expect(topics.current).toContainText('orders');
  await topics.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Edit Topic' })).toBeVisible();
  await topics.press('Escape');
  await expect(topics.list).toBeFocused();
  await topics.press('Enter');
  await expect(page.getByRole('grid', { name: 'Events of orders' })).toBeFocused();
});

test('data that lies there already is adopted or put into the trash, as the person says', async ({ launch }) => {
  const store = copyStore('damaged');
  const { page } = await launch({ args: [store.path] });
  const topics = topicsPage(page);
  const create = async (): Promise<void> => {
    await page.getByRole('button', { name: 'New topic', exact: true }).click();
    await topics.field('Name').fill('orphan');
    await topics.field('Adapter').selectOption('fs');
    await topics.field('Connection').fill('store');
    await expect(topics.dialog.getByText(/Events up to version \d+ lie there/)).toBeVisible();
    await topics.dialog.getByRole('button', { name: 'Create topic' }).click();
    await expect(topics.dialog.getByText('Data called “orphan” lies there already')).toBeVisible();
  };
  await create();
  await topics.dialog.getByRole('button', { name: 'Choose another name' }).click();
  await topics.press('Escape');
  await expect(topics.option('orphan')).toHaveCount(0);
  await create();
  await topics.dialog.getByRole('button', { name: 'Move it to the trash' }).click();
  await expect(topics.current).toContainText('orphan');
  await expect(topics.current).toContainText('0 events');
  await expect(page.getByRole('button', { name: 'Trash (1)' })).toBeVisible();
  store.remove();
});

test('a configuration changed by another program while the form is open is shown, and redone on top', async ({ launch }) => {
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.fromMenu('orders', 'Edit Topic');
  await topics.field('Value of option 1').fill('mine');
  await topics.dialog.getByRole('button', { name: 'Review' }).click();
  await commandLine(['update-topic', db, 'orders', '--option', 'retention=90', '--option', 'owner=a']);
  const meanwhile = topics.dialog.getByRole('list', { name: 'Changed meanwhile' });
  await expect(meanwhile.getByRole('listitem')).toHaveText([/changed.*retention.*30.*90/]);
  await expect(topics.dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
  await topics.dialog.getByRole('button', { name: 'Keep my changes on top' }).click();
  await topics.dialog.getByRole('button', { name: 'Review' }).click();
  await topics.dialog.getByRole('button', { name: 'Save' }).click();
  await expect(topics.dialog).toBeHidden();
  expect((await configEvents()).at(-1)).toContain('"options":{"owner":"mine","retention":"90"}');

  // Deleted and made again: what was opened before was meant for the other one.
  await topics.fromMenu('orders', 'Edit Topic');
  await commandLine(['delete-topic', db, 'orders']);
  await commandLine(['create-topic', db, 'orders']);
  await expect(topics.dialog.getByText(/deleted and made again/)).toBeVisible();
  await topics.press('Escape');
  await topics.fromMenu('orders', 'Delete Topic');
  await commandLine(['delete-topic', db, 'orders']);
  await commandLine(['create-topic', db, 'orders']);
  await expect(topics.question.getByText(/deleted and made again/)).toBeVisible();
  await expect(topics.question.getByRole('button', { name: 'Delete topic' })).toBeDisabled();
});

test('the configuration of a topic tells its history, and leads to each event', async ({ launch }) => {
  await commandLine(['update-topic', db, 'orders', '--option', 'retention=90']);
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.option('orders').click();
  await topics.press('Control+6');
  const history = topics.config.getByRole('list', { name: 'History' });
  await expect(history.getByRole('list', { name: 'Changes of version 2' }).getByRole('listitem')).toHaveText([
    /removed.*\/options\/owner.*a/,
    /changed.*\/options\/retention.*30.*90/,
  ]);
  await expect(history.getByRole('list', { name: 'Changes of version 1' }).getByRole('listitem')).toHaveCount(4);
  await history.getByRole('button', { name: 'version 1' }).click();
  await expect(page.getByRole('grid', { name: 'Events of configuration' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Event 1', exact: true })).toBeVisible();
});

test('a topic whose data is missing says so and can begin empty', async ({ launch }) => {
  await commandLine(['create-topic', db, 'archive', '--adapter', 'fs', '--connection', 'kept']);
  await commandLine(['append', db, 'archive'], '{"type":"A","data":{}}\n');
  renameSync(join(folder, 'kept/events/archive'), join(folder, 'away'));
  renameSync(join(folder, 'kept/configs/archive.json'), join(folder, 'away.json'));
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.option('archive').click();
  await topics.press('Control+6');
  await expect(topics.config.getByText('data-missing')).toBeVisible();
  await topics.config.getByRole('button', { name: 'Start Empty' }).click();
  await topics.question.getByRole('button', { name: 'Start empty' }).click();
  await expect(topics.config.getByText('data-missing')).toBeHidden();
  await commandLine(['append', db, 'archive'], '{"type":"B","data":{}}\n');
});

test('a repository that cannot be reached says why, and its topics stay in the list', async ({ launch }) => {
  await commandLine(['create-topic', db, 'archive', '--adapter', 'fs', '--connection', 'kept']);
  renameSync(join(folder, 'kept'), join(folder, 'away'));
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await expect(topics.list.getByRole('group', { name: 'fs, kept' })).toContainText('cannot be reached');
  await expect(topics.option('archive')).toBeVisible();
});

test('read-only offers nothing that writes, and says why', async ({ launch }) => {
  const { page } = await launch({ args: ['--read-only', db] });
  const topics = topicsPage(page);
  await expect(page.getByRole('button', { name: 'New topic', exact: true })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'New topic', exact: true })).toHaveAttribute('title', /^Read-only: /);
  await topics.option('orders').click({ button: 'right' });
  for (const name of ['Edit Topic', 'Delete Topic', 'New Topic']) {
    const item = page.getByRole('menuitem', { name });
    await expect(item).toHaveAttribute('aria-disabled', 'true');
    await expect(item).toHaveAttribute('title', /^Read-only: /);
  }
  await topics.press('Escape');
  await topics.press('Delete', 'F2');
  await expect(topics.question).toBeHidden();
  await expect(topics.dialog).toBeHidden();
});

test('the configuration topic is shown as what it is and cannot be changed', async ({ launch }) => {
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await expect(topics.option('configuration')).toContainText('configuration ·');
  await topics.option('configuration').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Delete Topic' })).toHaveAttribute('title', /written by creating, changing and deleting/);
});

test('a thousand topics: typing filters at once, keys reach the last, and only what is seen is asked for', async ({ launch }) => {
  await makeTopics(db, 1000);
  const { page } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.option('orders').click();
  await topics.press('End');
  await expect(topics.current).toContainText('topic-1000');
  await expect(topics.current).toContainText('1 events');
  expect(await topics.list.getByRole('option').count()).toBeLessThan(60);
  await topics.press('Home', 'ArrowDown', 'PageDown');
  await expect(topics.current).toContainText('topic-');
  await page.keyboard.type('topic-0500');
  await expect(topics.current).toContainText('topic-0500');
  await topics.press('Control+Shift+F');
  await page.keyboard.type('99');
  await expect(page.getByText('19 of 1,002')).toBeVisible();
  await topics.press('ArrowDown');
  await expect(topics.current).toContainText('topic-0099');
  await topics.press('Control+Shift+F', 'Escape');
  await topics.filter.fill('nothing of the kind');
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await expect(page.getByText(/of 1,002/)).toBeHidden();
});

test('hostile names and options harm nothing and can be confirmed by copy', async ({ launch }) => {
  const evil = '<img src=x onerror=alert(1)>\u202etxt.exe';
  const options = [
    [evil, evil],
    ['__proto__', 'x'],
    ['long', 'y'.repeat(60_000)],
  ];
  await commandLine(['create-topic', db, 'victim', ...options.flatMap(([key, value]) => ['--option', `${key}=${value}`])]);
  const { page, electron } = await launch({ args: [db] });
  const topics = topicsPage(page);
  await topics.option('victim').click();
  await topics.press('Control+6');
  await expect(topics.config.getByRole('table', { name: 'Options' })).toContainText('onerror=alert(1)');
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await topics.press('F2');
  await expect(topics.dialog.getByRole('row')).toHaveCount(1 + options.length);
  await topics.press('Escape');
  await topics.fromMenu('victim', 'Delete Topic');
  await topics.question.getByRole('button', { name: 'Copy the name' }).click();
  await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('victim');
  await topics.field('Type the topic’s name to confirm').focus();
  await topics.press('Control+V');
  await expect(topics.question.getByRole('button', { name: 'Delete topic' })).toBeEnabled();
});

test('a topic whose name nobody can type, written by another program, is shown, and deleted by copying', async ({ launch }) => {
  const store = copyStore('small');
  const name = '<b>bold</b>\u202e\nevil '.repeat(20);
  const events = join(store.path, 'config-repository/events/config');
  const event = {
    id: 'odd',
    topic: 'config',
    type: 'TopicCreated',
    data: { adapter: 'memory', connection: '', name, options: {} },
    metadata: { source: 'eventstore' },
    timestamp: 1,
    version: 18,
  };
  writeFileSync(join(events, 'v0000000018.json'), JSON.stringify(event));
  const { page } = await launch({ args: [store.path] });
  const topics = topicsPage(page);
  await topics.option(/^<b>bold/).click();
  await topics.press('Control+6');
  expect(await page.locator('b').count()).toBe(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await topics.list.focus();
  await topics.press('Delete');
  await topics.question.getByRole('button', { name: 'Copy the name' }).click();
  await topics.field('Type the topic’s name to confirm').focus();
  await topics.press('Control+V', 'Enter');
  await expect(topics.question).toBeHidden();
  await expect(topics.option(/^<b>bold/)).toHaveCount(0);
  await expect(page.getByText('There was no data to keep, so the trash has nothing of it.')).toBeVisible();
  store.remove();
});

for (const theme of ['light', 'dark'] as const) {
  test(`list, dialogs, trash and configuration pass axe in the ${theme} theme`, async ({ launch }) => {
    await commandLine(['create-topic', db, 'archive', '--adapter', 'fs', '--connection', 'kept']);
    await commandLine(['create-topic', db, 'old']);
    await commandLine(['delete-topic', db, 'old']);
    const { page } = await launch({ args: [db] });
    await page.emulateMedia({ colorScheme: theme });
    const topics = topicsPage(page);
    await topics.option('orders').click();
    await topics.press('ArrowLeft');
    await expect(topics.option(/hidden/)).toBeVisible();
    expect(await axeViolations(page), 'list with a hidden repository').toEqual([]);
    await topics.press('ArrowRight');
    await topics.option('orders').click();
    await topics.press('Control+6');
    await expect(topics.config.getByRole('list', { name: 'History' })).toBeVisible();
    expect(await axeViolations(page), 'configuration').toEqual([]);
    await topics.press('F2');
    await topics.field('Value of option 1').fill('b');
    await topics.dialog.getByRole('button', { name: 'Remove option 2' }).click();
    expect(await axeViolations(page), 'edit').toEqual([]);
    await topics.dialog.getByRole('button', { name: 'Review' }).click();
    expect(await axeViolations(page), 'review').toEqual([]);
    await topics.press('Escape');
    await topics.fromMenu('orders', 'Delete Topic');
    await expect(topics.question).toBeVisible();
    expect(await axeViolations(page), 'delete').toEqual([]);
    await topics.press('Escape');
    await topics.showTrash();
    await expect(topics.trash.getByRole('row', { name: /old/ })).toBeVisible();
    expect(await axeViolations(page), 'trash').toEqual([]);
    await page.getByRole('button', { name: 'Purge…' }).click();
    await expect(topics.question).toBeVisible();
    expect(await axeViolations(page), 'purge').toEqual([]);
    await topics.press('Escape');
    await page.getByRole('button', { name: 'Restore…' }).click();
    expect(await axeViolations(page), 'restore').toEqual([]);
  });
}
