import { workbench } from './pages/workbench.ts';
import { copyStore, type StoreCopy } from './support/stores.ts';
import { expect, test } from './support/test.ts';

let store: StoreCopy;
test.afterEach(() => store.remove());

test('a store that the Go original wrote opens with its topics, counts and exact numbers', async ({ launch }) => {
  store = copyStore('small');
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  await expect(window.topics.getByRole('option')).toHaveCount(4);
  await expect(window.topics.getByRole('option', { name: 'orders' })).toContainText('12');
  await expect(window.topics.getByRole('option', { name: 'config' })).toContainText('configuration');

  await window.openTopic('orders');
  await window.goTo(4);
  for (const exact of ['9223372036854775807', '18446744073709551615', '9007199254740993', '-9223372036854775808']) {
    await expect(window.tree.getByText(exact, { exact: true }).first()).toBeVisible();
  }
  await window.showTab('Raw');
  await expect(page.getByRole('tabpanel', { name: 'Raw' })).toHaveText(
    /^\{"id":"evt-bigint","topic":"orders","type":"Counted","data":\{"array":\[9007199254740993,-9007199254740993\],.*"timestamp":9007199254740993,"version":4\}$/,
  );
});

test('a damaged store opens, shows what is healthy, and says in words what is wrong', async ({ launch }) => {
  store = copyStore('damaged');
  const { page } = await launch({ args: [store.path] });
  const window = workbench(page);
  await window.openTopic('truncated');
  await expect(window.row(8)).toContainText('Damaged (invalid-json)');
  await expect(window.row(5)).toContainText('The file is empty');
  await expect(window.row(6)).toContainText('2024-05-31');
  await window.openTopic('gapped');
  await expect(window.row(3)).toContainText('no event stored');

  await expect(page.getByText(/problems found in this store/)).toBeVisible();
  await page.getByRole('button', { name: 'Show problems' }).click();
  const problems = page.getByRole('list', { name: 'Problems of gapped' });
  await expect(problems).toContainText('Versions 3 to 4 are missing.');
  await expect(page.getByRole('list', { name: 'Problems of truncated' }).getByRole('listitem')).toHaveCount(4);
  await expect(page.getByRole('list', { name: 'Problems of orphan' })).toContainText('no configuration event knows it');
});

test('read-only is said and offers no way to write', async ({ launch }) => {
  store = copyStore('small');
  const { page } = await launch({ args: ['--read-only', store.path] });
  await expect(page.getByRole('banner').getByText('read-only')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Append…' })).toBeDisabled();
  await workbench(page).openTopic('config');
  await expect(workbench(page).grid.getByRole('row').first()).toBeVisible();
});
